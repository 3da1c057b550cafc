import type { UserId } from '../ids.js';
import { secondsAfter } from '../time.js';

/** What an owner can be told of, and when it happens. */
export const hookEvents = {
  'generation.done': 'its pictures are there',
  'generation.failed': 'it could not be made, nothing was charged',
  'generation.blocked': 'the safety filter kept its pictures back',
  'generation.cancelled': 'it was cancelled before it was made',
  'training.ready': 'the avatar can be used',
  'training.failed': 'it could not be trained, nothing was charged',
  'training.cancelled': 'it was cancelled before it began',
} as const;

export type HookEvent = keyof typeof hookEvents;
export const hookEventNames = Object.keys(hookEvents) as readonly HookEvent[];

/** Sent when its owner asks for it, to one hook, whatever that one wants to hear. */
export const hookTest = 'webhook.test' as const;

/** Why the address did not take an event. A word of ours: what it answered is never kept nor shown. */
export type HookTrouble =
  | `answered_${number}`
  | 'bad_certificate'
  | 'no_address'
  | 'not_reached'
  | 'private_address'
  | 'redirected'
  | 'timed_out';

/** An address of an owner's that hears of what becomes of their jobs. Its secret stays where events are signed. */
export interface EventHook {
  /** A UUID. */
  readonly id: string;
  readonly owner: UserId;
  readonly url: string;
  readonly events: readonly HookEvent[];
  readonly createdAt: Date;
  /** Since when it has taken nothing of what was tried; `null` when it took the last event. */
  readonly failingSince: Date | null;
  /** So many tries failed since. */
  readonly failures: number;
  readonly lastTrouble: HookTrouble | null;
  /** Its address asked to be left alone until then. */
  readonly quietUntil: Date | null;
  /** Nothing is sent to it since, and never again. */
  readonly switchedOffAt: Date | null;
}

/** Of one owner, those that are switched off included. */
export const mostHooks = 10;

/** Seconds before each next try, after the example of the Standard Webhooks specification: three days and four hours in all. */
const pauses = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** What failed together does not come back together. */
const spread = 0.2;

/**
 * Seconds before the next try of what was tried so often, up to a fifth longer by chance; `null`: it is given up.
 * @param chance from 0 to below 1
 */
export function pauseBefore(tries: number, chance: number): number | null {
  const pause = pauses[tries - 1];
  return pause === undefined ? null : pause * (1 + spread * chance);
}

/** An address may ask for so many seconds of quiet, and no more. */
export const longestQuiet = 86_400;

/**
 * Seconds. Pauses and quiet are shorter, so where nothing was tried for longer this program did not run, or a clock was
 * set: then an address begins to fail anew.
 */
export const longestSilence = 1.5 * 86_400;

/**
 * `working`: it took the last event, or none was sent yet. `quiet`: it asked to be left alone. `failing`: it does not
 * take events now; they are sent again.
 */
export const hookStates = ['working', 'quiet', 'failing', 'switched_off'] as const;
export type HookState = (typeof hookStates)[number];

/** A quiet longer than any was written by a wrong clock, and keeps nothing waiting. */
export function stateOfHook({ switchedOffAt, quietUntil, failingSince }: EventHook, now: Date): HookState {
  if (switchedOffAt !== null) return 'switched_off';
  if (quietUntil !== null && quietUntil > now && quietUntil <= secondsAfter(now, longestQuiet))
    return 'quiet';
  return failingSince === null ? 'working' : 'failing';
}

const failingSeconds = 3 * 86_400;
const fewestFailures = 5;

/** Whether an address that has failed once more has failed for too long. */
export function isPastHope(hook: Pick<EventHook, 'failingSince' | 'failures'>, now: Date): boolean {
  const { failingSince, failures } = hook;
  if (failingSince === null || failures < fewestFailures) return false;
  return secondsAfter(failingSince, failingSeconds) <= now;
}
