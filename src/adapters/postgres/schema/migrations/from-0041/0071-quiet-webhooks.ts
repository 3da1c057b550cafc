import { type Kysely, sql } from 'kysely';

/** How long a webhook's address asked to be left alone. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table event_hooks add column quiet_until timestamptz').execute(database);
}
