import type { Update } from 'grammy/types';
import type { Logger } from '../../../application/ports/logger.js';
import type { Timing } from '../timing.js';
import type { Reception } from './reception.js';
import type { UpdateFetcher } from './update-fetcher.js';

const pauseMilliseconds = 500;

/** Where updates go. */
interface PollingParts {
  readonly fetcher: UpdateFetcher;
  /** Returns them as they were kept. */
  readonly keep: (updates: readonly Update[]) => Promise<readonly Update[]>;
  /** Returns at once. */
  readonly deal: (update: Update) => void;
  readonly reception: Reception;
  readonly timing: Timing;
  readonly log: Logger;
}

/** Fetches updates by long polling until the signal ends it; nothing else does. */
export class Polling {
  constructor(private readonly parts: PollingParts) {}

  async run(signal: AbortSignal): Promise<void> {
    const { fetcher, deal } = this.parts;
    while (!signal.aborted) {
      const updates = await fetcher.next(signal);
      // The next request acknowledges these, so it waits until they are stored.
      for (const update of await this.keepAll(updates, signal)) deal(update);
    }
  }

  private async keepAll(updates: readonly Update[], signal: AbortSignal): Promise<readonly Update[]> {
    const { keep, reception, timing, log } = this.parts;
    while (updates.length > 0 && !signal.aborted) {
      try {
        return await keep(updates);
      } catch (error) {
        log.warn('updates could not be kept; none is fetched until they are', { error });
        reception.goesOn(pauseMilliseconds);
        await timing.sleep(pauseMilliseconds, signal);
      }
    }
    // Never kept and never acknowledged: Telegram sends them again.
    return [];
  }
}
