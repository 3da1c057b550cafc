import { type Kysely, sql } from 'kysely';
import type {
  MoneyMessage,
  MoneyMessageStore,
  OwedMoneyMessage,
} from '../../../../application/ports/stores/money/money-message-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';
import { isOver } from '../jobs/leased-rows.js';

export class PostgresMoneyMessageStore implements MoneyMessageStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add({ kind, subject, user }: MoneyMessage, now: Date, due = now): Promise<void> {
    await this.database
      .insertInto('money_messages')
      .values({ kind, subject, userId: user, createdAt: now, nextTryAt: due })
      .onConflict((conflict) => conflict.columns(['kind', 'subject']).doNothing())
      .execute();
  }

  async take(now: Date, until: Date, user?: UserId): Promise<OwedMoneyMessage | null> {
    let due = this.database
      .selectFrom('money_messages')
      .select(['kind', 'subject'])
      .where(isOver(sql`next_try_at`, now))
      .orderBy('nextTryAt')
      .orderBy('createdAt')
      .limit(1)
      .forUpdate()
      .skipLocked();
    if (user !== undefined) due = due.where('userId', '=', user);
    const row = await this.database
      .updateTable('money_messages')
      .from(due.as('due'))
      .set({ nextTryAt: until, tries: sql<number>`tries + 1` })
      .whereRef('money_messages.kind', '=', 'due.kind')
      .whereRef('money_messages.subject', '=', 'due.subject')
      .returning(['money_messages.kind', 'money_messages.subject', 'userId', 'createdAt', 'tries'])
      .executeTakeFirst();
    if (row === undefined) return null;
    const { userId, ...owed } = row;
    return { ...owed, user: userId };
  }

  async owed(user: UserId): Promise<OwedMoneyMessage[]> {
    const rows = await this.database
      .selectFrom('money_messages')
      .select(['kind', 'subject', 'createdAt', 'tries'])
      .where('userId', '=', user)
      .orderBy('createdAt')
      .execute();
    return rows.map((row) => ({ ...row, user }));
  }

  async putOff({ kind, subject }: MoneyMessage, nextTryAt: Date): Promise<void> {
    await this.database
      .updateTable('money_messages')
      .set({ nextTryAt })
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .execute();
  }

  async remove({ kind, subject }: Pick<MoneyMessage, 'kind' | 'subject'>): Promise<void> {
    await this.database
      .deleteFrom('money_messages')
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .execute();
  }
}
