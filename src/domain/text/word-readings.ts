/** A way to read a part of a text as one word, and where the next word begins then. */
export interface Reading {
  readonly word: string;
  readonly next: number;
}

/** Letters that look alike in both alphabets, Latin first. */
const alike = [...'aeopcyxkmtbhi'].map(
  (latin, index) => [latin, [...'аеорсухкмтвні'][index] ?? latin] as const,
);
const toLatin = new Map(alike.map(([latin, cyrillic]) => [cyrillic, latin]));
const toCyrillic = new Map(alike);

/** What stands for a letter in the middle of a word. */
const signs: Readonly<Record<'latin' | 'cyrillic', ReadonlyMap<string, string>>> = {
  latin: new Map([...'@4031!|5$7'].map((sign, index) => [sign, [...'aaoeiiisst'][index] ?? sign])),
  cyrillic: new Map([...'@0346'].map((sign, index) => [sign, [...'аозчб'][index] ?? sign])),
};

/** The longest run of single letters that is read as a word. */
const longestSpelled = 20;

/**
 * Everything that a text can be read as, word by word: as it stands, and with its simplest disguises taken off (signs for
 * letters, letters of the other alphabet, letters that are repeated, spelled out or set apart by dots).
 */
export function readingsOf(text: string): readonly (readonly Reading[])[] {
  const chunks = plain(text)
    .split(/\s+/u)
    .map((chunk) => chunk.split(/[^\p{L}\p{M}\p{N}@$!|]+/u).filter((piece) => /[\p{L}\p{N}]/u.test(piece)));
  const pieces = chunks.flat();
  const readings: Reading[][] = pieces.map((piece, index) =>
    unmasked(piece).map((word) => ({ word, next: index + 1 })),
  );
  const join = (from: number, to: number) => {
    for (const word of unmasked(pieces.slice(from, to).join(''))) readings[from]?.push({ word, next: to });
  };
  let start = 0;
  for (const { length } of chunks) {
    if (length > 1) join(start, start + length);
    start += length;
  }
  for (let from = 0; from < pieces.length; from += 1)
    for (let to = from + 1; to <= from + longestSpelled && isLetter(pieces[to - 1]); to += 1)
      if (to - from > 2) join(from, to);
  return readings;
}

/** Lower case without accents, and without what cannot be seen. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Cf}|(?<=\p{Script=Latin})\p{M}+|\u0301/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е');

const isLetter = (piece: string | undefined): boolean => piece !== undefined && /^\p{L}$/u.test(piece);

function unmasked(piece: string): string[] {
  const bare = piece.replace(/[@$!|]/gu, '');
  const isMasked = /\p{L}/u.test(piece) && /[^\p{L}\p{M}]/u.test(piece);
  const inner = piece.replace(/[!|]+$/u, '');
  const isMixed = /\p{Script=Latin}/u.test(piece) && /\p{Script=Cyrillic}/u.test(piece);
  const inOneAlphabet = (word: string) =>
    isMixed ? [word, swap(word, toLatin), swap(word, toCyrillic)] : [word];
  const unsigned = isMasked ? [bare, swap(inner, signs.latin), swap(inner, signs.cyrillic)] : [bare];
  const words = unsigned.flatMap(inOneAlphabet);
  const stretched = /(\p{L})\1{2,}/gu;
  return [
    ...new Set([
      ...words,
      ...words.map((word) => word.replace(stretched, '$1')),
      ...words.map((word) => word.replace(stretched, '$1$1')),
    ]),
  ];
}

const swap = (word: string, letters: ReadonlyMap<string, string>): string =>
  [...word].map((letter) => letters.get(letter) ?? letter).join('');
