import { type Kysely, sql } from 'kysely';

/** What people are still to be told of their money. A row goes when it was said. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table money_messages (
      kind text not null check (kind in ('receipt', 'refund', 'reward')),
      subject text not null,
      user_id text not null references users,
      created_at timestamptz not null,
      next_try_at timestamptz not null,
      tries integer not null default 0,
      primary key (kind, subject)
    )`,
    'create index money_messages_due on money_messages (next_try_at)',
    'create index money_messages_of on money_messages (user_id)',
  ])
    await sql.raw(statement).execute(database);
}
