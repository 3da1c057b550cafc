import { z } from '@hono/zod-openapi';
import { invalidInput } from '../../domain/errors.js';
import { cut } from '../../domain/text/cut-text.js';

const usualLimit = 20;
const mostAtOnce = 100;

/** How a part of a list is asked for. What is added meanwhile moves nothing. */
export const pageQuery = z.strictObject({
  cursor: z
    .string()
    .optional()
    .openapi({ description: '`next` of the part before; without it the first part.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostAtOnce)
    .default(usualLimit)
    .openapi({ description: `1-${mostAtOnce}` }),
});

export const nextCursor = z
  .string()
  .nullable()
  .openapi({ description: 'Asks for the part after this as `cursor`; null: there are no more.' });

/** A cursor of this form, if one was sent. @throws DomainError `invalid_input` */
export function cursorIn(sent: string | undefined, form: RegExp): string | undefined {
  if (sent === undefined || form.test(sent)) return sent?.toLowerCase();
  const allowed = '`next` of the part before';
  throw invalidInput([{ field: 'cursor', code: 'malformed', received: cut(sent, 60), allowed }]);
}
