import type { Payment } from './payment.js';

/** One payment, and how many of its credits nobody has spent. */
export interface Lot {
  readonly payment: Payment;
  readonly left: number;
}

/**
 * What is left of each payment follows from what a person has, since what came first is spent first: the newest payment
 * is the last one to be touched. So spending writes nothing but its own entries.
 * @param payments of one person, newest first
 * @param balance what they can spend; what is set aside for open jobs counts as spent
 */
export function lotsOf(payments: readonly Payment[], balance: number): Lot[] {
  let newer = 0;
  return payments.map((payment) => {
    const counts = payment.status === 'paid';
    const left = counts ? Math.min(Math.max(balance - newer, 0), payment.credits) : 0;
    if (counts) newer += payment.credits;
    return { payment, left };
  });
}

/** Nobody has spent any of it. */
export const isUntouched = ({ payment, left }: Lot): boolean =>
  payment.status === 'paid' && left === payment.credits;
