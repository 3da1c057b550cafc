import type { Payment } from '../../domain/payments/payment.js';
import { endsWith } from '../../domain/payments/subscription.js';
import type { Stores } from '../ports/stores/stores.js';

/** A payment has gone back: the subscription that it was for ends, and the provider is told so from now on. */
export async function endWithMonth(
  { subscriptions }: Pick<Stores, 'subscriptions'>,
  payment: Payment,
  now: Date,
): Promise<void> {
  const { user, offer, until } = payment;
  if (offer === null || until === null) return;
  const subscription = await subscriptions.lock(user, offer);
  if (subscription !== null && endsWith(subscription, payment, now))
    await subscriptions.put({ ...subscription, isEnding: true });
}
