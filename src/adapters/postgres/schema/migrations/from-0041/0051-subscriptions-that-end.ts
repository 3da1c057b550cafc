import { type Kysely, sql } from 'kysely';

/** Subscriptions of which a month went back: the provider is to be told that they end. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table subscriptions add is_ending boolean not null default false',
    'create index subscriptions_ending on subscriptions (id) where is_ending',
  ])
    await sql.raw(statement).execute(database);
}
