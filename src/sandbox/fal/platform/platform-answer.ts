import type { Context } from 'hono';

type ErrorType = 'authorization_error' | 'validation_error' | 'not_found';

/** Errors of `api.fal.ai` look different from those of the queue. */
export const refused = (c: Context, status: 400 | 401 | 403 | 404, type: ErrorType, message: string) =>
  c.json({ error: { type, message } }, status);

/** The key of `Authorization: Key …`. */
export const keyOf = (c: Context): string | undefined =>
  /^Key (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

/**
 * One page of a list, by `limit` and `cursor` of the query: the number of the page in base64, as fal has it.
 * @returns `undefined` for a limit or cursor that is none
 */
export function pageOf<Item>(c: Context, all: readonly Item[], usual: number): Page<Item> | undefined {
  const { limit, cursor } = c.req.query();
  const size = Number(limit ?? usual);
  const page = cursor === undefined ? 1 : Number(Buffer.from(cursor, 'base64').toString());
  if (!(Number.isInteger(size) && size >= 1 && Number.isInteger(page) && page >= 1)) return undefined;
  const hasMore = all.length > page * size;
  return {
    items: all.slice((page - 1) * size, page * size),
    next_cursor: hasMore ? Buffer.from(String(page + 1)).toString('base64') : null,
    has_more: hasMore,
  };
}
