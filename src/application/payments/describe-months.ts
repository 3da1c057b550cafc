import type { UserId } from '../../domain/ids.js';
import type { Offer } from '../../domain/payments/offer.js';
import { isRunning, type Subscription } from '../../domain/payments/subscription.js';
import type { Needs } from '../ports/needs.js';
import { type ExpiringCredits, expiringCredits } from './months.js';

/** What somebody pays for every month, and what of their credits goes with a month. */
export interface Months {
  readonly subscriptions: readonly (Subscription & { readonly terms: Offer })[];
  /** The next to go first. */
  readonly expiring: readonly ExpiringCredits[];
}

export class DescribeMonths {
  constructor(private readonly parts: Needs<'payments' | 'subscriptions' | 'ledger', 'clock'>) {}

  async execute(user: UserId): Promise<Months> {
    const { clock, database } = this.parts;
    const { payments, subscriptions, ledger } = database.stores;
    const [all, { balance }] = await Promise.all([subscriptions.list(user), ledger.account(user)]);
    const running = await Promise.all(
      all
        .filter((each) => isRunning(each, clock.now()))
        .map(async (each) => ({ ...each, terms: await payments.terms(each.offer) })),
    );
    return {
      subscriptions: running.flatMap(({ terms, ...each }) => (terms === null ? [] : [{ ...each, terms }])),
      expiring: await expiringCredits(database.stores, user, balance),
    };
  }
}
