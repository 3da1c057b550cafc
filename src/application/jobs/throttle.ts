/** Keeps upkeep that is asked for with every sweep from running more often than it must. */
export class Throttle {
  private lastRun = Number.NEGATIVE_INFINITY;

  constructor(private readonly milliseconds: number) {}

  /** When it is over, the next one begins. */
  isOver(now: Date): boolean {
    if (now.getTime() - this.lastRun < this.milliseconds) return false;
    this.lastRun = now.getTime();
    return true;
  }
}
