import type { DeliveryReport, Transport } from '../../application/ports/transport.js';

/**
 * The way in for callers that wait for their result themselves: the CLI and the library. There is nothing to
 * send, they read it from the database; so any worker may close their jobs.
 */
export class DirectTransport implements Transport {
  /** Stored with each job, so it stays what it was when the library's caller was meant. */
  readonly name = 'caller';

  deliver(): Promise<DeliveryReport> {
    return Promise.resolve({ kind: 'sent' });
  }
}
