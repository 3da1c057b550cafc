import type { Kysely, Selectable } from 'kysely';
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
    return toPreferences(row);
  }

  async change(user: UserId, changes: Partial<Preferences>): Promise<void> {
    if (Object.values(changes).every((value) => value === undefined)) return;
    // Kysely leaves out what is undefined.
    await this.database
      .insertInto('preferences')
      .values({ userId: user, ...changes })
      .onConflict((conflict) => conflict.column('userId').doUpdateSet(changes))
      .execute();
  }
}

/** Without what only earlier releases remembered. */
export const toPreferences = ({
  userId: _,
  lastChoices: __,
  ...preferences
}: Selectable<Tables['preferences']>): Preferences => preferences;
