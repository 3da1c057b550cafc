import type { UserId } from '../../../../domain/ids.js';
import type { OfferRef } from '../../../../domain/payments/offer.js';
import type { Subscription } from '../../../../domain/payments/subscription.js';

export interface SubscriptionStore {
  /** That of a person to a version of an offer: there is one at most. */
  find(user: UserId, offer: OfferRef): Promise<Subscription | null>;
  /** The same, locked until the end of the transaction. */
  lock(user: UserId, offer: OfferRef): Promise<Subscription | null>;
  /** By its own id; `null` also for somebody else's. */
  findOwned(id: string, user: UserId): Promise<Subscription | null>;
  /** The one that is paid for longest first. */
  list(user: UserId): Promise<Subscription[]>;
  /** Those that the provider is to be told of that they end. */
  ending(limit: number): Promise<Subscription[]>;
  /** Writes it, or what is new of it; its id, person and offer stay. */
  put(subscription: Subscription): Promise<void>;
}
