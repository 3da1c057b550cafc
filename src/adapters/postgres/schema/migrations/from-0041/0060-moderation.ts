import { type Kysely, sql } from 'kysely';

/** What waits for an operator's word: reports of shared recipes, photo sets that look like a child's, appeals. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table moderation_cases (
      id uuid primary key,
      key text not null unique,
      kind text not null,
      person text not null,
      reporter text,
      subject text,
      category text,
      photos jsonb not null default '[]',
      words text,
      opened_at timestamptz not null,
      decision text,
      decided_at timestamptz
    )`,
    'create index moderation_cases_waiting on moderation_cases (opened_at) where decision is null',
    'create index moderation_cases_of_subject on moderation_cases (subject)',
    'create index moderation_cases_about on moderation_cases (person)',
    'create index moderation_cases_from on moderation_cases (reporter)',
    'create index moderation_cases_decided on moderation_cases (decided_at)',
    'alter table recipes add column hidden_at timestamptz',
    // The recipe that a form was opened from.
    'alter table wishes add column recipe uuid',
  ])
    await sql.raw(statement).execute(database);
}
