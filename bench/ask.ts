import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.js';

interface Asking {
  readonly people: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  /** The number of the first request; its prompt has it. */
  readonly first?: number;
}

/** People ask for pictures in turn, at an even pace. Returns when the time is over. */
export async function ask(stage: Stage, { people, rate, seconds, first = 0 }: Asking): Promise<void> {
  const from = Date.now();
  for (let count = 0; count < rate * seconds; count += 1) {
    stage.say(1 + (count % people), `/generate request ${first + count} under the stars`);
    const due = from + ((count + 1) * 1000) / rate;
    if (due > Date.now()) await sleep(due - Date.now());
  }
}
