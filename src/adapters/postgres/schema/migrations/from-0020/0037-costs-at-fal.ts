import { type Kysely, sql } from 'kysely';

/**
 * What each job is reckoned to cost at fal, in millionths of a dollar; nothing is known of those that were there before.
 * And by when things happened, for an operator's numbers of the last days.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  'alter table generations add column cost integer check (cost >= 0)',
  'alter table trainings add column cost integer check (cost >= 0)',
  'create index users_by_time on users (created_at)',
  'create index payments_by_time on payments (paid_at)',
  `create index ledger_grants on ledger_entries (at) where kind = 'grant'`,
];
