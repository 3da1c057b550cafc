import { type Kysely, sql } from 'kysely';

/** A broadcast may have a text of its own for those who read another language. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table broadcasts add column translations jsonb not null default '{}'`.execute(database);
}
