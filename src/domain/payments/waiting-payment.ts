import { secondsAfter } from '../time.js';
import type { Payment } from './payment.js';

/**
 * What a payment waits for an operator with. `refund`: nobody says whether its Stars went back. `offer`: it names no offer
 * of ours, so it brought nothing, and the Stars are here.
 */
export const payWaits = ['refund', 'offer'] as const;
export type PayWaits = (typeof payWaits)[number];

/** Some ten tries of the reconciliation. */
const patienceSeconds = 1800;

/** A refund that was begun before then and has no answer is an operator's. */
export const unansweredSince = (now: Date): Date => secondsAfter(now, -patienceSeconds);

/** `null`: it waits for nobody. */
export function waitsWith(payment: Payment, now: Date): PayWaits | null {
  const { status, credits, settledAt, refundBegunAt, paidAt } = payment;
  if (status === 'refunding') return (refundBegunAt ?? paidAt) <= unansweredSince(now) ? 'refund' : null;
  return status === 'paid' && credits === 0 && settledAt === null ? 'offer' : null;
}
