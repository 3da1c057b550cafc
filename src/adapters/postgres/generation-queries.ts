import { type Selectable, sql } from 'kysely';
import type { Tables } from './tables.js';

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
      and (lease_until is null or lease_until < ${now})
    order by check_after
    limit ${limit}
    for no key update skip locked
  )
  returning *`;
