import { type Kysely, type Selectable, sql } from 'kysely';
import { noPreferences, type Preferences } from '../../../application/ports/stores/preference-store.js';
import type { User, UserStore, Visitor } from '../../../application/ports/stores/user-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';
import { toPreferences } from './postgres-preference-store.js';

type PreferencesRow = Selectable<Tables['preferences']>;
type MetRow = PreferencesRow | { readonly userId: null };

export class PostgresUserStore implements UserStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async find(id: UserId): Promise<User | null> {
    const row = await this.database.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
    return row ?? null;
  }

  async meet({ id, displayName, language, isReachable = false }: Visitor): Promise<Preferences | null> {
    const { rows } = await sql<MetRow>`
      with renamed as (
        update users set display_name = ${displayName}, language = coalesce(language, ${language ?? null})
        where id = ${id}
          and (display_name is distinct from ${displayName} or language is null and ${language ?? null}::text is not null)
      ), reached as (
        delete from unreachable_people where user_id = ${id} and ${isReachable}::boolean
      )
      select preferences.* from users left join preferences on user_id = users.id where users.id = ${id}`.execute(
      this.database,
    );
    const [row] = rows;
    if (row === undefined) return null;
    return row.userId === null ? noPreferences : toPreferences(row);
  }

  async ensure(given: Parameters<UserStore['ensure']>[0]): Promise<{ user: User; created: boolean }> {
    const { id, displayName, language, now } = given;
    const known = await this.find(id);
    const isNew =
      (displayName !== undefined && displayName !== known?.displayName) ||
      (language !== undefined && known !== null && known.language === null);
    if (known !== null && !isNew) return { user: known, created: false };
    // Only the row that an insert has written carries no mark of an update.
    const { rows } = await sql<User & { readonly created: boolean }>`
      insert into users as known (id, display_name, language, created_at)
      values (${id}, ${displayName ?? null}, ${language ?? null}, ${now})
      on conflict (id) do update set display_name = coalesce(excluded.display_name, known.display_name),
        language = coalesce(known.language, excluded.language)
      returning id, display_name, language, created_at, xmax = 0 as created`.execute(this.database);
    const [row] = rows;
    if (row === undefined) throw new Error(`user ${id} vanished`);
    const { created, ...user } = row;
    return { user, created };
  }
}
