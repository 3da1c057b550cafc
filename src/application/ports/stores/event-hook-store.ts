import type { EventHook, HookEvent, HookTrouble, hookTest } from '../../../domain/hooks/event-hook.js';
import type { UserId } from '../../../domain/ids.js';

export interface NewEventHook extends Pick<EventHook, 'id' | 'owner' | 'url' | 'events' | 'createdAt'> {
  /** `whsec_` and the key in base64. */
  readonly secret: string;
}

export interface ListedHook extends EventHook {
  /** So many events have not got there yet. */
  readonly waiting: number;
}

/** Something that happened to a job. */
export interface HookMessage {
  /** The same for the same happening, however often it is told here. Letters, digits, `_` and `-`. */
  readonly id: string;
  readonly type: HookEvent | typeof hookTest;
  readonly at: Date;
  /** What a program gets to see of it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Message for one hook. */
export interface DueHookMessage extends HookMessage {
  readonly hook: Pick<EventHook, 'id' | 'owner' | 'url' | 'failingSince'>;
  readonly secret: string;
  /** How often it was taken, this time included. */
  readonly tries: number;
}

export interface FailedTry {
  readonly trouble: HookTrouble;
  readonly now: Date;
  /** `null` gives it up. */
  readonly nextTryAt: Date | null;
  /** The address asked for that; it takes back no longer one. */
  readonly quietUntil: Date | null;
}

/** Events that have not got there yet, of hooks that are not switched off. */
export interface WaitingEvents {
  /** For hooks that took the last one. */
  readonly well: number;
  /** For those that did not. */
  readonly failing: number;
  /** For how many seconds the oldest of `well` could have been sent. */
  readonly lateSeconds: number;
}

export interface EventHookStore {
  /** `false`: its owner has `most` of them. Only in a transaction nobody overtakes it. */
  add(hook: NewEventHook, most: number): Promise<boolean>;
  /** Oldest first. */
  list(owner: UserId): Promise<ListedHook[]>;
  /** With what waits for it. `false`: this owner has no such hook. */
  remove(owner: UserId, id: string): Promise<boolean>;
  /** A row for each hook of theirs that wants it and is not switched off; none where there is one. Returns how many are new. */
  note(owner: UserId, message: HookMessage & { readonly type: HookEvent }): Promise<number>;
  /** The same for one hook. `false`: this owner has no such hook, or it is switched off. */
  noteTest(owner: UserId, hook: string, message: HookMessage): Promise<boolean>;
  /**
   * What is due and for none of these hooks, nor for one that asked for quiet; until `until` it is the caller's alone.
   * A time that only a wrong clock can have written keeps nothing waiting. `onlyWell`: for none that fails.
   */
  take(now: Date, until: Date, not: readonly string[], onlyWell: boolean): Promise<DueHookMessage | null>;
  /** It was taken there: the hook is well. */
  markSent(message: DueHookMessage, now: Date): Promise<void>;
  /**
   * It was not. After more than `longestSilence` without a failure the hook begins to fail anew. Returns how it fares,
   * `null` when it is gone or off.
   */
  markFailed(message: DueHookMessage, failed: FailedTry): Promise<EventHook | null>;
  /** With what waits for it. From now on its owner is to be told. `false`: somebody else was first. */
  switchOff(id: string, trouble: HookTrouble, now: Date): Promise<boolean>;
  /** One that is switched off and whose owner is to be told; until `until` the caller's alone. */
  takeUntold(now: Date, until: Date): Promise<EventHook | null>;
  markTold(id: string): Promise<void>;
  waiting(now: Date): Promise<WaitingEvents>;
  /** What was sent or given up before then, and what is left of hooks that are switched off. Returns how many. */
  forget(before: Date): Promise<number>;
}
