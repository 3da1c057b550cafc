import type { Problem } from '../errors.js';
import { cut } from '../text/cut-text.js';

/** In code points, without the space around it. */
export const promptLength = { from: 3, to: 2000 } as const;

/** Keycaps (1️⃣) and a few others are letters or numbers to Unicode and pictures to people. */
const letterlikeEmoji = /[0-9]\u{FE0F}?\u{20E3}|\p{Extended_Pictographic}/gu;

/** At most one problem: the first that a person should mend. */
export function checkPrompt(text: string): Problem[] {
  const prompt = text.trim();
  const length = [...prompt].length;
  const allowed = `${promptLength.from}-${promptLength.to}`;
  const received = cut(prompt, 41);
  if (length === 0) return [{ field: 'prompt', code: 'required', allowed }];
  if (length > promptLength.to) return [{ field: 'prompt', code: 'too_long', received, allowed }];
  // Neither can be stored as text or sent as JSON that every reader takes.
  if (prompt.includes('\0') || /\p{Cs}/u.test(prompt))
    return [{ field: 'prompt', code: 'malformed', allowed }];
  if (!/[\p{L}\p{N}]/u.test(prompt.replace(letterlikeEmoji, ''))) {
    return [{ field: 'prompt', code: 'no_words', received }];
  }
  if (length < promptLength.from) return [{ field: 'prompt', code: 'too_short', received, allowed }];
  return [];
}

/** A prompt with what is to be different in its picture. */
export const withWords = (prompt: string, words: string): string =>
  words.trim() === '' ? prompt : `${prompt.trim().replace(/[\s.,;:!…]+$/u, '')}, ${words.trim()}`;

/**
 * The prompt that fal gets: the triggers of the avatars in the image in order, one space after each, then the prompt
 * as it is. A trigger that already stands in the prompt as a whole word, in any case, is not added again; one that is
 * `null` or empty is none.
 */
export function finalPromptFor(triggers: readonly (string | null)[], prompt: string): string {
  const missing = triggers
    .map((trigger) => trigger?.trim() ?? '')
    .filter((trigger) => trigger !== '' && !standsIn(trigger, prompt));
  const needed = missing.filter(
    (trigger, index) =>
      !missing.some(
        (other, otherIndex) =>
          otherIndex !== index &&
          standsIn(trigger, other) &&
          // Two equal triggers stand in each other: the first one stays.
          (otherIndex < index || !standsIn(other, trigger)),
      ),
  );
  return [...needed, prompt].join(' ');
}

/** Whether `phrase` stands in `text` as whole words, in any case, with any white space between them. */
function standsIn(phrase: string, text: string): boolean {
  // The same letter can be one code point or two (é): compare composed forms.
  const haystack = text.normalize('NFC');
  const words = phrase.normalize('NFC').split(/\s+/u).filter(Boolean).map(escapeForPattern);
  const pattern = new RegExp(words.join('\\s+'), 'giu');
  for (let match = pattern.exec(haystack); match !== null; match = pattern.exec(haystack)) {
    if (isBoundary(haystack, match.index) && isBoundary(haystack, match.index + match[0].length)) return true;
    // Occurrences may overlap, so go on one code point further, not behind the match.
    pattern.lastIndex = match.index + ((haystack.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1);
  }
  return false;
}

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');

const endsInWord = /[\p{L}\p{M}\p{N}_]$/u;
const startsWithWord = /^[\p{L}\p{M}\p{N}_]/u;
/** These scripts write no spaces between words, so letters on both sides say nothing. */
const spaceless =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
/**
 * Code units on either side that decide where words of these scripts end: a word has two or three letters. Looking at
 * all of a long prompt for each occurrence would take hours.
 */
const context = 64;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function isBoundary(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 2), index);
  const after = text.slice(index, index + 2);
  if (!endsInWord.test(before) || !startsWithWord.test(after)) return true;
  if (!spaceless.test([...before].at(-1) ?? '') && !spaceless.test([...after][0] ?? '')) return false;
  const from = startOfLetter(text, Math.max(0, index - context));
  const around = text.slice(from, index + context);
  return segmenter.segment(around).containing(index - from)?.index === index - from;
}

/** A window must not begin with half a pair. */
const startOfLetter = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
