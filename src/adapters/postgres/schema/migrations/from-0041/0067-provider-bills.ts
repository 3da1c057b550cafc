import { type Kysely, sql } from 'kysely';

/** What the provider says it billed, beside what we reckoned: each day, each endpoint. Days are texts, as they are written. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create table provider_bills (
      day text not null check (day ~ '^\\d{4}-\\d{2}-\\d{2}$'),
      endpoint text not null,
      reckoned bigint not null check (reckoned >= 0),
      billed bigint not null check (billed >= 0),
      primary key (day, endpoint)
    )`)
    .execute(database);
}
