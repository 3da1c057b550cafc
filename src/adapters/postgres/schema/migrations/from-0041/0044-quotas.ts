import { type Kysely, sql } from 'kysely';

/** What jobs are estimated to cost this day and month, in millionths of a dollar; and what one person may order. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    // One row, or none before the first order that counts.
    `create table spending (
      one boolean primary key default true check (one),
      day_since timestamptz not null,
      day_used bigint not null,
      month_since timestamptz not null,
      month_used bigint not null
    )`,
    `create table picture_limits (
      user_id text primary key references users,
      pictures integer not null check (pictures >= 0)
    )`,
  ])
    await sql.raw(statement).execute(database);
}
