import { type Kysely, sql } from 'kysely';

/** An update says which worker has it in hand, so that it is free again when that one dies. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table seen_updates add column claimed_by text').execute(database);
}
