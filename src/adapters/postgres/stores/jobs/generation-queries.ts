import { sql } from 'kysely';
import { maximumTries } from '../../../../application/policy/policy.js';
import { likelyRetirementSeconds } from '../../../../domain/generation/endpoint-refusals.js';
import { avatarAsJson } from '../avatar-rows.js';
import { unlikely } from './leased-rows.js';

/**
 * The queue position of a new job of an owner's, given in SQL (start-time fair queueing): one after the owner's last job, and never before the one
 * that is being served. Who is held up at the head of the queue (a limit, a later time) does not make newcomers overtake the others.
 */
export const queuePosition = (owner: string): string => `greatest(
  coalesce(
    (select max(turn) from generations where status in ('submitting', 'submitted')),
    (select min(turn) from generations where status = 'accepted'),
    0),
  1 + coalesce(greatest(
    (select max(turn) from generations where owner = ${owner} and status = 'accepted'),
    (select max(turn) from generations
     where owner = ${owner} and status in ('submitting', 'submitted'))), 0))`;

/** Jobs of the owner that have not ended: two counts, so that each has its partial index. */
const openOf = (owner: string): string => `
  (select count(*) from generations where owner = ${owner} and status = 'accepted')
  + (select count(*) from generations where owner = ${owner} and status in ('submitting', 'submitted'))`;

/** Asked with the owner. */
export const countingOpen = `select ${openOf('$1')} as count`;

/**
 * In one row, with the columns of the earlier job, which are null when there is none. Asked with the owner, the request's
 * key, and the time.
 */
export const circumstances = `
  select ${openOf('$1')} as open,
    (select count(*) from generations where status = 'accepted' and turn <= ${queuePosition('$1')}) as ahead,
    (select coalesce(json_agg(${avatarAsJson} order by created_at, id), '[]') from avatars where owner = $1) as avatars,
    array(select endpoint from retired_endpoints where next_try_at > $3::timestamptz
      and next_try_at <= $3::timestamptz + interval '${likelyRetirementSeconds} s') as retired,
    earlier.*
  from (values (1)) as request left join generations as earlier on request_key = $2::text`;

/** The head of the fair queue among users who may have one more in flight; nothing when the house is full. */
export const nextInLine = (limits: { total: number; perUser: number; now: Date }) => sql`
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
  limit 1`;

/** Jobs that wait for a time so far ahead that a clock which has been set back since must have chosen it. */
export const callBack = (now: Date) => sql`
  update generations set not_before = null
  where id in (
    select id from generations where status = 'accepted' and not_before > ${unlikely(now)}
    order by id for no key update skip locked
  )`;
