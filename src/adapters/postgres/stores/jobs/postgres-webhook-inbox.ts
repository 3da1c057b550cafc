import type { Kysely, Selectable } from 'kysely';
import type { ProviderEvent } from '../../../../application/ports/provider-webhooks.js';
import type { WebhookInbox } from '../../../../application/ports/stores/jobs/webhook-inbox.js';
import type { Tables } from '../../schema/tables.js';
import { withOrWithoutWords } from './refused-content.js';

export class PostgresWebhookInbox implements WebhookInbox {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(event: ProviderEvent, now: Date): Promise<boolean> {
    const outcome = outcomeOf(event);
    const row = { ...event, outcome, receivedAt: now };
    let added = false;
    const write = async (words: 'with' | 'without') => {
      const { numInsertedOrUpdatedRows } = await this.database
        .insertInto('receipts')
        .values(words === 'with' ? row : { ...row, outcome: null })
        .onConflict((conflict) => conflict.column('requestId').doNothing())
        .executeTakeFirstOrThrow();
      added = numInsertedOrUpdatedRows === 1n;
    };
    // Without an outcome whoever needs it asks for it.
    if (mayBeRefused(outcome)) await withOrWithoutWords(this.database, write);
    else await write('with');
    return added;
  }

  byTicket(ticket: string): Promise<ProviderEvent | null> {
    return this.newest('ticket', ticket);
  }

  byReference(reference: string): Promise<ProviderEvent | null> {
    return this.newest('reference', reference);
  }

  private async newest(column: 'ticket' | 'reference', value: string): Promise<ProviderEvent | null> {
    const row = await this.database
      .selectFrom('receipts')
      .selectAll()
      .where(column, '=', value)
      .orderBy('receivedAt', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toEvent(row);
  }
}

/** Every database takes plain letters. JSON escapes the others, or leaves them as they are. */
export const mayBeRefused = (outcome: string | null): boolean =>
  outcome !== null && /[^ -~]|\\u/.test(outcome);

export const outcomeOf = ({ outcome }: ProviderEvent): string | null =>
  outcome === null ? null : toJson(outcome);

/** JSON has no bigint: seeds travel as text. */
function toJson(outcome: NonNullable<ProviderEvent['outcome']>): string {
  return JSON.stringify(outcome, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}

function toEvent({ outcome, receivedAt: _, ...event }: Selectable<Tables['receipts']>): ProviderEvent {
  return {
    ...event,
    outcome:
      outcome?.kind === 'done'
        ? { ...outcome, seed: outcome.seed === null ? null : BigInt(outcome.seed) }
        : outcome,
  };
}
