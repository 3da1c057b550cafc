import { type Kysely, sql } from 'kysely';

/** Words that answer a picture of an album name it by its message alone. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw('create index sent_files_by_place on sent_files (chat, message) where message is not null')
    .execute(database);
}
