import { NoSuchFile } from '../../application/ports/media-store.js';

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.some((code) => code === error.code);

export const isFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT');

export const isGone = (error: unknown): boolean => hasCode(error, 'ENOENT');

/** A file of that name is there. */
export const isThere = (error: unknown): boolean => hasCode(error, 'EEXIST');

/** What systems say of a folder that has something in it, or that another program works in. */
export const isInUse = (error: unknown): boolean => hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EBUSY');

export function nothingIfGone(error: unknown): null {
  if (isGone(error)) return null;
  throw error;
}

export const asMissing = (key: string, error: unknown): unknown =>
  isGone(error) ? new NoSuchFile(key, { cause: error }) : error;
