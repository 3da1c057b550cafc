import { besides, emptyWords, openers, phrases, type SmallTalk, smallTalk } from './small-talk-words.js';

/** A text of at most so many words needs one that shows something, to be a prompt. */
const fewWords = 3;
/** What begins like a question and goes on for longer describes something. */
const wordsOfQuestion = 8;

/** Keycaps (1️⃣) and a few others are letters or numbers to Unicode and pictures to people. */
const emoji =
  /[0-9]\u{FE0F}?\u{20E3}|\p{Extended_Pictographic}|\p{RI}|\u{FE0F}|\u{200D}|[\u{1F3FB}-\u{1F3FF}]/gu;

/**
 * What a text is, if it is no description of a picture: a greeting, thanks, a question to us, or a word or two that show
 * nothing. `null`: it is one.
 */
export function smallTalkIn(text: string): SmallTalk | null {
  const bare = text.replace(emoji, ' ').trim();
  const words = wordsOf(bare);
  const isAsked = /[?？][\s.!?！？…)]*$/u.test(bare);
  const said = allPhrases(words);
  if (said !== null) return isAsked && said === 'remark' ? 'question' : said;
  if (isAsked || (words.length <= wordsOfQuestion && beginsWith(words, questionOpeners))) return 'question';
  return words.length <= fewWords && words.every(showsNothing) ? 'remark' : null;
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/['’‘ʼ`]/gu, '')
    // "helloooo" is "hello".
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));

const kindOf = new Map(smallTalk.flatMap((kind) => phrases[kind].map((phrase) => [phrase, kind] as const)));
const longest = Math.max(...[...kindOf.keys()].map((phrase) => phrase.split(' ').length));
const beside = new Set(besides);
const questionOpeners = openers.map((opener) => opener.split(' '));
const shownByNone = new Set([...emptyWords, ...besides, ...kindOf.keys()]);

/** The weightiest kind of phrase in a text that has nothing but such phrases; `null` for any other. */
function allPhrases(words: readonly string[]): SmallTalk | null {
  const found = new Set<SmallTalk>();
  for (let at = 0; at < words.length; ) {
    const [kind, length] = phraseAt(words, at);
    if (kind !== null) found.add(kind);
    else if (!beside.has(words[at] ?? '')) return null;
    at += length;
  }
  return smallTalk.find((kind) => found.has(kind)) ?? null;
}

/** The longest phrase that begins there. */
function phraseAt(words: readonly string[], at: number): readonly [SmallTalk | null, number] {
  for (let length = longest; length > 0; length -= 1) {
    const kind = kindOf.get(words.slice(at, at + length).join(' '));
    if (kind !== undefined) return [kind, Math.min(length, words.length - at)];
  }
  return [null, 1];
}

const beginsWith = (words: readonly string[], beginnings: readonly (readonly string[])[]): boolean =>
  beginnings.some((beginning) => beginning.every((word, index) => words[index] === word));

const showsNothing = (word: string): boolean => shownByNone.has(word) || /^\p{N}+$/u.test(word);
