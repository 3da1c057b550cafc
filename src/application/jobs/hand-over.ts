import { secondsAfter } from '../../domain/time.js';
import type { Needs } from '../ports/needs.js';
import type { Lease } from '../ports/stores/jobs/leases.js';
import {
  DeliveryDelayed,
  type DeliveryReport,
  type Notification,
  type Transport,
} from '../ports/transport.js';
import { Holding } from './holding.js';
import type { JobKind, JobRow } from './job-kind.js';
import type { JobStores } from './job-stores.js';
import { leaseFor } from './lease.js';
import { retryWrite, type Sleep } from './retry-write.js';

/**
 * How long handing over may take: an upload to a slow Telegram is given up after two minutes, and an album is
 * followed by a message. Too short a lease would have others send the same again meanwhile.
 */
const handOverSeconds = 300;
/** Another process has the way in that this one lacks: leave it alone for so many seconds. */
export const elsewhereSeconds = 20;
/** A delivery that keeps failing is given up after a day; what was to be told stands in the gallery or on the avatar's card. */
const givenUpAfterSeconds = 86_400;

export type HandOverParts = Needs<JobStores, 'transports' | 'clock' | 'worker' | 'metrics' | 'log'> & {
  readonly sleep: Sleep;
};

/** Hands something over to a person, whichever kind of job it is about: sent first, then written down. */
export class HandOver<Row extends JobRow> {
  constructor(
    private readonly parts: HandOverParts,
    private readonly kind: JobKind<Row, never>,
  ) {}

  /** A lease that lasts as long as handing over may. */
  lease(): Lease {
    return leaseFor(this.parts.clock, this.parts.worker, handOverSeconds);
  }

  transportOf({ origin }: Row): Transport | undefined {
    return this.parts.transports.find(({ name }) => name === origin.transport);
  }

  /** @param since ticks of the moment before the row was acquired. @throws StaleWrite when it is no longer ours */
  send(transport: Transport, row: Row, notification: Notification, since: number): Promise<DeliveryReport> {
    const holding = new Holding(this.parts.clock, () => this.renew(row), since);
    return transport.deliver(notification, () => holding.confirm());
  }

  /** Writes down what was handed over. Only then is tidied up: nothing comes between sending and writing. */
  async close<Result>(
    row: Row,
    report: DeliveryReport | null,
    write: () => Promise<Result>,
  ): Promise<Result> {
    const written = await this.writeWithRetry(row, report, write);
    try {
      if (report?.kind === 'sent') await report.tidyUp?.();
    } catch (error) {
      this.parts.log.warn('handed over, and not tidied up after', { [this.kind.name]: row.id, error });
    }
    return written;
  }

  /** After a failure. False when it will be tried again; true when it was tried for long enough. Throws any other error. */
  async hasTriedEnough(row: Row, since: Date, error: unknown): Promise<boolean> {
    const { database, clock, metrics, log, worker } = this.parts;
    const now = clock.now();
    metrics.deliveryRetried(row.origin.transport);
    // Not for want of a transport that would take it: that is no trouble of the other side's, and tries are counted.
    if (!(error instanceof DeliveryDelayed)) throw error;
    log.warn('could not be handed over', { [this.kind.name]: row.id, error });
    if ((await this.kind.rows(database.stores).waited(row.id)) > givenUpAfterSeconds) return true;
    // Doubles with its age: 1 s at first, then as long again as it has waited, at most 5 minutes.
    const age = (now.getTime() - since.getTime()) / 1000;
    const again = secondsAfter(now, error.retryAfter ?? Math.min(300, Math.max(1, age)));
    await database.transaction(async (stores) => {
      await this.kind.rows(stores).free(row.id, worker, again);
      await stores.jobs.add(this.kind.jobs.deliver(row.id), again);
    });
    return false;
  }

  private async renew(row: Row): Promise<void> {
    const lease = this.lease();
    const expected = { status: row.status, lease: this.parts.worker };
    await this.kind.rows(this.parts.database.stores).save(row, expected, { checkAfter: lease.until, lease });
  }

  private async writeWithRetry<Result>(
    row: Row,
    report: DeliveryReport | null,
    write: () => Promise<Result>,
  ): Promise<Result> {
    const { log, sleep } = this.parts;
    try {
      return await retryWrite(write, sleep, (error) =>
        log.warn('handed over, and not yet written down', { [this.kind.name]: row.id, error }),
      );
    } finally {
      if (report?.kind === 'sent') report.written?.();
    }
  }
}
