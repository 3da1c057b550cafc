import type { Kysely } from 'kysely';
import type { User, UserStore } from '../../../application/ports/stores/user-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

export class PostgresUserStore implements UserStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async find(id: UserId): Promise<User | null> {
    const row = await this.database.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
    return row ?? null;
  }

  async ensure(given: Parameters<UserStore['ensure']>[0]): Promise<{ user: User; created: boolean }> {
    const { id, displayName, language, now } = given;
    const known = await this.find(id);
    const isNew =
      (displayName !== undefined && displayName !== known?.displayName) ||
      (language !== undefined && known !== null && known.language === null);
    if (known !== null && !isNew) return { user: known, created: false };
    const inserted = await this.database
      .insertInto('users')
      .values({ id, displayName: displayName ?? null, language: language ?? null, createdAt: now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) {
      await this.database
        .updateTable('users')
        .set((column) => ({
          displayName: displayName ?? column.ref('displayName'),
          language: column.fn.coalesce('language', column.val(language ?? null)),
        }))
        .where('id', '=', id)
        .execute();
    }
    const user = await this.find(id);
    if (user === null) throw new Error(`user ${id} vanished`);
    return { user, created: inserted !== undefined };
  }
}
