import { type Kysely, sql } from 'kysely';

/** Messages to everybody, with a row for each person; who cannot be reached, and who has muted news. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table broadcasts (
      id uuid primary key,
      admin text not null,
      message jsonb not null,
      card jsonb not null,
      created_at timestamptz not null,
      status text not null check (status in ('sending', 'sent', 'stopped', 'gone')),
      ended_at timestamptz check ((ended_at is null) = (status = 'sending')),
      not_before timestamptz not null,
      setbacks integer not null default 0,
      counts jsonb
    )`,
    `create index broadcasts_open on broadcasts (created_at) where status = 'sending'`,
    `create table broadcast_people (
      broadcast uuid not null references broadcasts,
      user_id text not null references users,
      state text not null default 'waiting' check (state in ('waiting', 'sent', 'blocked', 'failed', 'muted')),
      at timestamptz,
      taken_by text,
      taken_until timestamptz,
      tries integer not null default 0,
      primary key (broadcast, user_id)
    )`,
    `create index broadcast_people_waiting on broadcast_people (broadcast, tries, user_id) where state = 'waiting'`,
    'create index broadcast_people_of on broadcast_people (user_id)',
    'create index broadcast_people_taken on broadcast_people (taken_by) where taken_by is not null',
    'create table unreachable_people (user_id text primary key references users, since timestamptz not null)',
    'alter table preferences add column broadcasts boolean not null default true',
  ])
    await sql.raw(statement).execute(database);
}
