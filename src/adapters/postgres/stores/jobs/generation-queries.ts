import { type Selectable, sql } from 'kysely';
import { maximumTries } from '../../../../application/policy/policy.js';
import type { Tables } from '../../schema/tables.js';

/** Nothing is put off for longer than half an hour. */
export const unlikely = (now: Date) => sql`${now}::timestamptz + interval '30 min'`;

/**
 * Held by nobody, or by somebody who is gone and whose lease is over. Who lives keeps what it holds, whatever a clock
 * says that was set; it gives up by itself what it cannot end.
 */
export const unheld = (now: Date) => sql`(lease_until is null or (lease_until < ${now}
  and not exists (select 1 from workers where workers.id = lease_owner)))`;

type Row = Selectable<Tables['generations']>;

/** The head of the fair line among users who may have one more in flight; nothing when the house is full. */
export const lockNext = (limits: { total: number; perUser: number; now: Date }) => sql<Row>`
  with busy as (
    select owner, count(*) as jobs from generations
    where status in ('submitting', 'submitted') group by owner
  )
  select * from generations
  where status = 'accepted'
    and (not_before is null or not_before <= ${limits.now})
    and tries < ${maximumTries}
    and (select coalesce(sum(jobs), 0) from busy) < ${limits.total}
    and not exists (select 1 from busy where busy.owner = generations.owner and jobs >= ${limits.perUser})
  order by turn, created_at
  limit 1
  for no key update skip locked`;

/** Overdue rows that nobody holds; reported once until `again`. */
export const stalled = (now: Date, again: Date, limit: number) => sql<Row>`
  update generations set check_after = ${again}
  where id in (
    select id from generations
    where (status in ('submitting', 'submitted', 'collected')
      or (status in ('blocked', 'failed', 'cancelled') and announced_at is null))
      and check_after <= ${now}
      and ${unheld(now)}
    order by check_after
    limit ${limit}
    for no key update skip locked
  )
  returning *`;

/**
 * What is at the provider is due at once; so is whatever was put off to a time that only a clock can have chosen which
 * has been set back since. All processes do this at once when the database is back: rows are taken in one order.
 */
export const recheck = (now: Date) => sql<{ due: string }>`
  with standing as (
    update generations set check_after = to_timestamp(0)
    where id in (
      select id from generations
      where (status in ('submitting', 'submitted', 'collected')
        or (status in ('blocked', 'failed', 'cancelled') and announced_at is null))
        and check_after > case when status = 'submitted' then ${now}::timestamptz else ${unlikely(now)} end
        and lease_owner is null
      order by id for no key update
    )
    returning 1
  ), in_line as (
    update generations set not_before = null
    where id in (
      select id from generations where status = 'accepted' and not_before > ${unlikely(now)}
      order by id for no key update skip locked
    )
    returning 1
  )
  select (select count(*) from standing) + (select count(*) from in_line) as due`;
