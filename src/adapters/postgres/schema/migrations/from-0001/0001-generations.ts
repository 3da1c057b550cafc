import { type Kysely, sql } from 'kysely';

/** Users, avatars, generations with their images, the ledger, workers. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table users (
    id text primary key,
    display_name text,
    language text,
    created_at timestamptz not null
  )`,
  `create table avatars (
    id uuid primary key,
    owner text not null references users,
    name text not null,
    type text not null check (type in ('portrait', 'artistic')),
    status text not null check (status in ('draft', 'training', 'ready', 'failed')),
    model jsonb check (status <> 'ready' or model is not null),
    failure_reason text,
    trigger text,
    is_main boolean not null,
    default_strength double precision,
    legacy_id text unique,
    created_at timestamptz not null
  )`,
  'create index avatars_of_owner on avatars (owner, created_at)',
  'create unique index one_main_avatar on avatars (owner) where is_main',

  `create table generations (
    id uuid primary key,
    owner text not null references users,
    avatar uuid,
    companion uuid,
    preset text,
    prompt text not null,
    overrides jsonb not null,
    endpoint text not null,
    "order" jsonb not null,
    price integer not null check (price >= 0),
    origin jsonb not null,
    created_at timestamptz not null,
    request_key text unique,
    submits integer not null,
    doubts integer not null,
    run integer not null,
    rerolls integer not null,
    status text not null check (status in
      ('accepted', 'submitting', 'submitted', 'collected', 'delivered', 'blocked', 'failed', 'cancelled')),
    not_before timestamptz,
    submitting_at timestamptz,
    ambiguous_at timestamptz,
    ticket text,
    submitted_at timestamptz,
    fetch_failures integer,
    collected_at timestamptz,
    image_count integer,
    flagged integer,
    seed numeric(20),
    delivered_at timestamptz,
    ended_at timestamptz,
    announced_at timestamptz,
    failure jsonb,
    turn bigint not null,
    lease_owner text,
    lease_until timestamptz,
    check_after timestamptz not null,
    progress jsonb
  ) with (fillfactor = 85)`,
  `create index generations_in_line on generations (turn, created_at) where status = 'accepted'`,
  `create index generations_in_flight on generations (owner, turn) where status in ('submitting', 'submitted')`,
  `create index generations_waiting_of_owner on generations (owner, turn) where status = 'accepted'`,
  `create index generations_standing on generations (check_after) where status in
    ('submitting', 'submitted', 'collected')
    or (status in ('blocked', 'failed', 'cancelled') and announced_at is null)`,
  'create index generations_of_owner on generations (owner, created_at, id)',
  'create index generations_by_time on generations (created_at, id)',
  `create index generations_failed on generations (created_at, id) where status = 'failed'`,
  'create index generations_leased on generations (lease_owner) where lease_owner is not null',

  `create table images (
    id uuid primary key,
    generation uuid not null references generations,
    owner text not null references users,
    position integer not null,
    media_key text not null,
    thumbnail_key text not null,
    width integer not null,
    height integer not null,
    content_type text not null,
    bytes bigint not null,
    sha256 text not null,
    created_at timestamptz not null,
    unique (generation, position)
  )`,
  'create index images_of_owner on images (owner, created_at, id)',

  `create table accounts (
    user_id text primary key references users,
    balance integer not null default 0 check (balance >= 0),
    held integer not null default 0 check (held >= 0)
  )`,
  `create table ledger_entries (
    id bigint generated always as identity primary key,
    user_id text not null references accounts,
    kind text not null check (kind in ('grant', 'hold', 'capture', 'release', 'refund')),
    amount integer not null check (case when kind in ('hold', 'capture') then amount < 0 else amount > 0 end),
    reason text not null unique,
    account text not null generated always as (substr(reason, length(kind) + 2)) stored,
    at timestamptz not null
  )`,
  'create index ledger_of_user on ledger_entries (user_id, id)',
  'create index ledger_of_account on ledger_entries (account)',
  `create function ledger_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'ledger entries are never changed or removed'; end $$`,
  `create trigger ledger_is_append_only before update or delete or truncate on ledger_entries
    for each statement execute function ledger_is_append_only()`,

  `create table receipts (
    request_id text primary key,
    reference text not null,
    ticket text not null,
    outcome jsonb,
    received_at timestamptz not null
  )`,
  'create index receipts_by_ticket on receipts (ticket)',
  'create index receipts_by_reference on receipts (reference, received_at)',

  'create table retired_endpoints (endpoint text primary key, noticed_at timestamptz not null)',

  `create table workers (
    id text primary key,
    lock_key bigint not null,
    queue_ids text[] not null default '{}',
    started_at timestamptz not null,
    heartbeat_at timestamptz not null
  )`,
];
