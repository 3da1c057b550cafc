import { type Kysely, sql } from 'kysely';

/** Whether a person wants to be asked before each order; null until they say. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table preferences add column confirm_orders boolean').execute(database);
}
