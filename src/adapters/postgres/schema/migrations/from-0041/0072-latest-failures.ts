import { type Kysely, sql } from 'kysely';

/** When a webhook's address failed last: days in which nothing was tried are no failing. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table event_hooks add column failed_at timestamptz').execute(database);
}
