import type { Kysely } from 'kysely';
import type {
  PendingReply,
  PendingReplyStore,
} from '../../../../application/ports/stores/chat/pending-reply-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

/** They are kept in `expectations`, as they were called in the first releases. */
export class PostgresPendingReplyStore implements PendingReplyStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async expect({ owner, chat, kind, subject }: PendingReply, now: Date): Promise<void> {
    const columns = { kind, subject, createdAt: now };
    await this.database
      .insertInto('expectations')
      .values({ owner, chat, ...columns })
      .onConflict((conflict) => conflict.columns(['owner', 'chat']).doUpdateSet(columns))
      .execute();
  }

  async find(owner: UserId, chat: string): Promise<PendingReply | null> {
    const row = await this.database
      .selectFrom('expectations')
      .select(['owner', 'chat', 'kind', 'subject'])
      .where('owner', '=', owner)
      .where('chat', '=', chat)
      .executeTakeFirst();
    return row ?? null;
  }

  async clear(owner: UserId, chat: string): Promise<boolean> {
    const { numDeletedRows } = await this.database
      .deleteFrom('expectations')
      .where('owner', '=', owner)
      .where('chat', '=', chat)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }
}
