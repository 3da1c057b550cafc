import type { UserId } from '../ids.js';
import type { LedgerEntry } from '../ledger.js';

/** Credits that an operator takes from somebody. `entry` ties the entry to the act behind it. */
export const takenByOperator = (taken: {
  readonly user: UserId;
  readonly credits: number;
  readonly why: string;
  readonly entry: string;
}): LedgerEntry => ({
  user: taken.user,
  kind: 'payback',
  amount: -taken.credits,
  reason: `payback:operator:${taken.entry}:${taken.why}`,
});
