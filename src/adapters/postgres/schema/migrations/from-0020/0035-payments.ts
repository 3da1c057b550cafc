import { type Kysely, sql } from 'kysely';

/**
 * Credits that people pay for. A charge of the store may take an account below zero, which nothing else may: the
 * statements that write entries see to that, and `doctor` looks for what should not be.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  'alter table accounts drop constraint accounts_balance_check',
  'alter table ledger_entries drop constraint ledger_entries_kind_check',
  `alter table ledger_entries add constraint ledger_entries_kind_check check (kind in
    ('grant', 'hold', 'capture', 'release', 'refund', 'purchase', 'payback', 'chargeback', 'expiry'))`,
  'alter table ledger_entries drop constraint ledger_entries_check',
  `alter table ledger_entries add constraint ledger_entries_check check (case
    when kind in ('hold', 'capture', 'payback', 'chargeback', 'expiry') then amount < 0 else amount > 0 end)`,

  // The terms of every version that was ever sold.
  `create table offers (
    id text not null,
    version integer not null,
    terms jsonb not null,
    primary key (id, version)
  )`,
  `create table payments (
    charge text primary key,
    id uuid not null unique,
    user_id text not null references users,
    offer_id text,
    offer_version integer,
    credits integer not null check (credits >= 0),
    stars integer not null check (stars >= 0),
    paid_at timestamptz not null,
    status text not null check (status in ('paid', 'refunding', 'refunded', 'charged_back')),
    taken integer not null check (taken >= 0),
    refusals integer not null,
    until timestamptz,
    told_at timestamptz
  )`,
  'create index payments_of_user on payments (user_id, paid_at)',
  `create index payments_refunding on payments (paid_at) where status = 'refunding'`,
  // One row at most: how far the provider's books were read.
  `create table books_read (
    one boolean primary key default true check (one),
    place bigint not null,
    paid bigint not null,
    refunded bigint not null
  )`,
];
