import { type Face, isComparable, resemblance } from '../avatar/faces.js';

export const likenesses = ['very', 'alike', 'less'] as const;
/** How much a picture looks like the person in the photos: a word, as the number behind it means little to anybody. */
export type Likeness = (typeof likenesses)[number];

/**
 * Measured against photos of one person over years: their own other photos 0.47-0.67, most 0.55 and more; of
 * strangers one in 60 reaches 0.45, none 0.5.
 */
const least = { very: 0.55, alike: 0.45 } as const;

export function likenessOf(value: number): Likeness {
  if (value >= least.very) return 'very';
  return value >= least.alike ? 'alike' : 'less';
}

/**
 * How much a face looks like that in the photos, 0-1: the better half of them counts, since a photo from the side or a
 * dark one says little. `null`: there is nothing to compare it with.
 */
export function likenessTo(photos: readonly Face[], face: Face | undefined): number | null {
  const known = photos.filter(isComparable);
  if (face === undefined || known.length === 0) return null;
  const best = known
    .map(({ traits }) => resemblance(face.traits, traits))
    .sort((one, other) => other - one)
    .filter((_, index) => index * 2 < known.length);
  return best.reduce((sum, value) => sum + value, 0) / best.length;
}

/** The most alike first; what could not be measured stays behind, in its order. */
export const byLikeness = (values: readonly (number | null)[]): number[] =>
  values.map((_, index) => index).sort((one, other) => (values[other] ?? -1) - (values[one] ?? -1));

/** Nobody need look for a likeness here: of all that was measured, nothing looks like them. */
export function isUnlike(cells: ReadonlyArray<{ readonly likeness?: Likeness | null }>): boolean {
  const measured = cells.flatMap(({ likeness }) => likeness ?? []);
  return measured.length > 0 && measured.every((likeness) => likeness === 'less');
}
