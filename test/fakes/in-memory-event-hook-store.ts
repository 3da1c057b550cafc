import type {
  DueHookMessage,
  EventHookStore,
  FailedTry,
  HookMessage,
  ListedHook,
  NewEventHook,
  WaitingEvents,
} from '../../src/application/ports/stores/event-hook-store.js';
import {
  type EventHook,
  type HookEvent,
  type HookTrouble,
  longestQuiet,
  longestSilence,
} from '../../src/domain/hooks/event-hook.js';
import type { UserId } from '../../src/domain/ids.js';
import { secondsAfter } from '../../src/domain/time.js';
import { type Access, requireUser } from './in-memory-state.js';

interface HookRow {
  readonly hook: EventHook;
  readonly secret: string;
  readonly tellAt: Date | null;
  readonly failedAt: Date | null;
}
interface MessageRow extends HookMessage {
  readonly hook: string;
  readonly nextTryAt: Date;
  readonly triedAt: Date | null;
  readonly tries: number;
  readonly endedAt: Date | null;
}

/** Rows are replaced, never changed. Message by their hook and id. */
export interface HookState {
  readonly hooks: Map<string, HookRow>;
  readonly message: Map<string, MessageRow>;
}

export const emptyHookState = (): HookState => ({ hooks: new Map(), message: new Map() });
export const copyOfHookState = ({ hooks, message }: HookState): HookState => ({
  hooks: new Map(hooks),
  message: new Map(message),
});

export function dropHook({ hooks, message }: HookState, id: string): void {
  hooks.delete(id);
  for (const [key, row] of message) if (row.hook === id) message.delete(key);
}

const fresh = { failingSince: null, failures: 0, lastTrouble: null, quietUntil: null, switchedOffAt: null };
const longAgo = new Date(0);
const farAhead = (time: Date | null, now: Date) => time !== null && time > secondsAfter(now, 1800);
const isAhead = (time: Date | null, now: Date) => time !== null && time > now;
const isQuiet = (row: HookRow | undefined, now: Date) =>
  row !== undefined &&
  isAhead(row.hook.quietUntil, now) &&
  !isAhead(row.hook.quietUntil, secondsAfter(now, longestQuiet));
const waitingFor = ({ id, switchedOffAt }: EventHook, message: HookState['message']): number =>
  switchedOffAt === null
    ? [...message.values()].filter(({ hook, endedAt }) => hook === id && endedAt === null).length
    : 0;
const keyOf = (hook: string, id: string) => `${hook} ${id}`;

export class InMemoryEventHookStore implements EventHookStore {
  constructor(private readonly access: Access) {}

  add({ secret, ...hook }: NewEventHook, most: number): Promise<boolean> {
    return this.access((state) => {
      requireUser(state, hook.owner);
      const { hooks } = state.hooks;
      if ([...hooks.values()].filter((row) => row.hook.owner === hook.owner).length >= most) return false;
      hooks.set(hook.id, { hook: { ...hook, ...fresh }, secret, tellAt: null, failedAt: null });
      return true;
    });
  }

  list(owner: UserId): Promise<ListedHook[]> {
    return this.access(({ hooks: { hooks, message } }) =>
      [...hooks.values()]
        .map(({ hook }) => ({ ...hook, waiting: waitingFor(hook, message) }))
        .filter((hook) => hook.owner === owner)
        .sort(
          (one, other) => Number(one.createdAt) - Number(other.createdAt) || (one.id < other.id ? -1 : 1),
        ),
    );
  }

  remove(owner: UserId, id: string): Promise<boolean> {
    return this.access(({ hooks }) => {
      if (hooks.hooks.get(id)?.hook.owner !== owner) return false;
      dropHook(hooks, id);
      return true;
    });
  }

  note(owner: UserId, message: HookMessage & { readonly type: HookEvent }): Promise<number> {
    return this.noteWhere((hook) => hook.owner === owner && hook.events.includes(message.type), message);
  }

  async noteTest(owner: UserId, id: string, message: HookMessage): Promise<boolean> {
    return (await this.noteWhere((hook) => hook.owner === owner && hook.id === id, message)) > 0;
  }

  take(now: Date, until: Date, not: readonly string[], onlyWell: boolean): Promise<DueHookMessage | null> {
    return this.access(({ hooks: { hooks, message } }) => {
      const found = [...message.values()]
        .filter(({ endedAt }) => endedAt === null)
        .filter(({ nextTryAt, triedAt }) => nextTryAt <= now || farAhead(triedAt, now))
        .filter(({ hook }) => !not.includes(hook) && hooks.get(hook)?.hook.switchedOffAt === null)
        .filter(({ hook }) => !isQuiet(hooks.get(hook), now))
        .filter(({ hook }) => !onlyWell || hooks.get(hook)?.hook.failingSince === null)
        .sort(
          (one, other) =>
            Number(one.nextTryAt) - Number(other.nextTryAt) || Number(one.at) - Number(other.at),
        )[0];
      const row = found === undefined ? undefined : hooks.get(found.hook);
      if (found === undefined || row === undefined) return null;
      const taken = { ...found, nextTryAt: until, triedAt: now, tries: found.tries + 1 };
      message.set(keyOf(found.hook, found.id), taken);
      const { id, owner, url, failingSince } = row.hook;
      const { type, at, data, tries } = taken;
      return {
        id: found.id,
        type,
        at,
        data,
        tries,
        secret: row.secret,
        hook: { id, owner, url, failingSince },
      };
    });
  }

