import { DomainError } from '../../domain/errors.js';

export const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What is no id names nothing. @throws DomainError `not_found` */
export function idIn(text: string, what: string): string {
  if (!uuid.test(text)) throw new DomainError({ code: 'not_found', what });
  return text.toLowerCase();
}
