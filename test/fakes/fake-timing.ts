import type { Timing } from '../../src/adapters/telegram/timing.js';

/** Every sleep is over at once, and time has gone on by as much. */
export class FakeTiming implements Timing {
  readonly sleeps: number[] = [];
  now = 0;
  /** 0.5: no pause is shorter or longer for chance. */
  chance = 0.5;

  milliseconds(): number {
    return this.now;
  }

  random(): number {
    return this.chance;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.sleeps.push(milliseconds);
    this.now += milliseconds;
    // Lets the world go on: a loop of sleeps alone would keep it for itself.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
