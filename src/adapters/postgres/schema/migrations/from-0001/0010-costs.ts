import { type Kysely, sql } from 'kysely';

/**
 * What is counted so that one person cannot take all of something free: whose update it is, tries at a file, what was
 * used of a day's allowance; and when a draft was last worked on.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  'alter table seen_updates add column person text',

  `create table judging_attempts (
    owner text not null references users,
    source_sha256 text not null,
    attempts integer not null,
    at timestamptz not null,
    primary key (owner, source_sha256)
  )`,

  `create table allowances (
    owner text not null references users,
    kind text not null,
    used bigint not null,
    -- The day of an allowance begins with its first use.
    since timestamptz not null,
    primary key (owner, kind)
  )`,

  // Drafts of an earlier release are as young as the upgrade: nobody was told that they would go.
  `alter table avatar_drafts
    add column touched_at timestamptz not null default now(),
    add column expiry_told_at timestamptz`,
  'create index avatar_drafts_by_touch on avatar_drafts (touched_at)',
];
