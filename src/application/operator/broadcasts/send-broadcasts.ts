import { type BroadcastOutcome, mostUnclearTries, pauseAfter } from '../../../domain/operator/broadcast.js';
import { longestWait, secondsAfter } from '../../../domain/time.js';
import { retryWrite, type Sleep } from '../../jobs/retry-write.js';
import type { HostedService } from '../../ports/hosted-service.js';
import type { Needs } from '../../ports/needs.js';
import type { BroadcastChannel } from '../../ports/operator/broadcast-channel.js';
import type {
  AccessSettings,
  Addressee,
  Batch,
  BroadcastCopy,
} from '../../ports/stores/operator/broadcast-store.js';

/** A few seconds of the pace. */
const peopleAtOnce = 100;
/** Far longer than these may take: whoever holds them for longer is gone, or may not send any more. */
const leaseSeconds = 600;
const showSeconds = 3;

type Parts = Needs<'broadcasts', 'clock' | 'log' | 'worker'> & {
  readonly policy: AccessSettings;
  readonly channel: BroadcastChannel;
  readonly sleep: Sleep;
};

/**
 * Sends broadcasts, one person after the other at the pace of the channel. Rows are the truth: another process may send
 * others at the same time, and after a restart it goes on. Whoever was being sent it when the process was killed gets
 * it again.
 */
export class SendBroadcasts implements HostedService {
  readonly role = 'worker';
  private isStopping = false;
  private sending: Promise<void> | null = null;
  private shownAt = Number.NEGATIVE_INFINITY;
  /** Something failed in the middle: an answer may be lost that named people who are in our hands since then. */
  private mayHoldUnseen = false;

  constructor(private readonly parts: Parts) {}

  async start(): Promise<void> {}

  /** What is in Telegram's hands arrives; the others wait for the next start. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.sending;
  }

  /** Begins to send what is due, unless that is under way. */
  nudge(): void {
    this.sending ??= this.execute()
      .catch((error: unknown) => this.parts.log.warn('broadcasts wait; they are tried again', { error }))
      .finally(() => {
        this.sending = null;
      });
  }

  /** Sends all that is due now. */
  async execute(): Promise<void> {
    const { database, clock, worker } = this.parts;
    const { broadcasts } = database.stores;
    if (this.mayHoldUnseen) await broadcasts.dropClaims([worker]);
    this.mayHoldUnseen = true;
    while (!this.isStopping) {
      const now = clock.now();
      const until = secondsAfter(now, leaseSeconds);
      const batch = await broadcasts.take({ owner: worker, until }, now, peopleAtOnce);
      if (batch === null || !(await this.send(batch))) break;
    }
    this.mayHoldUnseen = false;
    for (const id of await broadcasts.endSent(clock.now())) await this.show(id);
  }

  /** Returns whether there is no reason to wait. */
  private async send(batch: Batch): Promise<boolean> {
    const { database, channel, worker } = this.parts;
    const { id } = batch.broadcast;
    const underWay: Promise<void>[] = [];
    let begun = 0;
    const halt = { isDue: false };
    for (const person of batch.people) {
      await channel.turn();
      if (this.isStopping || halt.isDue) break;
      begun += 1;
      underWay.push(this.sendTo(person, batch, halt));
      await this.showNowAndThen(id);
    }
    await Promise.all(underWay);
    const rest = batch.people.slice(begun).map((person) => ({ broadcast: id, person: person.id }));
    await this.patiently({ broadcast: id }, () => database.stores.broadcasts.giveBack(rest, worker, false));
    if (halt.isDue) await this.show(id);
    return !halt.isDue;
  }

  private async sendTo(person: Addressee, batch: Batch, halt: { isDue: boolean }): Promise<void> {
    const { log } = this.parts;
    const copy: BroadcastCopy = { broadcast: batch.broadcast.id, person: person.id };
    try {
      if (!(await this.deliver(copy, person, batch))) halt.isDue = true;
    } catch (error) {
      // Its row stays taken: nobody knows what became of it, so nobody hurries to send it again.
      halt.isDue = true;
      log.warn('a broadcast could not be sent, or that could not be written down', { ...copy, error });
    }
  }

