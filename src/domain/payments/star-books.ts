import type { UserId } from '../ids.js';

/** A Star in thousandths, which is what commissions are reckoned in. */
export const thousandths = 1000;

/**
 * How a payment can differ between the provider's books and ours. `only_here`: they do not know it. `amount`: they say
 * another number of Stars. `back_here_only`, `back_there_only`: it went back by one of the two books alone.
 */
export type DifferenceKind = 'only_here' | 'amount' | 'back_here_only' | 'back_there_only';

export interface Difference {
  readonly charge: string;
  readonly user: UserId;
  /** By our books. */
  readonly stars: number;
  readonly kind: DifferenceKind;
}

/** All payments together, by our books; `commission` and all that follows it in thousandths of a Star. */
export interface StarTotals {
  readonly paid: number;
  readonly refunded: number;
  /** Payments that differ, and what they came to. */
  readonly differing: number;
  readonly differingStars: number;
  /** What others got of payments that we kept. */
  readonly commission: number;
  /** When the end of the provider's books was read last; `null`: never, and nothing can differ. */
  readonly endAt: Date | null;
  /** What the provider says we have, and how much of it its books do not explain. `null`: it did not say. */
  readonly balance: number | null;
  readonly unexplained: number | null;
}

/**
 * What is in a balance beyond the sum of what moved it. Nobody has written down whether the amount of a payment with a
 * commission is given before or after it: what fits one of the two is explained.
 */
export function unexplainedOf(balance: number, moved: number, commission: number): number {
  const [one, other] = [balance - moved, balance - (moved - commission)];
  return Math.abs(one) <= Math.abs(other) ? one : other;
}
