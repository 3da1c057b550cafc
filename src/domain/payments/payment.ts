import type { UserId } from '../ids.js';
import type { LedgerEntry } from '../ledger.js';
import type { OfferRef } from './offer.js';

/**
 * `refunding`: the credits are taken back and the Stars are on their way. `charged_back`: the Stars were taken from us,
 * by the store they were bought in or by a refund that we did not begin.
 */
export const paymentStatuses = ['paid', 'refunding', 'refunded', 'charged_back'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** One payment, which is a lot of credits. */
export interface Payment {
  /** A UUID: for buttons, which a charge is too long for. */
  readonly id: string;
  /** Telegram's `telegram_payment_charge_id`: unique for each payment, also of one invoice and of one subscription. */
  readonly charge: string;
  /** Whoever paid, not whoever the invoice was sent to. */
  readonly user: UserId;
  /** `null`: an invoice that is not ours, or whose terms nobody kept. Then it brought no credits. */
  readonly offer: OfferRef | null;
  /** All that it brought, what a promo code put on top included. */
  readonly credits: number;
  /** Percent that a promo code put on top; 0: none. */
  readonly bonus: number;
  readonly stars: number;
  readonly paidAt: Date;
  readonly status: PaymentStatus;
  /** Credits that a refund has taken back. */
  readonly taken: number;
  /** Refunds that were begun and that Telegram refused: each one's entries have names of their own. */
  readonly refusals: number;
  /** When the refund that is under way, or was the last one, was begun; `null`: none, or an earlier release did not keep it. */
  readonly refundBegunAt: Date | null;
  /** When the Stars were gone again; `null`: they are not, or an earlier release did not keep it. */
  readonly refundedAt: Date | null;
  /** Of a subscription: the end of the month that was paid for. */
  readonly until: Date | null;
  /** When what is left of it goes; `null`: never, as of all that the offer does not say it of. */
  readonly expiresAt: Date | null;
  /** Credits that went then; `null`: it has not come to that. */
  readonly expired: number | null;
  /** When an operator said what a payment for an unknown offer is worth; `null`: nobody has. */
  readonly settledAt: Date | null;
  /** When its receipt was shown; `null`: not yet. */
  readonly toldAt: Date | null;
}

/** What a payment writes. Nothing for one that brings no credits. */
export const bought = ({ user, charge, credits }: Payment): LedgerEntry[] =>
  credits === 0 ? [] : [{ user, kind: 'purchase', amount: credits, reason: purchaseOf(charge) }];

/** How the ledger names what a payment brought. */
export const purchaseOf = (charge: string): string => `purchase:${charge}`;

const refundOf = ({ charge, refusals }: Payment): string =>
  refusals === 0 ? charge : `${charge}#${refusals}`;

/** What is left of it is taken back, before the Stars go. */
export const takenBack = (payment: Payment, left: number): LedgerEntry[] =>
  left === 0
    ? []
    : [{ user: payment.user, kind: 'payback', amount: -left, reason: `payback:${refundOf(payment)}` }];

/** Telegram refused to give the Stars back: so the credits stay. */
export const givenAgain = (payment: Payment): LedgerEntry[] =>
  payment.taken === 0
    ? []
    : [{ user: payment.user, kind: 'refund', amount: payment.taken, reason: `refund:${refundOf(payment)}` }];

/** The Stars are gone without us: all of its credits go, spent or not, but for those that went with the month. */
export function chargedBack({ user, charge, credits, expired }: Payment): LedgerEntry[] {
  const gone = credits - (expired ?? 0);
  return gone === 0 ? [] : [{ user, kind: 'chargeback', amount: -gone, reason: `chargeback:${charge}` }];
}

/** The month is over, and what is left of it goes. */
export const monthOver = ({ user, charge }: Payment, left: number): LedgerEntry[] =>
  left === 0 ? [] : [{ user, kind: 'expiry', amount: -left, reason: `expiry:${charge}` }];
