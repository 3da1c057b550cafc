import type { Problem } from '../../domain/errors.js';

/** What is wrong with an option that names a person. */
export function userProblems(field: string, text: string | undefined): Problem[] {
  const allowed = 'a Telegram user id';
  if (text === undefined || text.trim() === '') return [{ field, code: 'required', allowed }];
  return /^[1-9]\d{0,19}$/.test(text) ? [] : [{ field, code: 'malformed', received: text, allowed }];
}

/** A number, or the text itself when it is none: whoever checks it can name what came. */
export function numberOrText(text: string): number | string {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}
