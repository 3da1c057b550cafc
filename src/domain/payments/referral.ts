import type { UserId } from '../ids.js';
import type { LedgerEntry } from '../ledger.js';

/** Somebody's first start by the link of another. */
export interface Referral {
  readonly friend: UserId;
  /** Whose link it was. */
  readonly by: UserId;
  readonly at: Date;
  /** The payment behind the friend's first order, which earned the reward; `null`: not yet. */
  readonly charge: string | null;
  readonly credits: number;
  /** What was taken back of the reward with that payment; `null`: nothing had to be. */
  readonly taken: number | null;
}

const account = ({ friend }: Referral): string => `referral:${friend}`;

export const reward = (referral: Referral): LedgerEntry => ({
  user: referral.by,
  kind: 'grant',
  amount: referral.credits,
  reason: `grant:${account(referral)}`,
});

/** What is left of it: never more than they can spend, so never below zero. */
export const leftOfReward = ({ credits }: Referral, balance: number): number =>
  Math.min(credits, Math.max(balance, 0));

export const rewardTakenBack = (referral: Referral, left: number): LedgerEntry[] =>
  left === 0
    ? []
    : [{ user: referral.by, kind: 'payback', amount: -left, reason: `payback:${account(referral)}` }];
