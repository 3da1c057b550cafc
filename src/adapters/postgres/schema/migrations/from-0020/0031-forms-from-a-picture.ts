import { type Kysely, sql } from 'kysely';

/** A form of a picture like another one knows which one. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table wishes add column picture jsonb').execute(database);
}
