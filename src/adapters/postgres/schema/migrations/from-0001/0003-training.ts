import { type Kysely, sql } from 'kysely';

/** Avatars made from photos: drafts, their photos, trainings; receipts of what was deleted. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table avatar_drafts (
    avatar uuid primary key references avatars on delete cascade,
    owner text not null references users,
    consent jsonb,
    origin jsonb not null,
    memo jsonb not null,
    created_at timestamptz not null
  )`,
  'create index avatar_drafts_of_owner on avatar_drafts (owner, created_at)',

  // A slot per photo, 1-20 for those that are trained on, 21-40 for those that wait for a word: the limit holds
  // whoever writes at once.
  `create table draft_photos (
    id uuid primary key,
    avatar uuid not null references avatars on delete cascade,
    owner text not null references users,
    slot smallint not null,
    status text not null check (status in ('kept', 'warned')),
    warnings text[] not null,
    media_key text not null,
    thumbnail_key text not null,
    width integer not null,
    height integer not null,
    bytes bigint not null,
    source_sha256 text not null,
    fingerprint text not null check (fingerprint ~ '^[0-9a-f]{16}$'),
    created_at timestamptz not null,
    unique (avatar, slot),
    check (case status when 'kept' then slot between 1 and 20 else slot between 21 and 40 end)
  )`,
  'create index draft_photos_of_owner on draft_photos (owner)',

  // `courtesy` says whether it is free: the column keeps the name of the first release.
  `create table trainings (
    id uuid primary key,
    owner text not null references users,
    avatar uuid not null,
    speed text not null check (speed in ('fast', 'balanced', 'quality')),
    "order" jsonb not null,
    price integer not null check (price >= 0),
    courtesy boolean not null,
    origin jsonb not null,
    created_at timestamptz not null,
    request_key text unique,
    submits integer not null,
    doubts integer not null,
    status text not null check (status in
      ('collecting', 'submitting', 'training', 'ready', 'failed', 'cancelled')),
    not_before timestamptz,
    submitting_at timestamptz,
    ambiguous_at timestamptz,
    ticket text,
    submitted_at timestamptz,
    fetch_failures integer,
    weights jsonb check (status <> 'ready' or weights is not null),
    ready_at timestamptz,
    proof jsonb,
    ended_at timestamptz,
    announced_at timestamptz,
    failure jsonb,
    lease_owner text,
    lease_until timestamptz,
    check_after timestamptz not null,
    progress jsonb
  )`,
  `create unique index one_open_training on trainings (avatar)
    where status in ('collecting', 'submitting', 'training')`,
  'create index trainings_of_avatar on trainings (avatar, created_at)',
  'create index trainings_of_owner on trainings (owner, created_at)',
  `create index trainings_measured on trainings (speed, ready_at) where status = 'ready'`,
  `create index trainings_standing on trainings (check_after) where status in
    ('collecting', 'submitting', 'training')
    or announced_at is null
    or (status = 'ready' and (proof ->> 'status' = 'rendering'
      or (proof ->> 'status' = 'composed' and proof ->> 'announcedAt' is null)))`,
  'create index trainings_leased on trainings (lease_owner) where lease_owner is not null',

  `create table deletion_receipts (
    id uuid primary key,
    at timestamptz not null,
    counts jsonb not null
  )`,
];
