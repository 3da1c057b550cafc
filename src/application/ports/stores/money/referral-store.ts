import type { UserId } from '../../../../domain/ids.js';
import type { Referral } from '../../../../domain/payments/referral.js';

/** Who came by whose link. */
export interface ReferralStore {
  /** Once for each friend; nothing is written of one who is there. */
  add(referral: { readonly friend: UserId; readonly by: UserId; readonly at: Date }): Promise<void>;
  find(friend: UserId): Promise<Referral | null>;
  /** All who came by somebody's link; the first to come first. */
  broughtBy(by: UserId): Promise<Referral[]>;
  /** How many came by somebody's link, and of how many the reward is theirs. */
  of(by: UserId): Promise<{ readonly came: number; readonly rewarded: number }>;
  /** Friends who have a payment and, after it, an order that was charged for; each with the first such payment. */
  earned(limit: number): Promise<{ readonly friend: UserId; readonly charge: string }[]>;
  /** Writes down what earned the reward. `null`: it was earned before, and nothing was written. */
  reward(friend: UserId, charge: string, credits: number): Promise<Referral | null>;
  /** Rewarded ones whose payment is gone again, and of which nothing was taken back. */
  lost(limit: number): Promise<Referral[]>;
  /** `false`: that was done before. */
  takeBack(friend: UserId, taken: number): Promise<boolean>;
}
