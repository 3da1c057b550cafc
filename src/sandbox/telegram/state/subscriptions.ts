import type { Collection, Journal } from './journal.js';
import type { InvoiceTerms } from './payments.js';

/** A promise to pay the same every month. Telegram names it by the charge id of its first payment. */
export interface Subscription {
  readonly firstChargeId: string;
  readonly personId: number;
  readonly terms: InvoiceTerms;
  /** Seconds since 1970: paid for until then. */
  readonly until: number;
  /** It will not be paid again, and lasts as long as it is paid for. */
  readonly isCanceled?: boolean;
  /** The bot cancelled it: the person cannot take that back. */
  readonly isCanceledByBot?: boolean;
  /** Its time is over, cancelled or not paid. */
  readonly isOver?: true;
}

export class Subscriptions {
  private readonly kept: Collection<Subscription>;

  constructor(journal: Journal) {
    this.kept = journal.collection('subscriptions');
  }

  find(firstChargeId: string): Subscription | undefined {
    return this.kept.get(firstChargeId);
  }

  /** Oldest first; a person may have several at once. */
  of(personId: number): Subscription[] {
    return [...this.kept.values()].filter((subscription) => subscription.personId === personId);
  }

  put(subscription: Subscription): void {
    this.kept.set(subscription.firstChargeId, subscription);
  }
}
