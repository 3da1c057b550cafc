import type { Kysely, Selectable } from 'kysely';
import type { ProviderEvent } from '../../../../application/ports/provider-webhooks.js';
import type { WebhookInbox } from '../../../../application/ports/stores/jobs/webhook-inbox.js';
import type { Tables } from '../../schema/tables.js';
import { withOrWithoutWords } from './refused-content.js';

export class PostgresWebhookInbox implements WebhookInbox {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(event: ProviderEvent, now: Date): Promise<boolean> {
    const row = {
      request_id: event.requestId,
      reference: event.reference,
      ticket: event.ticket,
      outcome: event.outcome === null ? null : toJson(event.outcome),
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

  async byTicket(ticket: string): Promise<ProviderEvent | null> {
    const row = await this.database
      .selectFrom('receipts')
      .selectAll()
      .where('ticket', '=', ticket)
      .executeTakeFirst();
    return row === undefined ? null : toEvent(row);
  }

  async byReference(reference: string): Promise<ProviderEvent | null> {
    const row = await this.database
      .selectFrom('receipts')
      .selectAll()
      .where('reference', '=', reference)
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toEvent(row);
  }
}

/** JSON has no bigint: seeds travel as text. */
function toJson(outcome: NonNullable<ProviderEvent['outcome']>): string {
  return JSON.stringify(outcome, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}

function toEvent(row: Selectable<Tables['receipts']>): ProviderEvent {
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
