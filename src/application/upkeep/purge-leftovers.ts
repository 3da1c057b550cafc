import { secondsAfter } from '../../domain/time.js';
import { Throttle } from '../jobs/throttle.js';
import type { Needs } from '../ports/needs.js';

const pauseMilliseconds = 600_000;
/** A hundred thousand an hour and more: as fast as they can come. */
const atOnce = 20_000;
/** An update may come again for a day; it is kept for longer, for those who look for one that was lost. */
const keptUpdateSeconds = 3 * 86_400;
/** Who got which broadcast; how many did is kept. */
const keptBroadcastSeconds = 30 * 86_400;
/** Webhooks that were sent: a result is handed over for a day at most, and noted again until it is. */
const keptHookEventSeconds = 7 * 86_400;

/** Forgets rows that have served. Called with every sweep, works now and then. */
export class PurgeLeftovers {
  private readonly throttle = new Throttle(pauseMilliseconds);

  constructor(
    private readonly parts: Needs<'broadcasts' | 'eventHooks' | 'leftovers' | 'updates', 'clock'>,
  ) {}

  async execute(): Promise<void> {
    const now = this.parts.clock.now();
    if (!this.throttle.isOver(now)) return;
    const { broadcasts, eventHooks, leftovers, updates } = this.parts.database.stores;
    await leftovers.forget(now, atOnce);
    await updates.forget(secondsAfter(now, -keptUpdateSeconds));
    await broadcasts.forget(secondsAfter(now, -keptBroadcastSeconds));
    await eventHooks.forget(secondsAfter(now, -keptHookEventSeconds));
  }
}
