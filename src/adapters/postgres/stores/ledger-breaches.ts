import { type RawBuilder, sql } from 'kysely';

/** Whose books are looked at: these people's, or everybody's. */
type People = readonly string[] | null;

/** Whoever had a part in the newest so many entries, generations and trainings. */
export const latestPeople = (rows: number) => sql<{ id: string }>`
  select user_id as id from (select user_id from ledger_entries order by id desc limit ${rows}) as entries
  union select owner from (select owner from generations order by created_at desc, id desc limit ${rows}) as jobs
  union select owner from (select owner from trainings order by created_at desc, id desc limit ${rows}) as jobs`;

/**
 * Every run of every job that costs something, under its name in the ledger: `held` when it was accepted, `charged`
 * once it has ended; a run that was replayed has ended with nothing.
 */
const paidJobs = (isTheirs: (owner: string) => RawBuilder<unknown>) => sql`
  select 'generation:' || id || case when number = 0 then '' else '#' || number end as account,
    status, created_at,
    number = run and status in ('accepted', 'submitting', 'submitted') as is_open,
    price * coalesce(("order" ->> 'count')::integer, 1) as held,
    case when number = run and status in ('collected', 'delivered') then price * image_count else 0 end as charged
  from generations cross join lateral generate_series(0, run) as runs (number)
  where price > 0 and ${isTheirs('owner')}
  union all
  select 'training:' || id, status, created_at, status in ('collecting', 'submitting', 'training'), price,
    case when status = 'ready' then price else 0 end
  from trainings where price > 0 and ${isTheirs('owner')}`;

/** Each finds one way in which the books do not add up; no rows is what we want. */
export function breachQueries(people: People) {
  const isTheirs = (column: string) =>
    people === null ? sql`true` : sql`${sql.ref(column)} = any(${[...people]}::text[])`;
  const jobs = paidJobs(isTheirs);
  return [
    sql<{ breach: string }>`
    select format('user %s: balance %s is not the sum of the entries %s', user_id, balance, total) as breach
    from accounts
    left join lateral (select coalesce(sum(amount), 0) as total from ledger_entries
      where ledger_entries.user_id = accounts.user_id) as entries on true
    where balance <> total and ${isTheirs('accounts.user_id')}`,
    sql<{ breach: string }>`
    select format('user %s: held %s is not the sum of the open holds %s', user_id, held, total) as breach
    from accounts
    left join lateral (select coalesce(-sum(amount), 0) as total from ledger_entries
      where ledger_entries.user_id = accounts.user_id and kind in ('hold', 'release')) as entries on true
    where held <> total and ${isTheirs('accounts.user_id')}`,
    sql<{ breach: string }>`
    select format('user %s: balance %s or held %s is below zero', user_id, balance, held) as breach
    from accounts where (balance < 0 or held < 0) and ${isTheirs('user_id')}
      and (held < 0 or balance < (select coalesce(sum(amount), 0) from ledger_entries
        where ledger_entries.user_id = accounts.user_id and kind = 'chargeback'))`,
    sql<{ breach: string }>`
    select format('payment %s is %s: its entries sum to %s instead of %s', charge, status, total, due) as breach
    from (
      select charge, status, case status when 'charged_back' then 0 when 'paid' then credits - coalesce(expired, 0)
          else credits - taken - coalesce(expired, 0) end as due,
        (select coalesce(sum(amount), 0) from ledger_entries
          join generate_series(0, refusals) as refund (number)
            on account = charge || case when number = 0 then '' else '#' || number end
          where kind in ('purchase', 'payback', 'refund', 'chargeback', 'expiry')) as total
      from payments where ${isTheirs('user_id')}
    ) as payments where total <> due`,
    sql<{ breach: string }>`
    select format('%s has no payment behind it', reason) as breach
    from ledger_entries as entries
    where kind in ('purchase', 'payback', 'chargeback', 'expiry') and ${isTheirs('user_id')}
      and not (kind = 'payback' and account in (select 'referral:' || friend from referrals where taken = -amount))
      and not (kind = 'payback' and account like 'operator:%' and exists (select from operator_acts
        where subject = user_id and act = 'take-back' and details ->> 'entry' = split_part(account, ':', 2)
          and (details ->> 'credits')::integer = -amount))
      and not exists (select 1 from payments where charge = regexp_replace(account, '#\\d+$', ''))`,
    sql<{ breach: string }>`
    with jobs as (${jobs})
    select format('%s has no job behind it, or is older than it', reason) as breach
    from ledger_entries as entries left join jobs using (account)
    where kind = 'hold' and ${isTheirs('user_id')} and (jobs.account is null or entries.at < jobs.created_at)`,
    sql<{ breach: string }>`
    with jobs as (${jobs}), sums as (
      select account, sum(amount) as total from ledger_entries where ${isTheirs('user_id')} group by account
    )
    select format('%s is %s: its entries sum to %s instead of %s', account, status, coalesce(total, 0), due) as breach
    from (select *, case when is_open then -held else -charged end as due from jobs) as jobs
    left join sums using (account)
    where coalesce(total, 0) <> due`,
    // What is held and what is captured may be the same sum, so that alone does not tell whether a job was settled.
    sql<{ breach: string }>`
    with jobs as (${jobs})
    select format('%s is %s, but its hold was %s', account, status,
      case when reason is null then 'not given back' else 'given back' end) as breach
    from jobs left join (select account, reason from ledger_entries where kind = 'release' and ${isTheirs('user_id')})
      as releases using (account)
    where is_open <> (reason is null)`,
    sql<{ breach: string }>`
    select format('%s was settled without a hold', account) as breach
    from ledger_entries as entries
    where kind in ('release', 'capture') and ${isTheirs('user_id')}
      and not exists (select 1 from ledger_entries
        where account = entries.account and kind = 'hold' and id < entries.id)`,
  ];
}
