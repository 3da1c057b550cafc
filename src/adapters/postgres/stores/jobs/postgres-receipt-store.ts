import type { Kysely, Selectable } from 'kysely';
import type { ProviderNews } from '../../../../application/ports/provider-webhooks.js';
import type { ReceiptStore } from '../../../../application/ports/stores/jobs/receipt-store.js';
import type { Tables } from '../../schema/tables.js';
import { withOrWithoutWords } from './refused-content.js';

export class PostgresReceiptStore implements ReceiptStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(news: ProviderNews, now: Date): Promise<boolean> {
    const row = {
      request_id: news.requestId,
      reference: news.reference,
      ticket: news.ticket,
      outcome: news.outcome === null ? null : toJson(news.outcome),
      received_at: now,
    };
    let added = false;
    // Without an outcome whoever needs it asks for it.
    await withOrWithoutWords(this.database, async (words) => {
      const { numInsertedOrUpdatedRows } = await this.database
        .insertInto('receipts')
        .values(words === 'with' ? row : { ...row, outcome: null })
        .onConflict((conflict) => conflict.column('request_id').doNothing())
        .executeTakeFirstOrThrow();
      added = numInsertedOrUpdatedRows === 1n;
    });
    return added;
  }

  async byTicket(ticket: string): Promise<ProviderNews | null> {
    const row = await this.database
      .selectFrom('receipts')
      .selectAll()
      .where('ticket', '=', ticket)
      .executeTakeFirst();
    return row === undefined ? null : toNews(row);
  }

  async byReference(reference: string): Promise<ProviderNews | null> {
    const row = await this.database
      .selectFrom('receipts')
      .selectAll()
      .where('reference', '=', reference)
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toNews(row);
  }
}

/** JSON has no bigint: seeds travel as text. */
function toJson(outcome: NonNullable<ProviderNews['outcome']>): string {
  return JSON.stringify(outcome, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}

function toNews(row: Selectable<Tables['receipts']>): ProviderNews {
  const { outcome } = row;
  return {
    reference: row.reference,
    requestId: row.request_id,
    ticket: row.ticket,
    outcome:
      outcome?.kind === 'done'
        ? { ...outcome, seed: outcome.seed === null ? null : BigInt(outcome.seed) }
        : outcome,
  };
}
