import { heldBy, type LedgerEntry } from '../../../domain/ledger.js';

/**
 * The parts of a statement that write entries of one account, whose row an earlier part, `account`, has locked. The lock
 * comes before the first entry: two writers that meet in each other's reasons would wait for each other. `total` says
 * what the new ones among them come to.
 * @param first number of the first of the parameters that `entryParameters` gives
 */
export const entryParts = (first: number): string => `
  wanted as (
    select entry.* from account, unnest($${first}::text[], $${first + 1}::integer[], $${first + 2}::text[], $${first + 3}::integer[])
      with ordinality as entry (kind, amount, reason, held, place)
  ), written as (
    insert into ledger_entries (user_id, kind, amount, reason, at)
    select account.user_id, kind, amount, reason, $${first + 4}::timestamptz from account, wanted order by place
    on conflict (reason) do nothing
    returning reason
  ), total as (
    select count(*) as entries, coalesce(sum(amount), 0) as amount, coalesce(sum(held), 0) as held,
      coalesce(bool_or(kind = 'grant'), false) as grants,
      coalesce(bool_or(kind = 'chargeback'), false) as overdraws
    from wanted join written using (reason)
  )`;

export const entryParameters = (entries: readonly LedgerEntry[], now: Date): readonly unknown[] => [
  entries.map(({ kind }) => kind),
  entries.map(({ amount }) => amount),
  entries.map(({ reason }) => reason),
  entries.map(heldBy),
  now,
];
