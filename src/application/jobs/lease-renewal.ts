import { secondsAfter } from '../../domain/time.js';
import type { Clock } from '../ports/clock.js';

/** Work that lasts longer has its lease renewed this often: most is over before, and costs no write. */
const renewSeconds = 10;

/** Keeps a row in our hands while files come for it. */
export class LeaseRenewal {
  private dueAt: Date;

  /** @param renew writes the lease anew, and throws StaleWrite when the row is no longer ours */
  constructor(
    private readonly clock: Clock,
    private readonly renew: () => Promise<void>,
  ) {
    this.dueAt = secondsAfter(clock.now(), renewSeconds);
  }

  /** The same bytes; the lease is renewed between two pieces, when it is time. */
  async *during(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of body) {
      if (this.clock.now() >= this.dueAt) {
        this.dueAt = secondsAfter(this.clock.now(), renewSeconds);
        await this.renew();
      }
      yield piece;
    }
  }
}
