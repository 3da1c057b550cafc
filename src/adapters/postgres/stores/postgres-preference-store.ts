import type { Kysely } from 'kysely';
import {
  noPreferences,
  type PreferenceStore,
  type Preferences,
} from '../../../application/ports/stores/preference-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

export class PostgresPreferenceStore implements PreferenceStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async of(user: UserId): Promise<Preferences> {
    const row = await this.database
      .selectFrom('preferences')
      .selectAll()
      .where('userId', '=', user)
      .executeTakeFirst();
    if (row === undefined) return noPreferences;
    const { userId: _, ...preferences } = row;
    return preferences;
  }

  async change(user: UserId, changes: Partial<Preferences>): Promise<void> {
    if (Object.values(changes).every((value) => value === undefined)) return;
    const { lastChoices, ...others } = changes;
    // Kysely leaves out what is undefined.
    const columns = { ...others, lastChoices: lastChoices && JSON.stringify(lastChoices) };
    await this.database
      .insertInto('preferences')
      .values({ userId: user, ...columns })
      .onConflict((conflict) => conflict.column('userId').doUpdateSet(columns))
      .execute();
  }
}
