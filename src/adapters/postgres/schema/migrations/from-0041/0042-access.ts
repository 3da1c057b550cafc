import { type Kysely, sql } from 'kysely';

/** Whom the operators let in, and links that do. Nobody there needs to be known as a user yet. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table admissions (
    user_id text primary key,
    state text not null check (state in ('asked', 'allowed', 'refused', 'removed')),
    name text,
    language text,
    at timestamptz not null,
    link text
  )`,
  'create index admissions_by_state on admissions (state, at desc, user_id)',
  `create table access_links (
    code text primary key,
    uses integer not null check (uses > 0),
    used integer not null check (used >= 0 and used <= uses),
    until timestamptz not null,
    ended_at timestamptz,
    created_at timestamptz not null
  )`,
  // Codes of links are guessed by people who are no users.
  'alter table allowances drop constraint allowances_owner_fkey',
];
