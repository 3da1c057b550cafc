import { type Kysely, sql } from 'kysely';

/** Whether the face of a photo looks like a child's; null: nobody has looked. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table draft_photos add column looks_young boolean').execute(database);
}
