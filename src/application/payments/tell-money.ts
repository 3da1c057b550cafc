import { type UserId, userId } from '../../domain/ids.js';
import { longestWait, secondsAfter } from '../../domain/time.js';
import type { MoneyChannel, MoneyNotification } from '../ports/money/money-channel.js';
import type { Needs } from '../ports/needs.js';
import type { OwedMoneyMessage } from '../ports/stores/money/money-message-store.js';
import { DeliveryDelayed } from '../ports/transport.js';

/** Far longer than a try may take: then whoever had it is gone. */
const heldSeconds = 60;
const firstPause = 5;
const longestPause = 600;
/** Nobody wants to hear of it after that. */
const keptSeconds = 7 * 86_400;

type Touched = 'ledger' | 'moneyMessages' | 'payments' | 'referrals' | 'subscriptions';
type Parts = Needs<Touched, 'clock' | 'log'> & { readonly channel: MoneyChannel };

/**
 * Tells people what happened to their money, each thing once: what is owed is written with what happened, and goes when it
 * was said. A second time, when a process dies between the two, as with a picture.
 */
export class TellMoney {
  constructor(private readonly parts: Parts) {}

  /** All that is due, or what is due to one person. */
  async execute(user?: UserId): Promise<void> {
    const { database, clock } = this.parts;
    for (;;) {
      const now = clock.now();
      const owed = await database.stores.moneyMessages.take(now, secondsAfter(now, heldSeconds), user);
      if (owed === null) return;
      await this.settle(owed);
    }
  }

  /** The person has just been told how giving this payment back ended. */
  answered(charge: string): Promise<void> {
    return this.parts.database.stores.moneyMessages.remove({ kind: 'refund', subject: charge });
  }

  private async settle(owed: OwedMoneyMessage): Promise<void> {
    const { database, clock, channel, log } = this.parts;
    const { moneyMessages, payments } = database.stores;
    try {
      const notification = await this.notificationOf(owed);
      if (notification !== null) await channel.tell(owed.user, notification);
      if (notification?.kind === 'receipt') await payments.markTold(owed.subject, clock.now());
      await moneyMessages.remove(owed);
    } catch (error) {
      const { kind, user, tries, createdAt } = owed;
      log.warn('somebody could not be told of their money; it is tried again', { kind, user, tries, error });
      const now = clock.now();
      const pause = Math.min(longestPause, firstPause * 2 ** Math.min(tries - 1, 10));
      const asked = error instanceof DeliveryDelayed ? (error.retryAfter ?? 0) : 0;
      if (secondsAfter(createdAt, keptSeconds) > now)
        await moneyMessages.putOff(owed, secondsAfter(now, Math.min(longestWait, Math.max(pause, asked))));
      else {
        log.error('somebody was not told of their money for days, and is not any more', { kind, user });
        await moneyMessages.remove(owed);
      }
    }
  }

  /** `null`: there is nothing to say any more. */
  private async notificationOf({ kind, subject, user }: OwedMoneyMessage): Promise<MoneyNotification | null> {
    const { ledger, payments, referrals, subscriptions } = this.parts.database.stores;
    const { balance } = await ledger.account(user);
    if (kind === 'reward') {
      const referral = await referrals.find(userId(subject));
      return referral === null || referral.taken !== null
        ? null
        : { kind, balance, credits: referral.credits };
    }
    const payment = await payments.find(subject);
    if (payment === null) return null;
    if (kind === 'receipt') return payment.toldAt === null ? { kind, balance, payment } : null;
    // Asked for once more: how that ends is told then.
    if (payment.status === 'refunding') return null;
    const { offer, until } = payment;
    const subscription = offer === null || until === null ? null : await subscriptions.find(user, offer);
    return { kind, balance, payment, subscription };
  }
}
