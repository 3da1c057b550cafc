import { Throttle } from '../jobs/throttle.js';
import type { Needs } from '../ports/needs.js';

const pauseMilliseconds = 600_000;
/** A hundred thousand an hour and more: as fast as they can come. */
const atOnce = 20_000;

/** Forgets rows that have served. Called with every sweep, works now and then. */
export class PurgeLeftovers {
  private readonly throttle = new Throttle(pauseMilliseconds);

  constructor(private readonly parts: Needs<'leftovers', 'clock'>) {}

  async execute(): Promise<void> {
    const now = this.parts.clock.now();
    if (this.throttle.isOver(now)) await this.parts.database.stores.leftovers.forget(now, atOnce);
  }
}
