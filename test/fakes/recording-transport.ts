import {
  DeliveryDelayed,
  type DeliveryReport,
  type Notification,
  type Transport,
} from '../../src/application/ports/transport.js';

/** Keeps what it was given to hand over; can be told how the next attempts end. */
export class RecordingTransport implements Transport {
  /** What was handed over, in order. */
  readonly delivered: Notification[] = [];
  /** Every call of `deliver`, also those that were delayed or reached nobody. */
  attempts = 0;
  isRunning = false;
  /** Happens while the next attempt is under way. */
  meanwhile: (() => Promise<unknown>) | null = null;
  /** Left to be done after each hand-over. */
  tidyUp: (() => Promise<void>) | null = null;
  /** Told when a hand-over stands in the books. */
  written: (() => void) | null = null;
  private readonly script: (() => DeliveryReport)[] = [];

  constructor(readonly name = 'test') {}

  async start(): Promise<void> {
    this.isRunning = true;
  }

  async stop(): Promise<void> {
    this.isRunning = false;
  }

  async deliver(notification: Notification, stillOurs?: () => Promise<void>): Promise<DeliveryReport> {
    this.attempts += 1;
    const { meanwhile } = this;
    this.meanwhile = null;
    await meanwhile?.();
    await stillOurs?.();
    const { tidyUp, written } = this;
    const report = this.script.shift()?.() ?? {
      kind: 'sent',
      ...(tidyUp === null ? {} : { tidyUp }),
      ...(written === null ? {} : { written }),
    };
    if (report.kind === 'sent') this.delivered.push(notification);
    return report;
  }

  /** The next attempt throws DeliveryDelayed. */
  delayNext(retryAfter: number | null = null): this {
    return this.failNext(new DeliveryDelayed('try again later', retryAfter));
  }

  /** The next attempt finds that the person cannot be told. */
  blockNext(reason = 'blocked by the user'): this {
    this.script.push(() => ({ kind: 'unreachable', reason }));
    return this;
  }

  /** The next attempt throws this. */
  failNext(error: Error): this {
    this.script.push(() => {
      throw error;
    });
    return this;
  }

  /** What was handed over of one kind, in order. */
  of<Kind extends Notification['kind']>(kind: Kind): Extract<Notification, { kind: Kind }>[] {
    return this.delivered.filter(
      (notification): notification is Extract<Notification, { kind: Kind }> => notification.kind === kind,
    );
  }
}
