import { type Kysely, sql } from 'kysely';

/**
 * When somebody appealed against their block: once, also when they had all that is known of them deleted meanwhile.
 * Who was blocked before they ever came is asked what they have to say, too.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table blocked_people add column appealed_at timestamptz',
    'alter table expectations drop constraint expectations_owner_fkey',
  ])
    await sql.raw(statement).execute(database);
}
