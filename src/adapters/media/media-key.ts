import { createHash } from 'node:crypto';
import { cut } from '../../domain/text/cut-text.js';

/** Parts of letters, digits, `-`, `_` and `.`, divided by `/`; no part begins with a dot. */
const pattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/**
 * Keys come from our own code, but parts of them may have been somebody's words: nothing may lead out of the
 * media folder.
 *
 * @throws Error for every key that is not plain, relative and at most 200 characters long
 */
export function checkKey(key: string): void {
  if (!isKey(key)) throw new Error(`Not a key of the media store: ${JSON.stringify(cut(key, 200))}`);
}

export const isKey = (key: string): boolean => key.length <= 200 && pattern.test(key);

export const isShard = (name: string): boolean => /^[0-9a-f]{2}$/.test(name);

/** Two hex digits, the same for a picture and its thumbnail. */
export function shardOf(key: string): string {
  const stem = key.replace(/\.[^/]*$/, '');
  return createHash('sha256').update(stem).digest('hex').slice(0, 2);
}
