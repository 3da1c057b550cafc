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
    // What is over holds nothing: its rest went with the month.
    const counts = payment.status === 'paid' && payment.expired === null;
    const left = counts ? Math.min(Math.max(balance - newer, 0), payment.credits) : 0;
    if (counts) newer += payment.credits;
    return { payment, left };
  });
}

/** Nobody has spent any of it. */
export const isUntouched = ({ payment, left }: Lot): boolean =>
  payment.status === 'paid' && left === payment.credits;

/**
 * What would go if the month ended now. What a person has spent since they paid for it counts as the month's first, for
 * what does not expire can wait: so never more goes than is left of it either way.
 * @param spent on jobs since it was paid for
 */
export const leftOfMonth = ({ payment, left }: Lot, spent: number): number =>
  Math.min(left, Math.max(payment.credits - Math.max(spent, 0), 0));
