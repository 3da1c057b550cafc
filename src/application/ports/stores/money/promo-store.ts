import type { UserId } from '../../../../domain/ids.js';
import type { Promo, WaitingBonus } from '../../../../domain/payments/promo.js';

export interface RedeemedCode {
  readonly code: string;
  readonly at: Date;
  /** Of one that gives them; `null`: it gave credits. */
  readonly percent: number | null;
  /** The payment that the percent went to; `null`: none yet. */
  readonly charge: string | null;
}

/** Promo codes, and who has used which. */
export interface PromoStore {
  /** `false`: the code is kept already, be it ended, and nothing was written. */
  add(promo: Promo): Promise<boolean>;
  find(code: string): Promise<Promo | null>;
  /** Newest first. */
  list(limit: number): Promise<Promo[]>;
  count(): Promise<number>;
  /** From now on nobody gets it; one that has ended stays as it is. `false`: there is none. */
  end(code: string, now: Date): Promise<boolean>;
  /**
   * Writes down that this person has it. `false`: they had it before, or it gives percent and another such code waits for
   * their next pack; one who asks at the same moment is waited for.
   */
  redeem(promo: Pick<Promo, 'code' | 'percent'>, user: UserId, now: Date): Promise<boolean>;
  has(code: string, user: UserId): Promise<boolean>;
  /** The codes that somebody has had, as they are handed out; oldest first. */
  redeemed(user: UserId): Promise<RedeemedCode[]>;
  /** What waits for the next pack that they buy. */
  waiting(user: UserId): Promise<WaitingBonus | null>;
  /** What waited goes to this payment. `false`: it went to another one; one who asks at the same moment is waited for. */
  spend(code: string, user: UserId, charge: string): Promise<boolean>;
  /** Takes one of its uses, exact however many ask at once. `false`: used up, over or ended, and nothing was written. */
  use(code: string, now: Date): Promise<boolean>;
}
