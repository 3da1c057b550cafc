import type { Problem } from '../errors.js';
import { cut } from '../text/cut-text.js';

/** In code points, without the space around it. */
export const avatarNameLength = { from: 2, to: 50 } as const;

/** The name as it is kept: one line, one space between words. */
export const tidyAvatarName = (given: string): string => given.trim().replace(/\s+/gu, ' ');

/** They stand in descriptions, and seldom in names. */
const describing = new Set([
  ...['a', 'an', 'the', 'in', 'on', 'at', 'with', 'under', 'by', 'as', 'like', 'wearing'],
  ...['в', 'во', 'на', 'с', 'со', 'под', 'над', 'у', 'за', 'перед', 'среди', 'как'],
]);
const wordsOfName = 4;

/** Whether a text that may be a name reads like one, and not like the description of a picture. */
export function looksLikeName(given: string): boolean {
  const words = tidyAvatarName(given).toLowerCase().split(' ');
  return words.length <= wordsOfName && !given.includes(',') && !words.some((word) => describing.has(word));
}

/** What is wrong with a name, whoever gives it and wherever: at most one problem. */
export function checkAvatarName(given: unknown): Problem[] {
  const allowed = `${avatarNameLength.from}-${avatarNameLength.to}`;
  const problem = { field: 'name', allowed };
  if (given === undefined || given === null) return [{ ...problem, code: 'required' }];
  if (typeof given !== 'string') return [{ ...problem, code: 'malformed', received: typeof given }];
  const letters = [...tidyAvatarName(given)];
  if (letters.length === 0) return [{ ...problem, code: 'required' }];
  const named = { ...problem, received: cut(letters.join(''), 41).replace(unstorable, '�') };
  if (letters.some((letter) => letter.search(unstorable) >= 0)) return [{ ...named, code: 'malformed' }];
  if (letters.length < avatarNameLength.from) return [{ ...named, code: 'too_short' }];
  return letters.length > avatarNameLength.to ? [{ ...named, code: 'too_long' }] : [];
}

/** Neither can be stored as text or sent as JSON that every reader takes. */
const unstorable = /[\p{Cc}\p{Cs}]/gu;
