import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance as the talk with Telegram needs them. */
export interface Timing {
  /** A monotonic clock: it counts from any moment and never goes back. */
  milliseconds(): number;
  /** Ends early, and without an error, when the signal does. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** 0-1. */
  random(): number;
}

export const systemTiming: Timing = {
  milliseconds: () => performance.now(),
  random: () => Math.random(),
  async sleep(milliseconds, signal) {
    await delay(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
};
