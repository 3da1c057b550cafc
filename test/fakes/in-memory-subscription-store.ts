import type { SubscriptionStore } from '../../src/application/ports/stores/money/subscription-store.js';
import type { UserId } from '../../src/domain/ids.js';
import { type OfferRef, payloadOf } from '../../src/domain/payments/offer.js';
import type { Subscription } from '../../src/domain/payments/subscription.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

export class InMemorySubscriptionStore implements SubscriptionStore {
  constructor(private readonly access: Access) {}

  find(user: UserId, offer: OfferRef): Promise<Subscription | null> {
    return this.access(({ money }) => money.subscriptions.get(keyOf(user, offer)) ?? null);
  }

  /** One transaction at a time here: nothing to lock. */
  lock(user: UserId, offer: OfferRef): Promise<Subscription | null> {
    return this.find(user, offer);
  }

  findOwned(id: string, user: UserId): Promise<Subscription | null> {
    return this.access((state) => ofUser(state, user).find((each) => each.id === id) ?? null);
  }

  list(user: UserId): Promise<Subscription[]> {
    return this.access((state) =>
      ofUser(state, user).sort(
        (one, other) => other.until.getTime() - one.until.getTime() || (one.id < other.id ? -1 : 1),
      ),
    );
  }

  ending(limit: number): Promise<Subscription[]> {
    return this.access(({ money }) =>
      [...money.subscriptions.values()]
        .filter(({ isEnding }) => isEnding)
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  put(subscription: Subscription): Promise<void> {
    return this.access((state) => {
      requireUser(state, subscription.user);
      const { subscriptions, payments } = state.money;
      const { user, offer, firstCharge, latestCharge } = subscription;
      for (const charge of [firstCharge, latestCharge])
        if (!payments.has(charge)) throw new Error(`there is no payment ${charge}`);
      const key = keyOf(user, offer);
      subscriptions.set(key, { ...subscription, id: subscriptions.get(key)?.id ?? subscription.id });
    });
  }
}

const keyOf = (user: UserId, offer: OfferRef): string => `${user} ${payloadOf(offer)}`;

const ofUser = ({ money }: State, user: UserId): Subscription[] =>
  [...money.subscriptions.values()].filter((each) => each.user === user);
