import { type Kysely, sql } from 'kysely';

/** People who may use nothing any more. One who was never here can be blocked, too. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw('create table blocked_people (user_id text primary key, at timestamptz not null, why text)')
    .execute(database);
}
