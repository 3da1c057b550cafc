import { createRoute, z } from '@hono/zod-openapi';
import type { PlacedEntry } from '../../../application/ports/stores/ledger.js';
import { entryKinds } from '../../../domain/ledger.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { cursorIn, nextCursor, pageQuery } from '../pages.js';
import { answers, json } from '../route-parts.js';

const entrySchema = z
  .object({
    kind: z.enum(entryKinds).openapi({
      description: 'A job sets its price aside (hold), gives it back when it ends, and takes what it cost.',
    }),
    amount: z.int().openapi({ description: 'Signed; they add up to the balance.' }),
    generation: z.uuid().nullable(),
    training: z.uuid().nullable(),
    at: z.iso.datetime(),
  })
  .openapi('LedgerEntry');

const readHistory = createRoute({
  method: 'get',
  path: '/v1/account/history',
  summary: 'What happened to your credits',
  middleware: [needs('read')] as const,
  request: { query: pageQuery },
  responses: answers({
    200: json(
      z
        .object({ entries: z.array(entrySchema).openapi({ description: 'Newest first.' }), next: nextCursor })
        .openapi('HistoryPage'),
      'Some of it.',
    ),
  }),
});

const placeForm = /^\d{1,18}$/;

/** The account of whoever asks, entry by entry. */
export function addHistory(api: Api, { database }: ApiServices): void {
  api.openapi(readHistory, async (context) => {
    const { cursor, limit } = context.req.valid('query');
    const before = cursorIn(cursor, placeForm);
    const { owner } = context.var.key;
    // One more than asked for tells whether there are more.
    const found = await database.stores.ledger.historyPage(owner, limit + 1, before);
    const shown = found.slice(0, limit);
    const next = found.length > limit ? (shown.at(-1)?.place ?? null) : null;
    return context.json({ entries: shown.map(entryView), next }, 200);
  });
}

/** Of the reason only the job: the rest is between operators. */
function entryView({ kind, amount, reason, at }: PlacedEntry): z.infer<typeof entrySchema> {
  const [, what, id = null] = /^\w+:(generation|training):([\da-f-]{36})/.exec(reason) ?? [];
  return {
    ...{ kind, amount },
    generation: what === 'generation' ? id : null,
    training: what === 'training' ? id : null,
    at: at.toISOString(),
  };
}
