import { type HookTrouble, isPastHope, pauseBefore } from '../../domain/hooks/event-hook.js';
import { secondsAfter } from '../../domain/time.js';
import type { EventSender, HookAnswer } from '../ports/hooks/event-sender.js';
import type { HookOwnerChannel } from '../ports/hooks/hook-owner-channel.js';
import type { HostedService } from '../ports/hosted-service.js';
import type { Needs } from '../ports/needs.js';
import type { DueHookMessage } from '../ports/stores/event-hook-store.js';

type FailedAnswer = Extract<HookAnswer, { kind: 'failed' }>;

/** Far longer than a try may take: then whoever had it is gone. */
const heldSeconds = 60;
const mostAtOnce = 20;
/** Addresses that fail take ten seconds each time: they get no more than half. */
const mostFailingAtOnce = 10;
const mostOfOneHook = 4;
/** Before an owner who could not be told is told again, and when nobody wants to hear of it any more. */
const tellAgainSeconds = 600;
const tellForSeconds = 7 * 86_400;

type Parts = Needs<'eventHooks', 'clock' | 'log'> & {
  readonly sender: EventSender;
  /** From 0 to below 1; `Math.random` unless given. */
  readonly chance?: () => number;
  /** `undefined` where there is no chat. */
  readonly owners: HookOwnerChannel | undefined;
};

/**
 * Sends what owners of event hooks are to hear, many at a time, few of them to one hook, and fewer to those that fail.
 * Rows are the truth: other processes send others, and what a killed one had comes again, under the same id.
 */
export class SendEvents implements HostedService {
  readonly role = 'worker';
  private readonly stopping = new AbortController();
  private isHosted = false;
  private isNudged = false;
  private sending: Promise<void> | null = null;
  private wake: () => void = () => undefined;

  constructor(private readonly parts: Parts) {}

  async start(): Promise<void> {
    this.isHosted = true;
  }

  /** What is under way is given up; it comes again. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('this process stops'));
    await this.sending;
  }

  /** Begins to send what is due, also while others are being sent. Does nothing in a process that is no worker. */
  nudge(): void {
    if (!this.isHosted) return;
    this.isNudged = true;
    this.wake();
    this.sending ??= this.sendWhileNudged();
  }

  /** Sends all that is due now, and tells the owners of hooks that were switched off. */
  async execute(): Promise<void> {
    const underWay = new Map<Promise<void>, DueHookMessage>();
    try {
      await this.sendDue(underWay);
    } finally {
      await Promise.all(underWay.keys());
    }
    await this.tellOwners();
  }

  /** A nudge that comes too late to be seen begins it anew. */
  private async sendWhileNudged(): Promise<void> {
    try {
      while (this.isNudged) {
        this.isNudged = false;
        await this.execute();
      }
    } catch (error) {
      this.parts.log.warn('webhooks wait; they are tried again', { error });
    } finally {
      this.sending = null;
    }
  }

  private async sendDue(underWay: Map<Promise<void>, DueHookMessage>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      // One slow address keeps nothing new waiting.
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      const next = underWay.size < mostAtOnce ? await this.take([...underWay.values()]) : null;
      if (next === null && underWay.size === 0) return;
      if (next === null) {
        await Promise.race([woken, ...underWay.keys()]);
        continue;
      }
      const trying = this.send(next).finally(() => underWay.delete(trying));
      underWay.set(trying, next);
    }
  }

  private take(underWay: readonly DueHookMessage[]): Promise<DueHookMessage | null> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const failing = underWay.filter(({ hook }) => hook.failingSince !== null);
    const full = underWay.filter(({ hook }) => {
      const most = hook.failingSince === null ? mostOfOneHook : 1;
      return underWay.filter((other) => other.hook.id === hook.id).length >= most;
    });
    const not = [...new Set(full.map(({ hook }) => hook.id))];
    const until = secondsAfter(now, heldSeconds);
    return database.stores.eventHooks.take(now, until, not, failing.length >= mostFailingAtOnce);
  }

  private async send(message: DueHookMessage): Promise<void> {
    const { database, clock, sender, log } = this.parts;
    const { id, hook, tries } = message;
    try {
      const answer = await sender.send(message, this.stopping.signal);
      if (answer.kind === 'taken') await database.stores.eventHooks.markSent(message, clock.now());
      else if (answer.kind === 'gone') await this.switchOff(message, 'answered_410');
      else await this.markFailed(message, answer);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      // Its row stays taken for a minute: then it is sent again.
      log.warn('a webhook could not be sent, or that could not be written down', {
        ...{ event: id, hook: hook.id, tries, error },
      });
    }
  }

  private async markFailed(message: DueHookMessage, { trouble, quietFor }: FailedAnswer): Promise<void> {
    const { database, clock, log, chance = Math.random } = this.parts;
    const now = clock.now();
    const pause = pauseBefore(message.tries, chance());
    const nextTryAt = pause === null ? null : secondsAfter(now, pause);
    const quietUntil = quietFor === undefined ? null : secondsAfter(now, quietFor);
    const failed = { trouble, now, nextTryAt, quietUntil };
    const hook = await database.stores.eventHooks.markFailed(message, failed);
    const about = { event: message.id, hook: message.hook.id, tries: message.tries, trouble, quietFor };
    log.info(pause === null ? 'a webhook is given up' : 'a webhook was not taken; it is sent again', about);
    if (hook !== null && isPastHope(hook, now)) await this.switchOff(message, trouble);
  }

  private async switchOff({ hook }: DueHookMessage, trouble: HookTrouble): Promise<void> {
    const { database, clock, log } = this.parts;
    if (await database.stores.eventHooks.switchOff(hook.id, trouble, clock.now()))
      log.warn('a webhook is switched off, its owner is told', { hook: hook.id, trouble });
  }

  private async tellOwners(): Promise<void> {
    const { database, clock, owners, log } = this.parts;
    if (owners === undefined) return;
    while (!this.stopping.signal.aborted) {
      const now = clock.now();
      const hook = await database.stores.eventHooks.takeUntold(now, secondsAfter(now, tellAgainSeconds));
      if (hook === null) return;
      try {
        await owners.tellSwitchedOff(hook);
        await database.stores.eventHooks.markTold(hook.id);
      } catch (error) {
        log.warn('somebody could not be told that a webhook is switched off', { hook: hook.id, error });
        if (secondsAfter(hook.switchedOffAt ?? now, tellForSeconds) <= now)
          await database.stores.eventHooks.markTold(hook.id);
      }
    }
  }
}
