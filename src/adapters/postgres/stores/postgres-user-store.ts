import type { Kysely } from 'kysely';
import type { User, UserStore } from '../../../application/ports/stores/user-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

export class PostgresUserStore implements UserStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async find(id: UserId): Promise<User | null> {
    const row = await this.database.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return null;
    return { id: row.id, displayName: row.display_name, language: row.language, createdAt: row.created_at };
  }

  async ensure({
    id,
    displayName,
    language,
    now,
  }: {
    id: UserId;
    displayName?: string | undefined;
    language?: string | undefined;
    now: Date;
  }): Promise<{ user: User; created: boolean }> {
    const known = await this.find(id);
    const isNew =
      (displayName !== undefined && displayName !== known?.displayName) ||
      (language !== undefined && known !== null && known.language === null);
    if (known !== null && !isNew) return { user: known, created: false };
    const inserted = await this.database
      .insertInto('users')
      .values({ id, display_name: displayName ?? null, language: language ?? null, created_at: now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) {
      await this.database
        .updateTable('users')
        .set((column) => ({
          display_name: displayName ?? column.ref('display_name'),
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
