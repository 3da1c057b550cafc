import { cut } from './cut-text.js';

/** Code points of the words in it: with four bytes each, date, id and ending still fit into the 255 bytes of a disk. */
const longestWords = 48;

interface Named {
  /** A UUID. */
  readonly id: string;
  /** What its owner wrote, or nothing. */
  readonly prompt?: string | undefined;
  readonly createdAt: Date;
}

/**
 * Says what a picture shows and when it was made, and no two say the same: `in-a-rowing-boat-2026-11-27-1a2b3c4d.jpg`.
 * Letters and digits of every alphabet, and hyphens: safe on every disk and in every archive.
 *
 * @param extension with its dot
 */
export function fileName({ id, prompt = '', createdAt }: Named, extension: string): string {
  const day = createdAt.toISOString().slice(0, 10);
  return `${wordsOf(prompt) || 'aisha'}-${day}-${id.slice(0, 8)}${extension}`;
}

function wordsOf(prompt: string): string {
  const words = prompt.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name}-${word}`;
    if ([...longer].length > longestWords) break;
    name = longer;
  }
  return name === '' ? cut(words[0] ?? '', longestWords).replace(/…$/u, '') : name;
}
