import type { Payment } from '../../../src/domain/payments/payment.js';
import { longAgo, nextNumber, nextUuid, someone } from './ids.js';

/** Fifty credits that somebody paid a hundred Stars for. */
export const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  id: nextUuid(),
  charge: `charge-${nextNumber()}`,
  user: someone,
  offer: { id: 'small', version: 1 },
  ...{ credits: 50, stars: 100, status: 'paid', taken: 0, refusals: 0, until: null, toldAt: null },
  paidAt: longAgo,
  ...changes,
});
