/** What words can be about that an operator may want to be asked or refused, the weightiest first. */
export const wordCategories = ['minors', 'nudity', 'violence', 'hate', 'drugs', 'people'] as const;
export type WordCategory = (typeof wordCategories)[number];

/**
 * Words of one category, in any language. `naked`: this word alone; `porn*`: whatever begins so; `гол~`: with the endings
 * of a Russian adjective. Several words are a phrase.
 */
export interface WordList {
  readonly category: WordCategory;
  readonly words: readonly string[];
  /** Phrases in which these words mean something else: "nude lipstick". */
  readonly except: readonly string[];
  /** The words count only where words of this category stand beside them. */
  readonly beside: WordCategory | null;
}

/** Words with one space between them; an ending may follow two letters or more. */
export const phraseForm =
  /^(?:[\p{L}\p{M}\p{N}]{2,}[*~]?|[\p{L}\p{N}])(?: (?:[\p{L}\p{M}\p{N}]{2,}[*~]?|[\p{L}\p{N}]))*$/u;

/** The operator's lists take the place of ours, category by category. */
export function listsWith(ours: readonly WordList[], theirs: readonly WordList[]): readonly WordList[] {
  const named = new Set(theirs.map(({ category }) => category));
  return [...ours.filter(({ category }) => !named.has(category)), ...theirs];
}
