import { secondsAfter } from '../../domain/time.js';
import type { Ports } from '../ports/needs.js';
import type { ProviderError } from '../ports/provider-error.js';

const longestPause = 60;
/** So many submits in a row that ended in doubt are no accident: what stands between us and fal mangles its answers. */
const doubtsInARow = 3;
const firstClosure = 15;

/** How the provider has been of late, as one process sees it: decides pauses and what readiness says. */
export class ProviderHealth {
  private troubles = 0;
  private refusedSince: Date | null = null;
  private doubts = 0;
  private doubtfulSince: Date | null = null;
  private closedUntil = new Date(0);

  constructor(private readonly parts: Pick<Ports, 'clock' | 'log'>) {}

  well(): void {
    if (this.refusedSince !== null) this.parts.log.info('fal accepts the key again');
    if (this.doubts >= doubtsInARow) this.parts.log.info("fal's answers to orders can be read again");
    this.troubles = 0;
    this.refusedSince = null;
    this.doubts = 0;
    this.doubtfulSince = null;
  }

  /** A submit ended in doubt. After a few in a row nothing is bought for a while: each of them may be paid for. */
  doubtful(): void {
    const now = this.parts.clock.now();
    this.doubts += 1;
    this.doubtfulSince ??= now;
    if (this.doubts < doubtsInARow) return;
    const seconds = Math.min(longestPause, firstClosure * 2 ** Math.min(this.doubts - doubtsInARow, 6));
    this.closedUntil = secondsAfter(now, seconds);
    if (this.doubts === doubtsInARow)
      this.parts.log.error("fal's answers to orders cannot be read: nothing is bought until one can be", {
        since: this.doubtfulSince,
      });
  }

  /** Whether to buy. After a closure one tries for all: whoever hears yes buys, or says that it did not. */
  mayBuy(): boolean {
    if (this.doubts < doubtsInARow) return true;
    const now = this.parts.clock.now();
    if (now < this.closedUntil) return false;
    this.closedUntil = secondsAfter(now, longestPause);
    return true;
  }

  didNotBuy(): void {
    this.closedUntil = this.parts.clock.now();
  }

  /** It did not take a job, or the key. Returns the seconds to wait. */
  pauseAfter({ trouble, retryAfter, message }: ProviderError): number {
    return trouble === 'no_access' ? this.noAccess(message) : this.unwell(retryAfter);
  }

  /** It did not take a job. Returns the seconds to wait: what it asked for, else doubling up to a minute. */
  unwell(retryAfter: number | null): number {
    this.troubles += 1;
    return retryAfter ?? Math.min(longestPause, 2 ** Math.min(this.troubles - 1, 6));
  }

  /** The key is wrong or has no money. Jobs wait rather than fail; the operator is told once. */
  noAccess(detail: string): number {
    if (this.refusedSince === null) {
      this.refusedSince = this.parts.clock.now();
      this.parts.log.error('fal refuses the key, or it has no money left: jobs wait until this is mended', {
        detail,
      });
    }
    return 30;
  }

  /** What keeps jobs waiting, and since when; or null. */
  trouble(): { readonly kind: 'provider_refuses_key' | 'provider_unreadable'; readonly since: Date } | null {
    if (this.refusedSince !== null) return { kind: 'provider_refuses_key', since: this.refusedSince };
    if (this.doubts < doubtsInARow || this.doubtfulSince === null) return null;
    return { kind: 'provider_unreadable', since: this.doubtfulSince };
  }

  /** Why the service is not ready, or null. */
  complaint(): string | null {
    const trouble = this.trouble();
    if (trouble === null) return null;
    const since = trouble.since.toISOString();
    return trouble.kind === 'provider_refuses_key'
      ? `fal refuses the key, or it has no money left, since ${since}`
      : `fal's answers to orders cannot be read since ${since}`;
  }
}
