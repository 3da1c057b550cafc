import { type Kysely, sql } from 'kysely';

/** Troubles that operators are told of outside the chat: each once, over all processes and starts. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table alerts (
    id uuid primary key,
    kind text not null,
    subject text not null,
    facts jsonb not null,
    begun_at timestamptz not null,
    seen_at timestamptz not null,
    cleared_at timestamptz,
    told text not null default 'nothing' check (told in ('nothing', 'begun', 'cleared')),
    tries integer not null default 0,
    next_try_at timestamptz not null
  )`,
  // However many processes see it at once, it begins once.
  'create unique index alerts_lasting on alerts (kind, subject) where cleared_at is null',
  `create index alerts_to_tell on alerts (next_try_at)
    where told = 'nothing' or (told = 'begun' and cleared_at is not null)`,
];
