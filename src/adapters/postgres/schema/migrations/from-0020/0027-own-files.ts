import { type Kysely, sql } from 'kysely';

/** Under which handles a bot has sent pictures of its own (cards, examples): they are uploaded once. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table own_files (
        source text not null,
        name text not null,
        handle text not null,
        primary key (source, name)
      )`,
    )
    .execute(database);
}
