import type { WaitingEvents } from '../../../../application/ports/stores/event-hook-store.js';

/** What was not sent and not given up, of hooks that are not switched off: `$1` is now. An index holds these. */
export const waitingEvents = `
  select count(*) filter (where is_well) as well, count(*) filter (where not is_well) as failing,
    greatest(0, extract(epoch from $1::timestamptz - min(greatest(next_try_at, at))
      filter (where is_well and next_try_at <= $1)))::float8 as "lateSeconds"
  from (
    select next_try_at, hook_events.at, failing_since is null and coalesce(quiet_until <= $1, true) as is_well
    from hook_events join event_hooks on event_hooks.id = hook_events.hook
    where ended_at is null and switched_off_at is null
  ) as waiting`;

/** Counts come as texts. */
export interface WaitingEventsRow {
  readonly well: string;
  readonly failing: string;
  readonly lateSeconds: number;
}

export function waitingEventsIn(row: WaitingEventsRow | undefined): WaitingEvents {
  if (row === undefined) throw new Error('counts are always one row');
  return { well: Number(row.well), failing: Number(row.failing), lateSeconds: row.lateSeconds };
}
