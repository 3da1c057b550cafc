/** Keeps upkeep that is asked for with every sweep from running more often than it must. */
export class Throttle {
  private lastRun = Number.NEGATIVE_INFINITY;

  constructor(private readonly milliseconds: number) {}

  /** When it is over, the next one begins; also after a clock was set back. */
  isOver(now: Date): boolean {
    const passed = now.getTime() - this.lastRun;
    if (passed >= 0 && passed < this.milliseconds) return false;
    this.lastRun = now.getTime();
    return true;
  }
}
