import { type Kysely, sql } from 'kysely';

/** How many faces a photo shows and how far the only one is turned: what advice about a set needs, and nobody's traits. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw('alter table draft_photos add column face_count smallint, add column face_yaw smallint')
    .execute(database);
}
