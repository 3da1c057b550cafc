import type { Offer } from '../../domain/payments/offer.js';

/** What the operator sells. Without an offer nothing is sold. */
export interface Sales {
  /** In the order in which they are shown. */
  readonly offers: readonly Offer[];
  /** So many days after paying a person may give an untouched payment back by themselves; 0: never. */
  readonly refundDays: number;
  /** What somebody gets whose friend orders after a first payment; 0: nothing. */
  readonly referralCredits: number;
}
