import { type Kysely, sql } from 'kysely';

/** Refused submits are counted before they are a verdict, and a verdict is tried again: those of before at once. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `alter table retired_endpoints
    add column tries integer not null default 0,
    add column next_try_at timestamptz not null default 'epoch'`,
  // `refusals` are the job's own; `in_a_row` begins anew whenever the endpoint serves anybody.
  `create table refused_submits (
    endpoint text not null,
    job text not null,
    refusals integer not null,
    since timestamptz not null,
    in_a_row integer not null,
    in_a_row_since timestamptz not null,
    latest timestamptz not null,
    primary key (endpoint, job)
  )`,
  'create index refused_submits_of_job on refused_submits (job)',
];
