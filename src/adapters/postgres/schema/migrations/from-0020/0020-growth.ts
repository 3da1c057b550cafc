import { type Kysely, sql } from 'kysely';

/**
 * What has grown for years is still found by index: jobs that ended without pictures, by columns that only they have
 * (those that change with every step would have to be written to the index each time), lists of trainings and avatars,
 * avatars that upkeep looks for, and the links that a person shared.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  'drop index if exists generations_failed',
  'create index generations_failed on generations (created_at, id) where failure is not null',
  'create index generations_stopped on generations (created_at, id) where ended_at is not null and failure is null',
  'create index trainings_by_time on trainings (created_at, id)',
  'create index avatars_by_time on avatars (created_at, id)',
  // Few of them, looked for every ten seconds or every ten minutes.
  `create index avatars_in_making on avatars (id) where status = 'draft'`,
  `create index avatars_elsewhere on avatars (id)
    where status = 'ready' and model ->> 'url' is not null and model ->> 'keptAs' is null`,
  `create index avatars_with_earlier on avatars (id) where earlier <> '[]'`,
  'create index recipes_of_owner on recipes (owner)',
];
