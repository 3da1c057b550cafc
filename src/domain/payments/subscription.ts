import type { UserId } from '../ids.js';
import type { OfferRef } from './offer.js';
import type { Payment } from './payment.js';

/**
 * `canceled`: it is not charged again, and lasts as long as it is paid for. `failed`: it could not be charged, and is
 * over. Only the provider's own word changes it, or our request to cancel: never a date that passes.
 */
export const subscriptionStates = ['active', 'canceled', 'failed'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/** What a person pays for every month: one for each version of an offer, which is how the provider's news name it. */
export interface Subscription {
  /** A UUID: for buttons, which a charge is too long for. */
  readonly id: string;
  readonly user: UserId;
  readonly offer: OfferRef;
  /** The charge that it began with, by which the provider knows it. */
  readonly firstCharge: string;
  readonly latestCharge: string;
  /** Paid for until then. */
  readonly until: Date;
  readonly state: SubscriptionState;
}

/** A month that was paid for, and whether the subscription began with it; `null`: nobody said. */
export interface PaidMonth extends Pick<Payment, 'charge' | 'user'> {
  readonly offer: OfferRef;
  readonly until: Date;
  readonly isFirst: boolean | null;
}

/** What is known of a subscription after a payment, which may be told late. */
export function charged(known: Subscription | null, month: PaidMonth, newId: () => string): Subscription {
  const { charge, user, offer, until, isFirst } = month;
  if (known === null)
    return { id: newId(), user, offer, firstCharge: charge, latestCharge: charge, until, state: 'active' };
  if (until <= known.until) return isFirst === true ? { ...known, firstCharge: charge } : known;
  // One that has ended does not go on: it was begun anew.
  const begins = isFirst ?? known.state !== 'active';
  const firstCharge = begins ? charge : known.firstCharge;
  return { ...known, firstCharge, latestCharge: charge, until, state: 'active' };
}

/** Whether its person has something of it: it goes on, or is paid for still. */
export const isRunning = ({ state, until }: Subscription, now: Date): boolean =>
  state === 'active' || (state === 'canceled' && until > now);
