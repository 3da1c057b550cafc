import { type Kysely, sql } from 'kysely';

/** Codes that put percents on top of the next pack. Of those a person has not more than one that waits. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table promo_codes alter column credits drop not null',
    'alter table promo_codes add column percent integer check (percent between 1 and 100)',
    'alter table promo_codes add constraint promo_codes_gift check (num_nonnulls(credits, percent) = 1)',
    'alter table promo_redemptions add column percent integer check (percent between 1 and 100)',
    'alter table promo_redemptions add column charge text references payments',
    `create unique index promo_redemptions_waiting on promo_redemptions (user_id)
      where percent is not null and charge is null`,
    'alter table payments add column bonus integer not null default 0 check (bonus between 0 and 100)',
  ])
    await sql.raw(statement).execute(database);
}
