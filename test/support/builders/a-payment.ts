import type { Payment } from '../../../src/domain/payments/payment.js';
import type { Subscription } from '../../../src/domain/payments/subscription.js';
import { longAgo, nextNumber, nextUuid, secondsLater, someone } from './ids.js';

/** Fifty credits that somebody paid a hundred Stars for. */
export const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  id: nextUuid(),
  charge: `charge-${nextNumber()}`,
  user: someone,
  offer: { id: 'small', version: 1 },
  ...{ credits: 50, bonus: 0, stars: 100, status: 'paid', taken: 0, refusals: 0, until: null, toldAt: null },
  ...{ expiresAt: null, expired: null, refundBegunAt: null, refundedAt: null, settledAt: null },
  paidAt: longAgo,
  ...changes,
});

/** Begun, and not charged again yet. */
export const aSubscription = (changes: Partial<Subscription> = {}): Subscription => ({
  id: nextUuid(),
  user: someone,
  offer: { id: 'month', version: 1 },
  ...{ firstCharge: 'first', latestCharge: 'first', state: 'active', isEnding: false },
  until: secondsLater(2_592_000),
  ...changes,
});
