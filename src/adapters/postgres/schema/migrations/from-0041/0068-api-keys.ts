import { type Kysely, sql } from 'kysely';

/** Keys of the HTTP API, and what was asked by it under a name of its own and answered. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table api_keys (
      id uuid primary key,
      owner text not null references users (id),
      name text not null,
      shown text not null unique,
      digest text not null,
      scopes jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz
    )`,
    'create index api_keys_of_owner on api_keys (owner)',
    `create table api_requests (
      id uuid primary key,
      owner text not null references users (id),
      value text not null,
      digest text not null,
      taken_until timestamptz not null,
      answer jsonb,
      created_at timestamptz not null,
      unique (owner, value)
    )`,
    'create index api_requests_created on api_requests (created_at)',
  ])
    await sql.raw(statement).execute(database);
}
