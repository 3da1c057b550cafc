import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const reasons: Partial<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  413: 'Content too large',
  500: 'Internal error',
  503: 'Unavailable, try again',
};

/** A word and nothing else: an answer gives no detail away. */
export const plainAnswer = (context: Context, status: ContentfulStatusCode): Response =>
  context.text(`${reasons[status] ?? status}\n`, status);

/** For every other method of a path that exists. */
export const methodNotAllowed =
  (allowed: string): Handler =>
  (context) => {
    context.header('allow', allowed);
    return plainAnswer(context, 405);
  };
