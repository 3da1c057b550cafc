import { type Kysely, sql } from 'kysely';

/** What a chat bot remembers between two messages, and the gallery's marks on images. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table seen_updates (
    source text not null,
    update_id bigint not null,
    received_at timestamptz not null,
    claimed_at timestamptz,
    done boolean not null default false,
    -- As it came, until it was dealt with.
    body jsonb,
    primary key (source, update_id)
  )`,
  'create index seen_updates_by_time on seen_updates (received_at)',
  'create index seen_updates_open on seen_updates (source, update_id) where not done and body is not null',

  `create table job_messages (
    generation uuid primary key references generations on delete cascade,
    source text not null,
    chat bigint not null,
    message bigint not null,
    language text not null,
    shown_at timestamptz not null
  )`,
  'create index job_messages_by_time on job_messages (source, shown_at)',

  `create table sent_files (
    source text not null,
    image uuid not null references images on delete cascade,
    form text not null check (form in ('photo', 'document')),
    handle text not null,
    primary key (image, source, form)
  )`,

  `create table preferences (
    user_id text primary key references users on delete cascade,
    language text,
    preset text,
    aspect_ratio text,
    count integer check (count between 1 and 4),
    prompt_help text not null default 'off' check (prompt_help in ('off', 'translate', 'enrich')),
    notifications boolean not null default true,
    last_choices jsonb
  )`,

  // Forms: the table keeps the name of the first release.
  `create table wishes (
    id uuid primary key,
    owner text not null references users on delete cascade,
    prompt text,
    suggestion text,
    choices jsonb not null,
    overrides jsonb not null,
    origin jsonb not null,
    created_at timestamptz not null
  )`,
  'create index wishes_of_owner on wishes (owner, created_at)',

  `create table expectations (
    owner text not null references users on delete cascade,
    chat text not null,
    kind text not null,
    subject text not null,
    created_at timestamptz not null,
    primary key (owner, chat)
  )`,

  `create table recipes (
    id uuid primary key,
    owner text not null references users on delete cascade,
    generation uuid not null unique references generations on delete cascade,
    prompt text not null,
    preset text not null,
    overrides jsonb not null,
    created_at timestamptz not null
  )`,

  `create table gallery_views (
    id uuid primary key,
    owner text not null references users on delete cascade,
    filter jsonb not null,
    selection uuid[] not null default '{}',
    created_at timestamptz not null
  )`,
  'create index gallery_views_of_owner on gallery_views (owner, created_at)',

  'alter table images add column favourite boolean not null default false',
  'alter table images add column deleted_at timestamptz',
  'create index images_shown on images (owner, created_at, id) where deleted_at is null',
  `create index images_favourite on images (owner, created_at, id) where favourite and deleted_at is null`,
  'create index images_to_purge on images (deleted_at) where deleted_at is not null',
  `create index generations_measured on generations (preset, collected_at)
    where status in ('collected', 'delivered')`,
];
