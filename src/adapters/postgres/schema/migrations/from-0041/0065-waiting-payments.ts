import { type Kysely, sql } from 'kysely';

/** Since when nobody says whether a payment went back, and those that brought nothing: operators look after both. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table payments add column refund_begun_at timestamptz',
    'alter table payments add column settled_at timestamptz',
    `create index payments_unsettled on payments (paid_at)
      where status = 'paid' and credits = 0 and settled_at is null`,
  ])
    await sql.raw(statement).execute(database);
}
