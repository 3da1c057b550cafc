import { type Kysely, sql } from 'kysely';

/** A receipt says what fal still has; of older ones nobody knows. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table deletion_receipts add column at_fal jsonb').execute(database);
}
