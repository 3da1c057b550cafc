import type { UserId } from '../../../domain/ids.js';
import type { Promo } from '../../../domain/payments/promo.js';

/** Promo codes, and who has used which. */
export interface PromoStore {
  /** `false`: the code is kept already, be it ended, and nothing was written. */
  add(promo: Promo): Promise<boolean>;
  find(code: string): Promise<Promo | null>;
  /** Newest first. */
  list(): Promise<Promo[]>;
  /** From now on nobody gets it; one that has ended stays as it is. `false`: there is none. */
  end(code: string, now: Date): Promise<boolean>;
  /** Writes down that this person has it. `false`: they had it before; one who asks at the same moment is waited for. */
  redeem(code: string, user: UserId, now: Date): Promise<boolean>;
  /** The codes that somebody has had, as they are handed out; oldest first. */
  redeemed(user: UserId): Promise<{ readonly code: string; readonly at: Date }[]>;
  /** Takes one of its uses, exact however many ask at once. `false`: used up, over or ended, and nothing was written. */
  use(code: string, now: Date): Promise<boolean>;
}
