import { type WordCategory, type WordList, wordCategories } from './word-lists.js';
import { plain, type Reading, readingsOf } from './word-readings.js';

/** Says what the words of a text may be about, the weightiest first. */
export type WordFinder = (text: string) => readonly WordCategory[];

type Readings = readonly (readonly Reading[])[];

/** One word of a phrase, and what may follow its stem. */
interface Pattern {
  readonly stem: string;
  readonly ending: RegExp;
}

const endings: Readonly<Record<string, RegExp>> = {
  '*': /^/u,
  '~': /^(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ых|их|ую|юю|ыми|ими|ою|ею)$/u,
};
const nothing = /^$/u;

/**
 * A stem counts where a word begins, never inside one: "Scunthorpe" is a town. What one entry says is more than a list of
 * words can know, so whoever is told of it should be asked, not accused.
 */
export function wordFinder(lists: readonly WordList[]): WordFinder {
  const ready = lists.map(({ words, except, ...list }) => ({
    ...list,
    words: byFirstLetter(words),
    except: byFirstLetter(except),
  }));
  return (text) => {
    const readings = readingsOf(text);
    const excepted = ready.flatMap(({ except }) => spansOf(except, readings));
    const found = ready.filter(({ words }) =>
      spansOf(words, readings).some((span) => !excepted.some((other) => overlap(span, other))),
    );
    const said = new Set(found.map(({ category }) => category));
    const counted = new Set(
      found.filter(({ beside }) => beside === null || said.has(beside)).map(({ category }) => category),
    );
    return wordCategories.filter((category) => counted.has(category));
  };
}

type Phrases = ReadonlyMap<string, readonly (readonly Pattern[])[]>;
type Span = readonly [from: number, to: number];

const overlap = ([from, to]: Span, [otherFrom, otherTo]: Span): boolean => from < otherTo && otherFrom < to;

function byFirstLetter(entries: readonly string[]): Phrases {
  const phrases = new Map<string, (readonly Pattern[])[]>();
  for (const entry of entries) {
    const [first = '', ...rest] = plain(entry).split(' ');
    const letter = first.charAt(0);
    phrases.set(letter, [...(phrases.get(letter) ?? []), [first, ...rest].map(patternOf)]);
  }
  return phrases;
}

function patternOf(word: string): Pattern {
  const [stem = word, mark = ''] = word.split(/(?=[*~]$)/u);
  return { stem, ending: endings[mark] ?? nothing };
}

const spansOf = (phrases: Phrases, readings: Readings): Span[] =>
  readings.flatMap((here, from) =>
    here.flatMap((reading) =>
      (phrases.get(reading.word.charAt(0)) ?? []).flatMap((phrase): Span[] => {
        const to = fits(reading, phrase[0]) ? endOf(phrase.slice(1), readings, reading.next) : null;
        return to === null ? [] : [[from, to]];
      }),
    ),
  );

/** Where a phrase that begins there ends; `null`: it does not stand there. */
function endOf(phrase: readonly Pattern[], readings: Readings, from: number): number | null {
  const [pattern, ...rest] = phrase;
  if (pattern === undefined) return from;
  for (const reading of readings[from] ?? []) {
    const to = fits(reading, pattern) ? endOf(rest, readings, reading.next) : null;
    if (to !== null) return to;
  }
  return null;
}

const fits = ({ word }: Reading, pattern: Pattern | undefined): boolean =>
  pattern !== undefined &&
  word.startsWith(pattern.stem) &&
  pattern.ending.test(word.slice(pattern.stem.length));
