import { secondsAfter } from '../time.js';

/**
 * fal answered a submit as if there were no such endpoint. That may be a moment's fault in a proxy or at fal, so
 * one job says nothing about the others: a verdict over everybody needs several witnesses, and is tried again.
 */
export interface Refusals {
  /** How often this job was refused by this endpoint, and since when. */
  readonly ofJob: number;
  readonly since: Date;
  /** The same, counted from the last time when the endpoint served anybody. */
  readonly inARow: number;
  readonly inARowSince: Date;
  /** Different jobs that it has refused since then. */
  readonly jobs: number;
}

/** An endpoint that is taken for gone: nothing new is sent to it before `nextTryAt`. */
export interface Retirement {
  readonly since: Date;
  /** How often it was tried in vain since. */
  readonly tries: number;
  readonly nextTryAt: Date;
}

const witnesses = 3;
const ofOneJob = { refusals: 5, seconds: 600 };
/** A job that nothing else can serve waits so long. */
export const patienceSeconds = 1800;
/** Between the tries of one job, from the first refusal on; then every five minutes. */
const pauses = [2, 30, 120, 240];
const longestPauseSeconds = 300;
const longestRetirementSeconds = 3600;
/** Nobody is put off for longer, but by a clock that is wrong. */
export const likelyRetirementSeconds = longestRetirementSeconds + 1800;

const secondsFrom = (since: Date, now: Date): number => (now.getTime() - since.getTime()) / 1000;

/** Whether an endpoint is to be taken for gone: three jobs were refused, or one five times over ten minutes. */
export const isGone = ({ jobs, inARow, inARowSince }: Refusals, now: Date): boolean =>
  jobs >= witnesses || (inARow >= ofOneJob.refusals && secondsFrom(inARowSince, now) >= ofOneJob.seconds);

/** When a refused job is tried again; `null` when it has waited long enough. */
export function nextTryOf({ ofJob, since }: Pick<Refusals, 'ofJob' | 'since'>, now: Date): Date | null {
  if (secondsFrom(since, now) >= patienceSeconds) return null;
  const again = secondsAfter(now, pauses[ofJob - 1] ?? longestPauseSeconds);
  const last = secondsAfter(since, patienceSeconds);
  return again < last ? again : last;
}

/** Not tried again yet. What lies further ahead than anybody puts it off is due: a clock that has been set back since wrote it. */
export const isPutOff = ({ nextTryAt }: Pick<Retirement, 'nextTryAt'>, now: Date): boolean =>
  nextTryAt > now && nextTryAt <= secondsAfter(now, likelyRetirementSeconds);

/** A new verdict, or the old one after another try in vain: five minutes, ten, twenty, up to an hour. */
export function retirement(earlier: Retirement | null, now: Date): Retirement {
  if (earlier !== null && isPutOff(earlier, now)) return earlier;
  const tries = earlier === null ? 0 : earlier.tries + 1;
  const seconds = Math.min(longestRetirementSeconds, 300 * 2 ** Math.min(tries, 6));
  return { since: earlier?.since ?? now, tries, nextTryAt: secondsAfter(now, seconds) };
}
