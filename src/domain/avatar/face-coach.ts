import { type Face, isComparable, isSmall, mainFace, type PictureSize, resemblance } from './faces.js';
import type { PhotoWarning } from './photo.js';

/** A photo of a set, with the faces that were found in it. */
export interface Portrayed extends PictureSize {
  readonly faces: readonly Face[];
}

/** What the coach says about the faces of a photo. */
export const faceWarnings = [
  'no_face',
  'several_people',
  'small_face',
  'somebody_else',
] as const satisfies readonly PhotoWarning[];

/**
 * Somebody else is who resembles the others less than this, in the middle: measured, one person's photos of many years
 * resemble the rest by 0.44 and more, strangers by 0.39 at most, but for one of 119. A single pair says little, so
 * there have to be some others.
 */
const strangersResemblance = 0.4;
const enoughOthers = 3;

/**
 * What is doubtful about the faces of a photo, beside the others of its set. A photo without any is doubtful only
 * where most others have one: somebody may well want an avatar of their dog.
 */
export function judgeFaces(photo: Portrayed, others: readonly Portrayed[]): PhotoWarning[] {
  const face = mainFace(photo.faces);
  if (face === undefined) {
    const withFaces = others.filter(({ faces }) => faces.length > 0).length;
    return withFaces > 0 && withFaces * 2 >= others.length ? ['no_face'] : [];
  }
  if (photo.faces.length > 1) return ['several_people'];
  if (isSmall(face, photo)) return ['small_face'];
  return isSomebodyElse(face, others) ? ['somebody_else'] : [];
}

/** Small faces are left out of it: they resemble one another, whoever they are. */
function isSomebodyElse(face: Face, others: readonly Portrayed[]): boolean {
  if (!isComparable(face)) return false;
  const known = others.flatMap((other) => {
    const [only] = other.faces.length === 1 ? other.faces : [];
    return only !== undefined && isComparable(only) && !isSmall(only, other) ? [only] : [];
  });
  if (known.length < enoughOthers) return false;
  const alike = known.map(({ traits }) => resemblance(face.traits, traits)).sort((one, other) => one - other);
  return (alike[Math.floor(alike.length / 2)] ?? 1) < strangersResemblance;
}
