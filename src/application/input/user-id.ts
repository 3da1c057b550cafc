import { Matches } from 'class-validator';
import type { Problem } from '../../domain/errors.js';
import { cut } from '../../domain/text/cut-text.js';

const pattern = /^[1-9]\d{0,19}$/;
const allowed = 'a Telegram user id';

/** Decorates a field that names a person. */
export const IsUserId = (): PropertyDecorator => Matches(pattern, { context: { allowed } });

/** What is wrong with a name of a person that is no field of an input. */
export function userProblems(field: string, text: string | undefined): Problem[] {
  if (text === undefined || text.trim() === '') return [{ field, code: 'required', allowed }];
  return pattern.test(text) ? [] : [{ field, code: 'malformed', received: cut(text, 60), allowed }];
}
