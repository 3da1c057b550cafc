import { CompiledQuery, type Kysely, sql } from 'kysely';
import type {
  DueHookMessage,
  EventHookStore,
  FailedTry,
  HookMessage,
  ListedHook,
  NewEventHook,
  WaitingEvents,
} from '../../../../application/ports/stores/event-hook-store.js';
import {
  type EventHook,
  type HookEvent,
  type HookTrouble,
  longestQuiet,
  longestSilence,
} from '../../../../domain/hooks/event-hook.js';
import type { UserId } from '../../../../domain/ids.js';
import { secondsAfter } from '../../../../domain/time.js';
import type { Tables } from '../../schema/tables.js';
import { deleteFree } from '../delete-free.js';
import { unlikely } from '../jobs/leased-rows.js';
import { isUuid } from '../uuid.js';
import { type WaitingEventsRow, waitingEvents, waitingEventsIn } from './waiting-events.js';

/** All but the secret. */
const shown = [
  ...(['id', 'owner', 'url', 'events', 'createdAt'] as const),
  ...(['failingSince', 'failures', 'lastTrouble', 'quietUntil', 'switchedOffAt'] as const),
] as const;
const shownColumns = sql.raw(
  'id, owner, url, events, created_at, failing_since, failures, last_trouble, quiet_until, switched_off_at',
);

