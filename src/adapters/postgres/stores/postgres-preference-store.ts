import type { Insertable, Kysely } from 'kysely';
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
      .where('user_id', '=', user)
      .executeTakeFirst();
    if (row === undefined) return noPreferences;
    return {
      language: row.language,
      preset: row.preset,
      aspectRatio: row.aspect_ratio,
      count: row.count,
      promptHelp: row.prompt_help,
      notifications: row.notifications,
      lastChoices: row.last_choices,
    };
  }

  async change(user: UserId, changes: Partial<Preferences>): Promise<void> {
    const columns = toColumns(changes);
    if (Object.keys(columns).length === 0) return;
    await this.database
      .insertInto('preferences')
      .values({ user_id: user, ...columns })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
      .execute();
  }
}

function toColumns(changes: Partial<Preferences>): Omit<Insertable<Tables['preferences']>, 'user_id'> {
  const { language, preset, aspectRatio, count, promptHelp, notifications, lastChoices } = changes;
  return {
    ...(language === undefined ? {} : { language }),
    ...(preset === undefined ? {} : { preset }),
    ...(aspectRatio === undefined ? {} : { aspect_ratio: aspectRatio }),
    ...(count === undefined ? {} : { count }),
    ...(promptHelp === undefined ? {} : { prompt_help: promptHelp }),
    ...(notifications === undefined ? {} : { notifications }),
    ...(lastChoices === undefined
      ? {}
      : { last_choices: lastChoices === null ? null : JSON.stringify(lastChoices) }),
  };
}
