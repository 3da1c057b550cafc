import { type Kysely, sql } from 'kysely';

/** What people pay for every month, and credits that go with the month. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  'alter table payments add expires_at timestamptz, add expired integer check (expired between 0 and credits)',
  `create index payments_expiring on payments (expires_at)
    where expires_at is not null and expired is null and status = 'paid'`,
  `create table subscriptions (
    user_id text not null references users,
    offer_id text not null,
    offer_version integer not null,
    id uuid not null unique,
    first_charge text not null references payments,
    latest_charge text not null references payments,
    until timestamptz not null,
    state text not null check (state in ('active', 'canceled', 'failed')),
    primary key (user_id, offer_id, offer_version)
  )`,
  // Of months that were paid for before they were kept so.
  `update payments set expires_at = until from offers
    where offers.id = offer_id and version = offer_version and terms ->> 'expires' = 'true'`,
  `insert into subscriptions
    select distinct on (user_id, offer_id, offer_version) user_id, offer_id, offer_version, gen_random_uuid(),
      first_value(charge) over (partition by user_id, offer_id, offer_version order by until, charge),
      charge, until, 'active'
    from payments where until is not null and offer_id is not null
    order by user_id, offer_id, offer_version, until desc, charge desc`,
];
