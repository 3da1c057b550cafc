import type { UserId } from '../ids.js';
import { secondsAfter } from '../time.js';
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
  /** A month of it went back: the provider is to be told that it ends, until it says that it does. */
  readonly isEnding: boolean;
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
    return {
      id: newId(),
      user,
      offer,
      firstCharge: charge,
      latestCharge: charge,
      until,
      state: 'active',
      isEnding: false,
    };
  if (until <= known.until) return isFirst === true ? { ...known, firstCharge: charge } : known;
  // One that has ended does not go on: it was begun anew.
  const begins = isFirst ?? known.state !== 'active';
  const firstCharge = begins ? charge : known.firstCharge;
  const isEnding = known.isEnding && !begins;
  return { ...known, firstCharge, latestCharge: charge, until, state: 'active', isEnding };
}

const daySeconds = 86_400;

/**
 * Whether it ends because this payment for it went back: whoever has a month's Stars again does not want to be charged for
 * the next. A month that is long over is given back for other reasons. The day is for a charge that comes meanwhile.
 */
export const endsWith = (
  { state, latestCharge }: Subscription,
  { charge, until }: Pick<Payment, 'charge' | 'until'>,
  now: Date,
): boolean =>
  state === 'active' && until !== null && (charge === latestCharge || secondsAfter(until, daySeconds) > now);

/** Whether its person has something of it: it goes on, or is paid for still. */
export const isRunning = ({ state, until }: Subscription, now: Date): boolean =>
  state === 'active' || (state === 'canceled' && until > now);
