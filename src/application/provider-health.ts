import type { Clock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';

const longestPause = 60;

/** How the provider has been of late, as one process sees it: decides pauses and what readiness says. */
export class ProviderHealth {
  private troubles = 0;
  private refusedSince: Date | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  well(): void {
    if (this.refusedSince !== null) this.log.info('fal accepts the key again');
    this.troubles = 0;
    this.refusedSince = null;
  }

  /** It did not take a job. Returns the seconds to wait: what it asked for, else doubling up to a minute. */
  unwell(retryAfter: number | null): number {
    this.troubles += 1;
    return retryAfter ?? Math.min(longestPause, 2 ** Math.min(this.troubles - 1, 6));
  }

  /** The key is wrong or has no money. Jobs wait rather than fail; the operator is told once. */
  noAccess(detail: string): number {
    if (this.refusedSince === null) {
      this.refusedSince = this.clock.now();
      this.log.error('fal refuses the key, or it has no money left: jobs wait until this is mended', {
        detail,
      });
    }
    return 30;
  }

  /** Why the service is not ready, or null. */
  complaint(): string | null {
    return this.refusedSince === null
      ? null
      : `fal refuses the key, or it has no money left, since ${this.refusedSince.toISOString()}`;
  }
}
