import type { Problem } from '../errors.js';
import { cut } from '../text/cut-text.js';
import { storable } from '../text/storable-text.js';

const consonants = 'BDFGKLMNPRTVXZ';
const vowels = 'AEIOU';

/**
 * A word that no language has and every tokenizer keeps apart from real ones: `KOVUX47`. About 17 million of them;
 * the same seed gives the same word.
 *
 * @param seed 0-4294967295
 */
export function triggerWord(seed: number): string {
  let rest = seed;
  const draw = (count: number): number => {
    const drawn = rest % count;
    rest = Math.floor(rest / count);
    return drawn;
  };
  const letters = [consonants, vowels, consonants, vowels, consonants]
    .map((alphabet) => alphabet.charAt(draw(alphabet.length)))
    .join('');
  // 10-99 and then some: never a leading zero, which people leave out when they type.
  return `${letters}${10 + draw(90)}`;
}

/** Draws until the word is none of `taken`, in any case. */
export function freshTrigger(seeds: () => number, taken: readonly (string | null)[]): string {
  const used = new Set(taken.map((trigger) => trigger?.toUpperCase()));
  for (;;) {
    const word = triggerWord(seeds());
    if (!used.has(word)) return word;
  }
}

/** In code points, without the space around it. */
const longestTrigger = 100;

/** What is wrong with a trigger that somebody typed; an empty one or none is fine. */
export function checkTrigger(given: unknown): Problem[] {
  if (typeof given !== 'string') return [];
  const problem = { field: 'trigger', allowed: `0-${longestTrigger}` };
  if (/[\0\p{Cs}]/u.test(given)) return [{ ...problem, code: 'malformed', received: triggerShown(given) }];
  return [...given.trim()].length > longestTrigger ? [{ ...problem, code: 'too_long' }] : [];
}

const triggerShown = (given: string): string => cut(storable(given), 40);