/** Where a hook and its events are locked, the hook comes first. */
export class PostgresEventHookStore implements EventHookStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(hook: NewEventHook, most: number): Promise<boolean> {
    // Two who count at the same time would both find room.
    await sql`select from users where id = ${hook.owner} for no key update`.execute(this.database);
    const { count } = await this.database
      .selectFrom('event_hooks')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('owner', '=', hook.owner)
      .executeTakeFirstOrThrow();
    if (Number(count) >= most) return false;
    await this.database.insertInto('event_hooks').values(hook).execute();
    return true;
  }

  async list(owner: UserId): Promise<ListedHook[]> {
    const waiting = sql<number>`(select count(*)::int from hook_events
      where hook = event_hooks.id and ended_at is null and switched_off_at is null)`;
    return this.database
      .selectFrom('event_hooks')
      .select([...shown, waiting.as('waiting')])
      .where('owner', '=', owner)
      .orderBy('createdAt')
      .orderBy('id')
      .execute();
  }

  async remove(owner: UserId, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { numDeletedRows } = await this.database
      .deleteFrom('event_hooks')
      .where('id', '=', id)
      .where('owner', '=', owner)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async note(owner: UserId, message: HookMessage & { readonly type: HookEvent }): Promise<number> {
    return this.noteWhere(sql`owner = ${owner} and ${message.type} = any(events)`, message);
  }

  async noteTest(owner: UserId, hook: string, message: HookMessage): Promise<boolean> {
    if (!isUuid(hook)) return false;
    return (await this.noteWhere(sql`owner = ${owner} and id = ${hook}`, message)) > 0;
  }

  async take(
    now: Date,
    until: Date,
    not: readonly string[],
    onlyWell: boolean,
  ): Promise<DueHookMessage | null> {
    const { rows } = await sql<Omit<DueHookMessage, 'hook'> & DueHookMessage['hook'] & { hook: string }>`
      update hook_events set next_try_at = ${until}, tried_at = ${now}, tries = tries + 1
      from (
        select hook_events.hook, hook_events.id as event, owner, url, secret, failing_since
        from hook_events join event_hooks on event_hooks.id = hook_events.hook
        where ended_at is null and switched_off_at is null
          and (next_try_at <= ${now} or tried_at > ${unlikely(now)})
          and not (hook_events.hook = any(${[...not]}::uuid[]))
          and (failing_since is null or not ${onlyWell})
          and (quiet_until is null or quiet_until <= ${now} or quiet_until > ${secondsAfter(now, longestQuiet)})
        order by next_try_at, hook_events.at limit 1 for update of hook_events skip locked
      ) as due
      where hook_events.hook = due.hook and hook_events.id = due.event
      returning hook_events.id, type, at, data, tries, hook_events.hook, owner, url, secret, failing_since`.execute(
      this.database,
    );
    const [row] = rows;
    if (row === undefined) return null;
    const { id, type, at, data, tries, secret, hook, owner, url, failingSince } = row;
    return { id, type, at, data, tries, secret, hook: { id: hook, owner, url, failingSince } };
  }

  async markSent({ id, hook }: DueHookMessage, now: Date): Promise<void> {
    await this.database
      .updateTable('event_hooks')
      .set({ failingSince: null, failures: 0, lastTrouble: null })
      .where('id', '=', hook.id)
      .where('failingSince', 'is not', null)
      .execute();
    await this.database
      .updateTable('hook_events')
      .set({ endedAt: now, data: '{}' })
      .where('hook', '=', hook.id)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .execute();
  }

  async markFailed(
    { id, hook, tries }: DueHookMessage,
    { trouble, now, nextTryAt, quietUntil }: FailedTry,
  ): Promise<EventHook | null> {
    // A beginning that lies ahead was written by a wrong clock, as was a quiet that is longer than any.
    const isAnew = sql`coalesce(failed_at < ${secondsAfter(now, -longestSilence)}, false)`;
    const { rows } = await sql<EventHook>`
      with failed as (
        update event_hooks set last_trouble = ${trouble}, failed_at = ${now},
          failures = case when ${isAnew} then 1 else failures + 1 end,
          failing_since = case when ${isAnew} then ${now} else least(coalesce(failing_since, ${now}), ${now}) end,
          quiet_until = greatest(${quietUntil}::timestamptz,
            case when quiet_until <= ${secondsAfter(now, longestQuiet)} then quiet_until end)
        where id = ${hook.id} and switched_off_at is null and exists (
          select from hook_events where hook = ${hook.id} and id = ${id} and tries = ${tries} and ended_at is null)
        returning ${shownColumns}
      ), put_off as (
        update hook_events set next_try_at = coalesce(${nextTryAt}, next_try_at),
          ended_at = case when ${nextTryAt}::timestamptz is null then ${now}::timestamptz end,
          data = case when ${nextTryAt}::timestamptz is null then '{}' else data end
        where hook = (select id from failed) and id = ${id} and tries = ${tries}
      )
      select * from failed`.execute(this.database);
    return rows[0] ?? null;
  }

  async switchOff(id: string, trouble: HookTrouble, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('event_hooks')
      .set({ switchedOffAt: now, tellAt: now, lastTrouble: trouble })
      .where('id', '=', id)
      .where('switchedOffAt', 'is', null)
      .executeTakeFirst();
    await deleteFree('hook_events', sql`hook = ${id} and ended_at is null`).execute(this.database);
    return numUpdatedRows > 0n;
  }

  async takeUntold(now: Date, until: Date): Promise<EventHook | null> {
    const untold = this.database
      .selectFrom('event_hooks')
      .select('id')
      .where(sql<boolean>`(tell_at <= ${now} or tell_at > ${unlikely(now)})`)
      .orderBy('tellAt')
      .limit(1)
      .forUpdate()
      .skipLocked();
    const hook = await this.database
      .updateTable('event_hooks')
      .set({ tellAt: until })
      .where('id', '=', untold)
      .returning(shown)
      .executeTakeFirst();
    return hook ?? null;
  }

  async markTold(id: string): Promise<void> {
    await this.database.updateTable('event_hooks').set({ tellAt: null }).where('id', '=', id).execute();
  }

  async waiting(now: Date): Promise<WaitingEvents> {
    const query = CompiledQuery.raw(waitingEvents, [now]);
    return waitingEventsIn((await this.database.executeQuery<WaitingEventsRow>(query)).rows[0]);
  }

  async forget(before: Date): Promise<number> {
    // What somebody had at hand when its hook was switched off was left behind.
    const isOver = sql`ended_at < ${before} or (ended_at is null and exists (
      select from event_hooks where event_hooks.id = hook and switched_off_at is not null))`;
    const { numAffectedRows } = await deleteFree('hook_events', isOver).execute(this.database);
    return Number(numAffectedRows);
  }

  private async noteWhere(wanting: ReturnType<typeof sql>, message: HookMessage): Promise<number> {
    const { id, type, at, data } = message;
    const { numAffectedRows } = await sql`
      insert into hook_events (hook, id, type, at, data, next_try_at)
      select event_hooks.id, ${id}, ${type}, ${at}::timestamptz, ${JSON.stringify(data)}::jsonb, to_timestamp(0)
      from event_hooks where ${wanting} and switched_off_at is null
      order by event_hooks.id for key share
      on conflict do nothing`.execute(this.database);
    return Number(numAffectedRows ?? 0);
  }
}
