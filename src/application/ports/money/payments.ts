import type { UserId } from '../../../domain/ids.js';
import type { Offer } from '../../../domain/payments/offer.js';

/** How Telegram's books name one movement of Stars. */
export interface Transaction {
  /** For a payment and for its refund the charge id. */
  readonly id: string;
  /** `payment`: somebody paid an invoice of this bot. `refund`: such a payment went back. `other`: what is not ours to book. */
  readonly kind: 'payment' | 'refund' | 'other';
  /** Whose payment. `null` for `other`. */
  readonly user: UserId | null;
  /** What the invoice carries; empty where there is none. */
  readonly payload: string;
  /** Stars, whole, never negative. */
  readonly stars: number;
  readonly at: Date;
  /** Of a subscription: the end of the month that was paid for. */
  readonly until: Date | null;
  /** What others got of a payment; thousandths of a Star, never negative. */
  readonly commission: number;
  /** What it changed the balance by; thousandths of a Star. */
  readonly moved: number;
}

/** `refused`: it will never be given back so; `reason` in the provider's words. */
export type RefundAnswer = { readonly is: 'refunded' } | { readonly is: 'refused'; readonly reason: string };

/** `refused`: it cannot be cancelled so, or is none any more; `reason` in the provider's words. */
export type CancelAnswer = { readonly is: 'canceled' } | { readonly is: 'refused'; readonly reason: string };

/** What an invoice says, in the language of whoever is to pay. */
export interface InvoiceWords {
  /** 1-32 characters. */
  readonly title: string;
  /** 1-255 characters. */
  readonly about: string;
}

/** Takes people's money and gives it back. */
export interface Payments {
  /** An address that opens the invoice; whoever opens it may pay, any number of times. */
  invoice(offer: Offer, words: InvoiceWords): Promise<string>;
  /**
   * Gives a whole payment back. One that was given back before is `refunded`.
   * Throws when nobody knows whether it was done.
   */
  refund(user: UserId, charge: string): Promise<RefundAnswer>;
  /**
   * Ends a subscription with the month that is paid for; one that was cancelled before is `canceled`.
   * Throws when nobody knows whether it was done.
   * @param firstCharge of the payment that it began with
   */
  cancelSubscription(user: UserId, firstCharge: string): Promise<CancelAnswer>;
  /** At most 100 movements from place `from` on, counted from 0, oldest first. */
  transactions(from: number): Promise<readonly Transaction[]>;
  /** What we have; thousandths of a Star, below zero where more was taken back than there was. */
  balance(): Promise<number>;
}
