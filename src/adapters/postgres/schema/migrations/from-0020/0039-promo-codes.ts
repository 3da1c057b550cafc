import { type Kysely, sql } from 'kysely';

/** Codes that give credits. Who had one is never forgotten: whoever leaves and comes back would have it again. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table promo_codes (
      code text primary key,
      shown text not null,
      credits integer not null check (credits > 0),
      uses integer check (uses > 0),
      used integer not null check (used >= 0 and used <= uses),
      until timestamptz,
      ended_at timestamptz,
      created_at timestamptz not null
    )`,
    `create table promo_redemptions (
      code text not null references promo_codes,
      user_id text not null references users,
      at timestamptz not null,
      primary key (code, user_id)
    )`,
  ])
    await sql.raw(statement).execute(database);
}