  /** Returns whether the next ones may follow. */
  private async deliver(
    copy: BroadcastCopy,
    person: Addressee,
    { broadcast, setbacks }: Batch,
  ): Promise<boolean> {
    const { database, clock, channel, worker, log, policy } = this.parts;
    const { broadcasts } = database.stores;
    const checked: { verdict: Awaited<ReturnType<typeof broadcasts.check>> } = { verdict: 'held' };
    const report = await channel.send(broadcast, person, async () => {
      // Without an answer nothing leaves, so it is not in doubt and can be given back.
      checked.verdict = await broadcasts.check(copy, worker, clock.now(), policy).catch((error: unknown) => {
        log.warn('whether a broadcast may still go to somebody could not be asked', { ...copy, error });
        return 'held' as const;
      });
      return checked.verdict === 'go';
    });
    switch (report.kind) {
      case 'sent':
        await this.settle(copy, 'sent');
        return true;
      case 'unreachable':
        await this.settle(copy, 'blocked', true);
        return true;
      case 'refused':
        log.info('somebody did not get a broadcast', { ...copy, reason: report.reason });
        await this.settle(copy, 'failed');
        return true;
      case 'held':
        if (checked.verdict === 'blocked' || checked.verdict === 'muted') {
          await this.settle(copy, checked.verdict);
          return true;
        }
        await this.patiently(copy, () => broadcasts.giveBack([copy], worker, false));
        return false;
      case 'wait':
        await this.putOff(copy, report.seconds, false);
        return false;
      case 'unclear':
        log.warn('nobody knows whether a broadcast arrived', { ...copy, reason: report.reason });
        if (person.tries + 1 >= mostUnclearTries) await this.settle(copy, 'failed');
        await this.putOff(copy, pauseAfter(setbacks), true);
        return false;
      case 'gone':
        await broadcasts.end(copy.broadcast, 'gone', clock.now());
        log.error('the message of a broadcast was deleted; nobody else gets it', {
          broadcast: copy.broadcast,
        });
        return false;
      default:
        return report satisfies never;
    }
  }

  private async settle(copy: BroadcastCopy, outcome: BroadcastOutcome, isUnreachable = false): Promise<void> {
    const { database, clock } = this.parts;
    await this.patiently(copy, () =>
      isUnreachable
        ? database.transaction(async ({ broadcasts }) => {
            await broadcasts.settle(copy, outcome, clock.now());
            await broadcasts.setUnreachable(copy.person, clock.now());
          })
        : database.stores.broadcasts.settle(copy, outcome, clock.now()),
    );
  }

  private async putOff(copy: BroadcastCopy, seconds: number, isTry: boolean): Promise<void> {
    const { database, clock, worker } = this.parts;
    await this.patiently(copy, () =>
      database.transaction(async ({ broadcasts }) => {
        await broadcasts.giveBack([copy], worker, isTry);
        await broadcasts.putOff(copy.broadcast, secondsAfter(clock.now(), Math.min(seconds, longestWait)));
      }),
    );
  }

  /**
   * Writes it down also when the database is away for a moment: what was sent would go again otherwise, and what was not
   * would lie in our hands until its lease is over.
   */
  private patiently<Result>(about: Partial<BroadcastCopy>, write: () => Promise<Result>): Promise<Result> {
    const { sleep, log } = this.parts;
    return retryWrite(write, sleep, (error) =>
      log.warn('what became of a broadcast could not be written down; it is tried again', {
        ...about,
        error,
      }),
    );
  }

  private async showNowAndThen(id: string): Promise<void> {
    if (this.parts.clock.ticks() - this.shownAt >= showSeconds) await this.show(id);
  }

  /** How far it is. That this fails stops nothing: the next one says it as well. */
  private async show(id: string): Promise<void> {
    const { database, channel, clock, log } = this.parts;
    this.shownAt = clock.ticks();
    try {
      const progress = await database.stores.broadcasts.find(id);
      if (progress !== null) await channel.show(progress);
    } catch (error) {
      log.warn('how far a broadcast is could not be shown', { broadcast: id, error });
    }
  }
}
