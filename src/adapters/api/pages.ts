import { z } from '@hono/zod-openapi';

const usualLimit = 20;
const mostAtOnce = 100;

/** How a part of a list is asked for. What is added meanwhile moves nothing. */
export const pageQuery = z.strictObject({
  cursor: z
    .string()
    .optional()
    .openapi({ description: '`next` of the part before; without it the newest ones.' }),
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
