import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.js';

/** As many as a person reads. */
export const some = (all: readonly string[]): string =>
  `${all.length}: ${all.slice(0, 20).join('; ')}${all.length > 20 ? '; …' : ''}`;

/** Empty when all has settled, else what was open last, and what holds it. */
export async function openAfter(world: World, seconds: number): Promise<string> {
  const until = Date.now() + seconds * 1000;
  let calm = 0;
  let open = 'the database is away';
  while (Date.now() < until) {
    open = await openWork(world).catch((error: unknown) => `the database is away: ${error}`);
    // Quiet for a while: updates that nobody had in hand are taken up after some seconds.
    calm = open === '' ? calm + 1 : 0;
    if (calm >= 14) return '';
    await sleep(500);
  }
  return `${open}\n${await whatHolds(world)}`;
}

/** Jobs that have not ended or whose people were not told, broadcasts, and messages and taps (none of the notes about them). */
export async function openWork({ pool }: World): Promise<string> {
  const { rows } = await pool.query<{ what: string }>(`
    select concat_ws(' ', 'update', source, update_id, received_at, 'claimed', claimed_by, claimed_at, left(body::text, 300), last_error) as what
      from seen_updates where not done and source like 'telegram:%' and source not like 'telegram:%:%'
    union all
    select concat_ws(' ', 'generation', id, status, 'submits', submits, 'lease', lease_owner, lease_until, 'check',
        check_after, 'not before', not_before, 'now', now())
      from generations where status in ('accepted', 'submitting', 'submitted', 'collected')
        or (status <> 'delivered' and announced_at is null)
    union all
    select concat_ws(' ', 'broadcast', id, created_at, 'not before', not_before, 'setbacks', setbacks,
        (select string_agg(concat_ws(' ', 'for', user_id, 'tries', tries, 'taken', taken_by, taken_until), ', ')
          from broadcast_people where broadcast = id and state = 'waiting'))
      from broadcasts where status = 'sending'
    union all
    select concat_ws(' ', 'training', id, status, announced_at, proof, 'lease', lease_owner, lease_until, 'check',
        check_after, 'now', now())
      from trainings where status in ('collecting', 'submitting', 'training') or announced_at is null
        or (status = 'ready' and (proof ->> 'status' = 'rendering'
          or (proof ->> 'status' = 'composed' and proof ->> 'announcedAt' is null)))`);
  return rows.length === 0 ? '' : some(rows.map(({ what }) => what));
}

/** Who waits for whom in the database, and who should have seen to it that all settles. */
async function whatHolds({ pool }: World): Promise<string> {
  const { rows } = await pool.query<{ line: string }>(`
    select concat_ws(' ', 'backend', pid, application_name, state, 'since', state_change, wait_event_type, wait_event,
        'in transaction since', xact_start, 'behind', pg_blocking_pids(pid)::text, left(query, 200)) as line
      from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    union all
    select concat_ws(' ', 'worker', id, 'since', started_at, 'last beat', heartbeat_at, 'now', now()) from workers
    union all
    select concat_ws(' ', 'job', task_identifier, key, 'at', run_at, attempts, last_error, locked_by, locked_at)
      from graphile_worker.jobs`);
  return rows.map(({ line }) => line).join('\n');
}
