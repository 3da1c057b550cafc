import { type Kysely, sql } from 'kysely';

/** A question stays open beside newer ones of other kinds. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw('alter table expectations drop constraint expectations_pkey, add primary key (owner, chat, kind)')
    .execute(database);
}
