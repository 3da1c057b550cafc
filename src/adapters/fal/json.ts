import { storableData } from '../../domain/text/storable-text.js';
/** Reading JSON that came from outside: its shape is a hope until it was looked at. */

/** With nothing in it that we could not keep; `null` when it is something else (a proxy's error page). */
export function readJson(text: string): unknown {
  try {
    return storableData(JSON.parse(exactSeeds(text)));
  } catch {
    return null;
  }
}

/**
 * Seeds that fal chooses may exceed what a JSON number keeps exactly: as strings they survive.
 * Inside a JSON string the quote before `:` would be escaped, so nothing but a key matches.
 */
const exactSeeds = (json: string): string => json.replace(/"seed"\s*:\s*(\d{16,})/g, '"seed":"$1"');

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
