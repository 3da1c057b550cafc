import { sql } from 'kysely';

/** Each finds one way in which the books do not add up; no rows is what we want. */
export const breachQueries = [
  sql<{ breach: string }>`
    select format('user %s: balance %s is not the sum of the entries %s', user_id, balance, total) as breach
    from accounts
    left join lateral (select coalesce(sum(amount), 0) as total from ledger_entries
      where ledger_entries.user_id = accounts.user_id) as entries on true
    where balance <> total`,
  sql<{ breach: string }>`
    select format('user %s: held %s is not the sum of the open holds %s', user_id, held, total) as breach
    from accounts
    left join lateral (select coalesce(-sum(amount), 0) as total from ledger_entries
      where ledger_entries.user_id = accounts.user_id and kind in ('hold', 'release')) as entries on true
    where held <> total`,
  sql<{ breach: string }>`
    select format('user %s: balance %s or held %s is below zero', user_id, balance, held) as breach
    from accounts where balance < 0 or held < 0`,
  sql<{ breach: string }>`
    select format('%s has no job behind it, or is older than it', reason) as breach
    from ledger_entries
    left join generations on 'generation:' || generations.id = split_part(account, '#', 1)
    where kind = 'hold' and account like 'generation:%'
      and (generations.id is null or ledger_entries.at < generations.created_at)`,
  // What the entries of a run must sum to: the whole hold while it is open, what arrived once it is settled, nothing
  // when it was replayed.
  sql<{ breach: string }>`
    select format('generation %s is %s: entries of its run %s sum to %s instead of %s', id, status, number, total, due)
      as breach
    from (
      select generations.id, generations.status, runs.number, coalesce(entries.total, 0) as total,
        case
          when runs.number < generations.run then 0
          when generations.status in ('accepted', 'submitting', 'submitted')
            then -generations.price * coalesce((generations."order" ->> 'count')::integer, 1)
          when generations.status in ('collected', 'delivered') then -generations.price * generations.image_count
          else 0
        end as due
      from generations
      cross join lateral generate_series(0, generations.run) as runs (number)
      left join (select account, sum(amount) as total from ledger_entries group by account) as entries
        on entries.account =
          'generation:' || generations.id || case when runs.number = 0 then '' else '#' || runs.number end
      where generations.price > 0
    ) as runs
    where total <> due`,
  // What is held and what is captured may be the same sum, so that alone does not tell whether a job was settled.
  sql<{ breach: string }>`
    select format('generation %s is %s, but its hold was %s', generations.id, generations.status,
      case when entries.id is null then 'not given back' else 'given back' end) as breach
    from generations
    left join ledger_entries as entries on entries.kind = 'release' and entries.account =
      'generation:' || generations.id || case when generations.run = 0 then '' else '#' || generations.run end
    where generations.price > 0
      and (generations.status in ('accepted', 'submitting', 'submitted')) <> (entries.id is null)`,
  sql<{ breach: string }>`
    select format('%s was settled without a hold', account) as breach
    from ledger_entries as entries
    where kind in ('release', 'capture')
      and not exists (select 1 from ledger_entries
        where account = entries.account and kind = 'hold' and id < entries.id)`,
];
