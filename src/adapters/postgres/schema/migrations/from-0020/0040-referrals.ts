import { type Kysely, sql } from 'kysely';

/** Who came by whose link, and which payment earned the reward. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table referrals (
      friend text primary key references users,
      referrer text not null references users check (referrer <> friend),
      at timestamptz not null,
      charge text references payments,
      credits integer not null check (credits >= 0),
      taken integer check (taken between 0 and credits)
    )`,
    'create index referrals_of on referrals (referrer)',
    'create index referrals_open on referrals (friend) where charge is null',
    'create index referrals_rewarded on referrals (charge) where taken is null',
  ])
    await sql.raw(statement).execute(database);
}
