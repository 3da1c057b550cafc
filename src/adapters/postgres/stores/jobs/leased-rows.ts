import { type RawBuilder, sql } from 'kysely';
import { maximumTries } from '../../../../application/policy/policy.js';
import type { Lease } from '../../../../application/ports/stores/jobs/leases.js';
import type { Failure } from '../../../../domain/failure.js';

export type Columns = Readonly<Record<string, unknown>>;

/** Between looks of two processes, or before and after a start, no more than this is counted, whatever clocks say. */
const longestBetween = 20;

/** What the sweep looks after: conditions of the tables' indexes. */
export const generationNeedsWork = sql`(status in ('submitting', 'submitted', 'collected')
  or (status in ('blocked', 'failed', 'cancelled') and announced_at is null))`;
export const trainingNeedsWork = sql`(status in ('collecting', 'submitting', 'training')
  or announced_at is null
  or (status = 'ready' and (proof ->> 'status' = 'rendering'
    or (proof ->> 'status' = 'composed' and proof ->> 'announcedAt' is null))))`;

/** Nothing is put off for longer than half an hour. */
export const unlikely = (now: Date) => sql`${now}::timestamptz + interval '30 min'`;

/** What lies far ahead is over as well: a clock that has been set back since wrote it. */
export const isOver = (time: RawBuilder<unknown>, now: Date) =>
  sql<boolean>`(${time} <= ${now} or ${time} > ${unlikely(now)})`;

/**
 * Held by nobody, or by a worker that is gone and whose lease is over. A living worker keeps its lease even when a
 * clock was set wrong; it gives up by itself what it cannot end.
 */
export const unheld = (now: Date) => sql`(lease_until is null or (lease_until < ${now}
  and not exists (select 1 from workers where workers.id = lease_owner)))`;

/** May be taken: nobody's, and not given up. */
export const free = (now: Date) => sql`${unheld(now)} and tries < ${sql.lit(maximumTries)}`;

/** What is written of a row that somebody takes. */
export const taken = (lease: Lease, now: Date) => sql`
  lease_owner = ${lease.owner}, lease_until = ${lease.until}, check_after = ${lease.until}, tries = tries + 1,
  ${look(lease, now)}`;

/** Counts what has passed since the last look: by ticks if that was the same process, else by clocks, and not for long. */
export const look = ({ owner, from }: Lease, now: Date) => sql`
  waited = waited + case
      when seen_by = ${owner} and seen_ticks is not null and ${from?.ticks ?? null}::float8 is not null
        then greatest(${from?.ticks ?? null}::float8 - seen_ticks, 0)
      else coalesce(least(greatest(extract(epoch from ${now}::timestamptz - seen_at)::float8, 0), ${longestBetween}), 0)
    end,
  seen_by = ${owner}, seen_ticks = ${from?.ticks ?? null}, seen_at = ${now}`;

/** A failure's JSON that says which kind it was, and no more. */
export const withoutWords = (failure: string): string =>
  JSON.stringify({ ...(JSON.parse(failure) as Failure), detail: 'said in words that cannot be kept' });
