import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Subscription } from '../../domain/payments/subscription.js';
import type { Payments } from '../ports/money/payments.js';
import type { Needs } from '../ports/needs.js';

type Parts = Needs<'subscriptions', 'log'> & { readonly payments: Payments };

const endingAtOnce = 20;

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

  /** Those of which a month went back. Whoever cannot be asked about is asked about again, the next time. */
  async settle(): Promise<void> {
    const { database, log } = this.parts;
    for (const subscription of await database.stores.subscriptions.ending(endingAtOnce)) {
      const settled = await this.cancel(subscription).catch((error: unknown) => {
        log.warn('nobody knows yet whether a subscription was cancelled; it is asked again', {
          charge: subscription.firstCharge,
          error,
        });
        return null;
      });
      if (settled?.isEnding === true) await this.leave(settled);
    }
  }

  /** It is over, or the provider refuses: asking again changes nothing. */
  private async leave({ user, offer, firstCharge, state }: Subscription): Promise<void> {
    const { database, log } = this.parts;
    await database.transaction(async ({ subscriptions }) => {
      const now = await subscriptions.lock(user, offer);
      if (now?.firstCharge === firstCharge) await subscriptions.put({ ...now, isEnding: false });
    });
    if (state === 'active')
      log.error('a month went back, and the provider refuses to cancel its subscription', {
        charge: firstCharge,
        user,
      });
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
      const next: Subscription = { ...now, state: 'canceled', isEnding: false };
      await subscriptions.put(next);
      return next;
    });
  }
}
