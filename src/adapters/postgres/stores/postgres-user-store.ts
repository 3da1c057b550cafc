import { type Kysely, sql } from 'kysely';
import { noPreferences, type Preferences } from '../../../application/ports/stores/preference-store.js';
import type { Acquaintance, User, UserStore } from '../../../application/ports/stores/user-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

type MetRow = Pick<User, 'displayName'> & { readonly userId: UserId | null } & Partial<Preferences>;

export class PostgresUserStore implements UserStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async find(id: UserId): Promise<User | null> {
    const row = await this.database.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
    return row ?? null;
  }

  async meet(id: UserId): Promise<Acquaintance | null> {
    const { rows } = await sql<MetRow>`
      select display_name, preferences.*
      from users left join preferences on user_id = users.id where users.id = ${id}`.execute(this.database);
    const [row] = rows;
    if (row === undefined) return null;
    const { displayName, userId, ...chosen } = row;
    return { displayName, preferences: userId === null ? noPreferences : (chosen as Preferences) };
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
