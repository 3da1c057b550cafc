import { secondsAfter } from '../../domain/time.js';
import type { HostedService } from '../ports/hosted-service.js';
import type { Needs } from '../ports/needs.js';
import type { AlertChannel } from '../ports/operator/alert-channel.js';
import type { DueAlert } from '../ports/stores/operator/alert-store.js';

/** Far longer than a try may take: then whoever had it is gone. */
const heldSeconds = 60;
const firstPause = 5;
const longestPause = 600;

/** By the name that is kept of each: what was told on one way was not told on another. */
export type AlertWays = Readonly<Record<string, AlertChannel>>;

type Parts = Needs<'alerts', 'clock' | 'log'> & { readonly ways: AlertWays };

/**
 * Tells operators of troubles, on each way one at a time: outside the chat, and in the chat of each of them. Nobody waits
 * for it, and what was not taken is tried again for as long as it is kept. Each is told once; twice, under the same id,
 * when a process dies between the two.
 */
export class SendAlerts implements HostedService {
  readonly role = 'worker';
  private readonly stopping = new AbortController();
  private sending: Promise<void> | null = null;

  constructor(private readonly parts: Parts) {}

  async start(): Promise<void> {}

  /** What is under way is given up; it comes again. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('this process stops'));
    await this.sending;
  }

  /** Begins to tell what is due, unless that is under way. */
  nudge(): void {
    this.sending ??= this.execute()
      .catch((error: unknown) =>
        this.parts.log.warn('what is to be told could not be looked up; it is tried again', { error }),
      )
      .finally(() => {
        this.sending = null;
      });
  }

  /** Tells all that is due on every way; on one that does not take it, the rest waits: it would fare alike. */
  async execute(): Promise<void> {
    await Promise.all(Object.keys(this.parts.ways).map((way) => this.tellAll(way)));
  }

  private async tellAll(way: string): Promise<void> {
    const { database, clock } = this.parts;
    while (!this.stopping.signal.aborted) {
      const now = clock.now();
      const due = await database.stores.alerts.take(way, now, secondsAfter(now, heldSeconds));
      if (due === null || !(await this.tell(due))) return;
    }
  }

  private async tell(due: DueAlert): Promise<boolean> {
    const { database, clock, ways, log } = this.parts;
    const { id, kind, subject, facts, begunAt, clearedAt, told, tries, way } = due;
    const event = told === 'nothing' ? 'begun' : 'cleared';
    try {
      const trouble = { kind, subject, facts };
      await ways[way]?.send({ id, event, trouble, begunAt, clearedAt }, this.stopping.signal);
    } catch (error) {
      log.warn('an alert was not taken; it is sent again', { alert: kind, event, way, tries, error });
      const pause = Math.min(longestPause, firstPause * 2 ** Math.min(tries - 1, 10));
      await database.stores.alerts.putOff(due, secondsAfter(clock.now(), pause));
      return false;
    }
    await database.stores.alerts.markTold(due, clock.now());
    return true;
  }
}
