import type { UserId } from '../../domain/ids.js';
import { readPayload } from '../../domain/payments/offer.js';
import type { Subscription, SubscriptionState } from '../../domain/payments/subscription.js';
import type { Needs } from '../ports/needs.js';

/** What the provider says of a subscription. */
export interface SubscriptionUpdate {
  readonly user: UserId;
  /** What its invoice carries. */
  readonly payload: string;
  readonly state: SubscriptionState;
}

/** Keeps what the provider says became of a subscription. */
export class NoteSubscription {
  constructor(private readonly parts: Needs<'subscriptions', 'log'>) {}

  /** Returns it as it was before; `null`: we know of none. */
  execute({ user, payload, state }: SubscriptionUpdate): Promise<Subscription | null> {
    const offer = readPayload(payload);
    return this.parts.database.transaction(async ({ subscriptions }) => {
      const before = offer === null ? null : await subscriptions.lock(user, offer);
      if (before === null)
        this.parts.log.warn('there is news of a subscription that nobody knows', { user, state });
      else await subscriptions.put({ ...before, state });
      return before;
    });
  }
}
