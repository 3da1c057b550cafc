/**
 * Limits how many works run at once, of all and of one person; the others wait. People take turns, so that somebody
 * with many works holds nobody up. Works of one person begin in the order they came.
 *
 * Not from a library: `p-limit` and `p-queue` have one order for all (first come, or by priority) and one limit, and
 * what limits by key has no limit for all.
 */
export class FairSemaphore {
  private readonly running = new Map<string, number>();
  /** In the order in which people get their next turn. */
  private readonly queues = new Map<string, (() => void)[]>();
  private free: number;

  constructor(private readonly limits: { readonly atOnce: number; readonly each: number }) {
    this.free = limits.atOnce;
  }

  /** How many works of this person wait for a turn. */
  waiting(person: string): number {
    return this.queues.get(person)?.length ?? 0;
  }

  async run<Result>(person: string, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((begin) => {
      const queue = this.queues.get(person) ?? [];
      queue.push(begin);
      this.queues.set(person, queue);
      this.handOut();
    });
    try {
      return await work();
    } finally {
      this.free += 1;
      this.count(person, -1);
      this.goBehind(person);
      this.handOut();
    }
  }

  private handOut(): void {
    for (const [person, queue] of this.queues) {
      if (this.free === 0) return;
      if ((this.running.get(person) ?? 0) >= this.limits.each) continue;
      const begin = queue.shift();
      // The loop gets to this person again.
      this.goBehind(person);
      this.free -= 1;
      this.count(person, 1);
      begin?.();
    }
  }

  /** Whoever had a turn waits behind everybody else who waits. */
  private goBehind(person: string): void {
    const queue = this.queues.get(person);
    this.queues.delete(person);
    if (queue !== undefined && queue.length > 0) this.queues.set(person, queue);
  }

  private count(person: string, change: number): void {
    const now = (this.running.get(person) ?? 0) + change;
    if (now === 0) this.running.delete(person);
    else this.running.set(person, now);
  }
}
