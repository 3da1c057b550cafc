import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Subscription } from '../../domain/payments/subscription.js';
import type { Payments } from '../ports/money/payments.js';
import type { Needs } from '../ports/needs.js';

type Parts = Needs<'subscriptions', 'log'> & { readonly payments: Payments };

/** Ends what a person pays for every month: it is charged no more, and lasts as long as it is paid for. */
export class CancelSubscription {
  constructor(private readonly parts: Parts) {}

  /**
   * Returns it as it is now: `active` still when the provider refuses, and the person has to do it there.
   * @throws DomainError `not_found`, and what the provider throws when nobody knows whether it was done
   */
  async execute(id: string, owner: UserId): Promise<Subscription> {
    const subscription = await this.parts.database.stores.subscriptions.findOwned(id, owner);
    if (subscription === null) throw new DomainError({ code: 'not_found', what: 'subscription' });
    return this.cancel(subscription);
  }

  /** All of a person's, and how many of them the provider refused to end. */
  async all(owner: UserId): Promise<{ readonly canceled: number; readonly left: number }> {
    const before = await this.parts.database.stores.subscriptions.list(owner);
    let canceled = 0;
    let left = 0;
    for (const subscription of before.filter(({ state }) => state === 'active'))
      if ((await this.cancel(subscription)).state === 'canceled') canceled += 1;
      else left += 1;
    return { canceled, left };
  }

  private async cancel(subscription: Subscription): Promise<Subscription> {
    if (subscription.state !== 'active') return subscription;
    const { database, payments, log } = this.parts;
    const { user, offer, firstCharge } = subscription;
    const answer = await payments.cancelSubscription(user, firstCharge);
    if (answer.is === 'refused') {
      log.warn('the provider refuses to cancel a subscription', {
        charge: firstCharge,
        reason: answer.reason,
      });
      return subscription;
    }
    return database.transaction(async ({ subscriptions }) => {
      const now = (await subscriptions.lock(user, offer)) ?? subscription;
      // It failed meanwhile, or another one was begun.
      if (now.state !== 'active' || now.firstCharge !== firstCharge) return now;
      const next: Subscription = { ...now, state: 'canceled' };
      await subscriptions.put(next);
      return next;
    });
  }
}
