import { type Kysely, sql } from 'kysely';

/** What operators did, and what they were asked before they did it. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table operator_acts (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      admin text not null,
      act text not null,
      subject text,
      why text,
      details jsonb not null
    )`,
    'create index operator_acts_about on operator_acts (subject, id)',
    `create table operator_intents (
      id uuid primary key,
      admin text not null,
      act jsonb not null,
      made_at timestamptz not null,
      done_at timestamptz
    )`,
    // Of each person's, when they leave.
    `create index operator_intents_about on operator_intents ((act ->> 'user'))`,
    'create index operator_intents_age on operator_intents (made_at)',
  ])
    await sql.raw(statement).execute(database);
}
