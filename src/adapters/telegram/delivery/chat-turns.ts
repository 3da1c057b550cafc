import { FairSemaphore } from '../../../application/policy/fair-semaphore.js';
import { DeliveryDelayed, type DeliveryReport } from '../../../application/ports/transport.js';
import type { Timing } from '../timing.js';
import type { SendRateLimiter } from './send-rate-limiter.js';

/** Deliveries to one chat that wait here, each in a place of the queue's runner. Others come again. */
const waitingAtMost = 4;
/** About as long as those who wait need: one a second. */
const comeAgainSeconds = waitingAtMost;
/** Whoever waited longer than this comes again, so that a stop waits for what hangs and for nothing behind it. */
const patienceMilliseconds = 10_000;

/**
 * One lane for each chat: deliveries to it leave one after the other, each once the one before is written down and
 * tidied up after. Chats do not wait for each other. Of all chats only so many deliveries are in Telegram's hands, sent
 * and not yet written down: if the process is killed, these may be sent twice.
 */
export class ChatTurns {
  private readonly chats = new FairSemaphore({ atOnce: Number.POSITIVE_INFINITY, each: 1 });
  private readonly hands: FairSemaphore;

  /** @param sendsAtOnce over all chats, at least 1 */
  constructor(
    sendsAtOnce: number,
    private readonly limiter: SendRateLimiter,
    private readonly timing: Pick<Timing, 'milliseconds'>,
  ) {
    this.hands = new FairSemaphore({ atOnce: sendsAtOnce, each: sendsAtOnce });
  }

  /**
   * Runs `send` in the lane of its chat. The report must be told whether the hand-over is stored: that makes room.
   * @throws DeliveryDelayed when too many wait in this chat, and what `send` throws
   */
  async deliver(chat: number, send: () => Promise<DeliveryReport>): Promise<DeliveryReport> {
    const key = String(chat);
    if (this.chats.waiting(key) >= waitingAtMost)
      throw new DeliveryDelayed('others are being sent to this chat', comeAgainSeconds);
    const since = this.timing.milliseconds();
    const leave = await turnIn(this.chats, key);
    let letGo: () => void = () => undefined;
    const over = () => {
      letGo();
      leave();
    };
    try {
      if (this.timing.milliseconds() - since > patienceMilliseconds)
        throw new DeliveryDelayed('something hangs that is being sent to this chat', comeAgainSeconds);
      await this.limiter.turn(key);
      letGo = await turnIn(this.hands, key);
      const report = await send();
      if (report.kind === 'sent') return heldUntilStored(report, letGo, leave);
      over();
      return report;
    } catch (error) {
      over();
      throw error;
    }
  }
}

function heldUntilStored(
  report: Extract<DeliveryReport, { kind: 'sent' }>,
  letGo: () => void,
  leave: () => void,
): DeliveryReport {
  const { tidyUp } = report;
  return {
    kind: 'sent',
    written: (isStored) => {
      letGo();
      if (!isStored || tidyUp === undefined) leave();
    },
    ...(tidyUp === undefined ? {} : { tidyUp: () => tidyUp().finally(leave) }),
  };
}

/** Resolves when its turn has come, with the function that ends it. */
const turnIn = (semaphore: FairSemaphore, key: string): Promise<() => void> =>
  new Promise((begin) => void semaphore.run(key, () => new Promise<void>((end) => begin(end))));