  markSent({ id, hook }: DueHookMessage, now: Date): Promise<void> {
    return this.access(({ hooks: { hooks, message } }) => {
      const row = hooks.get(hook.id);
      const sent = message.get(keyOf(hook.id, id));
      if (row !== undefined && row.hook.failingSince !== null)
        hooks.set(hook.id, {
          ...row,
          hook: { ...row.hook, failingSince: null, failures: 0, lastTrouble: null },
        });
      if (sent?.endedAt === null) message.set(keyOf(hook.id, id), { ...sent, endedAt: now, data: {} });
    });
  }

  markFailed(
    { id, hook, tries }: DueHookMessage,
    { trouble, now, nextTryAt, quietUntil }: FailedTry,
  ): Promise<EventHook | null> {
    return this.access(({ hooks: { hooks, message } }) => {
      const row = hooks.get(hook.id);
      const tried = message.get(keyOf(hook.id, id));
      if (row === undefined || row.hook.switchedOffAt !== null) return null;
      if (tried === undefined || tried.endedAt !== null || tried.tries !== tries) return null;
      const isAnew = row.failedAt !== null && row.failedAt < secondsAfter(now, -longestSilence);
      const { failingSince, failures } = isAnew ? fresh : row.hook;
      const since = failingSince === null || failingSince > now ? now : failingSince;
      const known = isQuiet(row, now) ? row.hook.quietUntil : null;
      const quiet = Number(known) > Number(quietUntil) ? known : quietUntil;
      const failing = { failingSince: since, failures: failures + 1, lastTrouble: trouble };
      const next = { ...row.hook, ...failing, quietUntil: quiet };
      hooks.set(hook.id, { ...row, hook: next, failedAt: now });
      message.set(
        keyOf(hook.id, id),
        nextTryAt === null ? { ...tried, endedAt: now, data: {} } : { ...tried, nextTryAt },
      );
      return next;
    });
  }

  switchOff(id: string, trouble: HookTrouble, now: Date): Promise<boolean> {
    return this.access(({ hooks: { hooks, message } }) => {
      const row = hooks.get(id);
      if (row === undefined || row.hook.switchedOffAt !== null) return false;
      hooks.set(id, { ...row, tellAt: now, hook: { ...row.hook, switchedOffAt: now, lastTrouble: trouble } });
      for (const [key, { hook, endedAt }] of message)
        if (hook === id && endedAt === null) message.delete(key);
      return true;
    });
  }

  takeUntold(now: Date, until: Date): Promise<EventHook | null> {
    return this.access(({ hooks: { hooks } }) => {
      const [row] = [...hooks.values()].filter(
        ({ tellAt }) => tellAt !== null && (tellAt <= now || farAhead(tellAt, now)),
      );
      if (row === undefined) return null;
      hooks.set(row.hook.id, { ...row, tellAt: until });
      return row.hook;
    });
  }

  markTold(id: string): Promise<void> {
    return this.access(({ hooks: { hooks } }) => {
      const row = hooks.get(id);
      if (row !== undefined) hooks.set(id, { ...row, tellAt: null });
    });
  }

  waiting(now: Date): Promise<WaitingEvents> {
    return this.access(({ hooks: { hooks, message } }) => {
      const open = [...message.values()].filter(({ endedAt }) => endedAt === null);
      const rows = open.map((row) => ({ ...row, of: hooks.get(row.hook) }));
      const ours = rows.filter(({ of }) => of?.hook.switchedOffAt === null);
      const well = ours.filter(
        ({ of }) => of?.hook.failingSince === null && !isAhead(of.hook.quietUntil, now),
      );
      const due = well.filter(({ nextTryAt }) => nextTryAt <= now);
      const late = due.map(({ nextTryAt, at }) => Number(now) - Math.max(Number(nextTryAt), Number(at)));
      return {
        well: well.length,
        failing: ours.length - well.length,
        lateSeconds: Math.max(0, ...late) / 1000,
      };
    });
  }

  forget(before: Date): Promise<number> {
    return this.access(({ hooks: { message } }) => {
      const old = [...message].filter(([, { endedAt }]) => endedAt !== null && endedAt < before);
      for (const [key] of old) message.delete(key);
      return old.length;
    });
  }

  private noteWhere(wants: (hook: EventHook) => boolean, told: HookMessage): Promise<number> {
    return this.access(({ hooks: { hooks, message } }) => {
      const wanting = [...hooks.values()]
        .map(({ hook }) => hook)
        .filter(
          (hook) => hook.switchedOffAt === null && wants(hook) && !message.has(keyOf(hook.id, told.id)),
        );
      const { id, type, at, data } = told;
      for (const hook of wanting)
        message.set(keyOf(hook.id, id), {
          ...{ id, type, at, data, hook: hook.id },
          ...{ nextTryAt: longAgo, triedAt: null, tries: 0, endedAt: null },
        });
      return wanting.length;
    });
  }
}
