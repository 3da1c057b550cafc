import { type Kysely, sql } from 'kysely';

/** Webhooks of people: where they are told of their jobs, and what is on its way there. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table event_hooks (
      id uuid primary key,
      owner text not null references users,
      url text not null,
      events text[] not null check (events <> '{}'),
      secret text not null,
      created_at timestamptz not null,
      failing_since timestamptz,
      failures integer not null default 0,
      last_trouble text,
      switched_off_at timestamptz,
      tell_at timestamptz
    )`,
    'create index event_hooks_of on event_hooks (owner)',
    'create index event_hooks_to_tell on event_hooks (tell_at) where tell_at is not null',
    // What is sent stays for some days, without its content: whoever notes it again finds it noted.
    `create table hook_events (
      hook uuid not null references event_hooks on delete cascade,
      id text not null,
      type text not null,
      at timestamptz not null,
      data jsonb not null,
      next_try_at timestamptz not null,
      tried_at timestamptz,
      tries integer not null default 0,
      ended_at timestamptz,
      primary key (hook, id)
    )`,
    'create index hook_events_waiting on hook_events (next_try_at, at) where ended_at is null',
    'create index hook_events_ended on hook_events (ended_at) where ended_at is not null',
  ])
    await sql.raw(statement).execute(database);
}
