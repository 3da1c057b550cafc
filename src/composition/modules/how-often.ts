import type { Clock } from '../../application/ports/clock.js';

type Chore = () => Promise<unknown>;

/** Nobody waits for these: they come with every fifth sweep, ten seconds apart. */
export function seldom(execute: Chore): Chore {
  let sweeps = 0;
  return async () => (sweeps++ % 5 === 0 ? execute() : undefined);
}

/**
 * So many seconds after it was last done. Sooner after a start and after a failure, so that neither a process that is
 * killed again and again nor a provider that answers now and then keeps it from being done.
 */
export function every(seconds: number, clock: Pick<Clock, 'ticks'>, execute: Chore): Chore {
  const soon = seconds / 10;
  let due = clock.ticks() + soon;
  return async () => {
    if (clock.ticks() < due) return;
    due = clock.ticks() + soon;
    await execute();
    due = clock.ticks() + seconds;
  };
}
