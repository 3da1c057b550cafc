import type { Payment } from '../../domain/payments/payment.js';
import { endsWith } from '../../domain/payments/subscription.js';
import { secondsAfter } from '../../domain/time.js';
import type { Stores } from '../ports/stores/stores.js';

/** Whoever waits for an answer in the chat gets it before this, and is not told a second time. */
const answerSeconds = 60;

/**
 * It is known what became of giving a payment back: its person is told, and where the Stars are gone, the subscription that
 * it was for ends. The provider is told so from now on.
 */
export async function settleReturn(
  { subscriptions, moneyMessages }: Pick<Stores, 'subscriptions' | 'moneyMessages'>,
  payment: Payment,
  now: Date,
): Promise<void> {
  const { user, charge, offer, until, status } = payment;
  await moneyMessages.add({ kind: 'refund', subject: charge, user }, now, secondsAfter(now, answerSeconds));
  if (status === 'paid' || offer === null || until === null) return;
  const subscription = await subscriptions.lock(user, offer);
  if (subscription !== null && endsWith(subscription, payment, now))
    await subscriptions.put({ ...subscription, isEnding: true });
}
