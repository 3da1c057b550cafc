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
  sql<{ breach: string }>`
    select format('generation %s is %s: entries of its last run sum to %s instead of %s', id, status, total, due)
      as breach
    from (
      select id, status,
        -- What the entries of the current run must sum to: the whole hold while open, what arrived once settled.
        case
          when status in ('accepted', 'submitting', 'submitted')
            then -price * coalesce(("order" ->> 'count')::integer, 1)
          when status in ('collected', 'delivered') then -price * image_count
          else 0
        end as due,
        (select coalesce(sum(amount), 0) from ledger_entries
         where account = 'generation:' || id || case when run = 0 then '' else '#' || run end) as total
      from generations where price > 0
    ) as settled
    where total <> due`,
  sql<{ breach: string }>`
    select format('%s has no job behind it, or is older than it', reason) as breach
    from ledger_entries
    left join trainings on 'training:' || trainings.id = account
    where kind = 'hold' and account like 'training:%'
      and (trainings.id is null or ledger_entries.at < trainings.created_at)`,
  sql<{ breach: string }>`
    select format('training %s is %s: its entries sum to %s instead of %s', id, status, total, due) as breach
    from (
      select id, status,
        -- The hold while open, the price for real weights, nothing for anything else.
        case when status in ('collecting', 'submitting', 'training', 'ready') then -price else 0 end as due,
        (select coalesce(sum(amount), 0) from ledger_entries where account = 'training:' || id) as total
      from trainings where price > 0
    ) as settled
    where total <> due`,
  sql<{ breach: string }>`
    select format('training %s is %s: %s credits are still held for it', id, status, held) as breach
    from (
      select id, status,
        (select coalesce(-sum(amount), 0) from ledger_entries
         where account = 'training:' || id and kind in ('hold', 'release')) as held
      from trainings where price > 0 and status in ('ready', 'failed', 'cancelled')
    ) as settled
    where held <> 0`,
  sql<{ breach: string }>`
    select format('%s was settled without a hold', account) as breach
    from ledger_entries as entries
    where kind in ('release', 'capture')
      and not exists (select 1 from ledger_entries
        where account = entries.account and kind = 'hold' and id < entries.id)`,
];
