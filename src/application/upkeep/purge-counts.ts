import { allowanceSeconds } from '../../domain/allowance.js';
import { secondsAfter } from '../../domain/time.js';
import { Throttle } from '../jobs/throttle.js';
import type { Needs } from '../ports/needs.js';

const pauseMilliseconds = 3_600_000;

/** Forgets what was counted for a day that is over. Called with every sweep, works now and then. */
export class PurgeCounts {
  private readonly throttle = new Throttle(pauseMilliseconds);

  constructor(private readonly parts: Needs<'allowances' | 'attempts', 'clock'>) {}

  async execute(): Promise<void> {
    const now = this.parts.clock.now();
    if (!this.throttle.isOver(now)) return;
    const before = secondsAfter(now, -allowanceSeconds);
    const { allowances, attempts } = this.parts.database.stores;
    await allowances.forget(before);
    await attempts.forget(before);
  }
}
