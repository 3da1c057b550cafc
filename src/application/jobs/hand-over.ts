import { secondsAfter } from '../../domain/time.js';
import type { Needs } from '../ports/needs.js';
import {
  DeliveryDelayed,
  type DeliveryReport,
  type Notification,
  type Transport,
} from '../ports/transport.js';
import { Holding } from './holding.js';
import type { JobKind, JobRow } from './job-kind.js';
import { JobLease } from './job-lease.js';
import type { JobStores } from './job-stores.js';
import { retryWrite, type Sleep } from './retry-write.js';

/**
 * How long handing over may take: an upload to a slow Telegram is given up after two minutes, and an album is
 * followed by a message. Too short a lease would have others send the same again meanwhile.
 */
export const handOverSeconds = 300;
/** Another process has the way in that this one lacks: leave it alone for so many seconds. */
export const elsewhereSeconds = 20;
/** A delivery that keeps failing is given up after a day; what was to be told stands in the gallery or on the avatar's card. */
const givenUpAfterSeconds = 86_400;

export type HandOverParts = Needs<JobStores, 'transports' | 'clock' | 'worker' | 'metrics' | 'log'> & {
  readonly sleep: Sleep;
};

/** Hands something over to a person, whichever kind of job it is about: sent first, then written down. */
export class HandOver<Row extends JobRow, Effect> {
  /** Lasts as long as handing over may. */
  readonly lease: JobLease<Row, Effect>;

  constructor(
    private readonly parts: HandOverParts,
    private readonly kind: JobKind<Row, Effect>,
  ) {
    this.lease = new JobLease(parts, kind, handOverSeconds);
  }

  transportOf({ origin }: Row): Transport | undefined {
    return this.parts.transports.find(({ name }) => name === origin.transport);
  }

  /** @param since ticks of the moment before the row was acquired. @throws StaleWrite when it is no longer ours */
  send(transport: Transport, row: Row, notification: Notification, since: number): Promise<DeliveryReport> {
    const holding = new Holding(this.parts.clock, () => this.lease.renew(row), since);
    return transport.deliver(notification, () => holding.confirm());
  }

  /** Writes down what was handed over. Only then is tidied up: nothing comes between sending and writing. */
  async close<Result>(
    row: Row,
    report: DeliveryReport | null,
    write: () => Promise<Result>,
  ): Promise<Result> {
    const { log, sleep } = this.parts;
    const named = { [this.kind.name]: row.id };
    const sent = report?.kind === 'sent' ? report : null;
    const notYet = (error: unknown) => log.warn('handed over, and not yet written down', { ...named, error });
    let isStored = false;
    const store = async () => {
      const result = await write();
      isStored = true;
      return result;
    };
    const written = await retryWrite(store, sleep, notYet).finally(() => sent?.written?.(isStored));
    try {
      await sent?.tidyUp?.();
    } catch (error) {
      log.warn('handed over, and not tidied up after', { ...named, error });
    }
    return written;
  }

  /** After a failure. False when it will be tried again; true when it was tried for long enough. Throws any other error. */
  async hasTriedEnough(row: Row, since: Date, error: unknown): Promise<boolean> {
    const { clock, metrics, log } = this.parts;
    const now = clock.now();
    metrics.deliveryRetried(row.origin.transport);
    // Not for want of a transport that would take it: that is no trouble of the other side's, and tries are counted.
    if (!(error instanceof DeliveryDelayed)) throw error;
    // Behind one that waits for its turn in a busy chat is no error.
    if (error.cause === undefined) log.debug('waits for its turn', { [this.kind.name]: row.id });
    else log.warn('could not be handed over', { [this.kind.name]: row.id, error });
    if (await this.lease.hasWaited(row, givenUpAfterSeconds)) return true;
    // Doubles with its age: 1 s at first, then as long again as it has waited, at most 5 minutes.
    const age = (now.getTime() - since.getTime()) / 1000;
    const again = secondsAfter(now, error.retryAfter ?? Math.min(300, Math.max(1, age)));
    await this.lease.comeBack(row, this.kind.jobs.deliver(row.id), again);
    return false;
  }
}
