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
    const columns = { subject, createdAt: now };
    await this.database
      .insertInto('expectations')
      .values({ owner, chat, kind, ...columns })
      .onConflict((conflict) => conflict.columns(['owner', 'chat', 'kind']).doUpdateSet(columns))
      .execute();
  }

  async list(owner: UserId, chat: string): Promise<PendingReply[]> {
    return this.database
      .selectFrom('expectations')
      .select(['owner', 'chat', 'kind', 'subject'])
      .where('owner', '=', owner)
      .where('chat', '=', chat)
      .orderBy('createdAt', 'desc')
      .execute();
  }

  async clear(owner: UserId, chat: string, kind: PendingReply['kind']): Promise<void> {
    await this.database
      .deleteFrom('expectations')
      .where('owner', '=', owner)
      .where('chat', '=', chat)
      .where('kind', '=', kind)
      .execute();
  }
}
