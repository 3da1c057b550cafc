import type { Problem } from './errors.js';
import { phraseForm, type WordList, wordCategories } from './text/word-lists.js';

/** What is wrong with an operator's lists. */
export function wordListProblems(lists: readonly WordList[]): Problem[] {
  return lists.flatMap((list, index): Problem[] => {
    const field = (name: string) => `lists[${index}].${name}`;
    const allowed = wordCategories.join(', ');
    const unknown = (name: string, category: string | null): Problem[] =>
      category === null || wordCategories.some((each) => each === category)
        ? []
        : [{ field: field(name), code: 'unknown_value', received: category, allowed }];
    const malformed = (name: 'words' | 'except') =>
      list[name]
        .filter((entry) => !phraseForm.test(entry))
        .map((received): Problem => ({ field: field(name), code: 'malformed', received }));
    return [
      ...unknown('category', list.category),
      ...unknown('beside', list.beside),
      ...malformed('words'),
      ...malformed('except'),
    ];
  });
}
