/** More updates than will ever fail at once; beyond that the oldest are forgotten. */
const mostWatched = 10_000;

/**
 * For how long an update has failed, as this process saw it. No wall clock is asked: one that is set ahead would make
 * every message look too old to be tried again.
 */
export class Patience {
  private readonly failingSince = new Map<number, number>();

  /** @param milliseconds a monotonic clock */
  constructor(private readonly milliseconds: () => number = () => performance.now()) {}

  /** Whether an update that has just failed is to be tried again: it first failed less than so many seconds ago. */
  lasts(update: number, seconds: number): boolean {
    const now = this.milliseconds();
    const since = this.failingSince.get(update) ?? now;
    this.failingSince.set(update, since);
    const [oldest] = this.failingSince.keys();
    if (this.failingSince.size > mostWatched && oldest !== undefined) this.failingSince.delete(oldest);
    return now - since < seconds * 1000;
  }

  /** The update is done with, answered or given up. */
  ends(update: number): void {
    this.failingSince.delete(update);
  }
}
