import type { UserId } from '../../../../domain/ids.js';
import type { Offer, OfferRef } from '../../../../domain/payments/offer.js';
import type { Payment, PaymentStatus } from '../../../../domain/payments/payment.js';

export interface PaymentStore {
  /**
   * Keeps the terms under which offers are sold; those of a version never change.
   * @returns the offers whose version is kept with other terms: nothing is written of them
   */
  keepOffers(offers: readonly Offer[]): Promise<readonly Offer[]>;
  /** The terms of a version, also of one that is sold no more. */
  terms(offer: OfferRef): Promise<Offer | null>;
  /** `false`: a payment with this charge is kept already, and nothing was written. */
  add(payment: Payment): Promise<boolean>;
  /** A promo code puts credits on top. Within the transaction that adds it. */
  raise(payment: Pick<Payment, 'charge' | 'credits' | 'bonus'>): Promise<void>;
  /** An operator has said what it is worth: it brings these credits since `settledAt`, and its receipt is to be shown anew. */
  settle(payment: Pick<Payment, 'charge' | 'credits' | 'settledAt'>): Promise<void>;
  find(charge: string): Promise<Payment | null>;
  /** By its own id; `null` also for somebody else's. */
  findOwned(id: string, user: UserId): Promise<Payment | null>;
  /** Locks it until the end of the transaction. */
  lock(charge: string): Promise<Payment | null>;
  /** Newest first. */
  list(user: UserId): Promise<Payment[]>;
  /** Writes status, taken, refusals, and when it was begun to go back and went back of the next state. `false`: it was not in `expected` any more. */
  change(next: Payment, expected: PaymentStatus): Promise<boolean>;
  /** Refunds that were begun before and of which nobody knows yet how they ended, oldest first. */
  refunding(limit: number): Promise<Payment[]>;
  /**
   * Those that wait for an operator, see `waitsWith`, oldest first: refunds begun by `unansweredSince`, and payments that
   * brought nothing.
   */
  waiting(unansweredSince: Date, limit: number): Promise<Payment[]>;
  /** Those whose credits expire and whose month is over, while nothing else became of them; what is over longest first. */
  over(now: Date, limit: number): Promise<Payment[]>;
  /** So many credits went with the month. `false`: they went before, or it is not `paid` any more. */
  expire(charge: string, expired: number): Promise<boolean>;
  /** Its receipt was shown. */
  markTold(charge: string, now: Date): Promise<void>;
  /** Whether anybody has ever paid. */
  any(): Promise<boolean>;
}
