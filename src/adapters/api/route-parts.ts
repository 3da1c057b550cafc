import { z } from '@hono/zod-openapi';
import { problemSchema } from './problem-answer.js';

/** A header that every order has, for the document: `once` judges it. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({
      // Without it `once` says so in its own words, not as a wrong field.
      param: { required: true },
      description: '8-128 visible ASCII characters: new for each order, the same when it is sent again.',
      example: 'order-2027-0001',
    }),
});

/** The id in a path: `idIn` judges it, so that what is no id names nothing. */
export const idParam = z.object({ id: z.string().openapi({ format: 'uuid' }) });

/** A body of JSON, which has to be there. */
export const jsonRequest = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

/** In the body of whatever costs something. */
export const mostCredits = z
  .number()
  .optional()
  .openapi({ description: 'If it costs more by now, it is refused with price_changed.' });

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

const problem = {
  description: 'A problem.',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** What a route answers, and that everything else is a problem. */
export const answers = <Good extends object>(good: Good) => ({ ...good, '4XX': problem, default: problem });
