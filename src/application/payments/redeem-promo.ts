import { IsString } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { codeOf, promoGift } from '../../domain/payments/promo.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';

export class PromoEntered {
  /** Whatever was typed or stood in a link. */
  @IsString() code!: string;
}

export interface Redeemed {
  readonly credits: number;
  /** `false`: they had them before. */
  readonly isNew: boolean;
}

type Parts = Needs<'promos' | 'ledger' | 'allowances', 'clock'> & {
  readonly policy: Pick<Policy, 'allowances'>;
};

/** Gives somebody the credits of a promo code, once a person. */
export class RedeemPromo {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `promo_refused`, the same for every code that gives nothing; `allowance_spent`, `too_many_credits` */
  async execute(given: Sent<PromoEntered>, { owner }: { readonly owner: UserId }): Promise<Redeemed> {
    const { database, policy, clock } = this.parts;
    const code = codeOf(checkedInput(PromoEntered, given).code);
    const now = clock.now();
    // Not in the transaction below: what a refusal undoes would not be counted, and codes could be guessed.
    await useAllowance(database.stores, policy, { owner, kind: 'promo_codes' }, now);
    return database.transaction(async ({ promos, ledger }) => {
      const promo = code === null ? null : await promos.find(code);
      if (promo === null) throw new DomainError({ code: 'promo_refused' });
      const { credits } = promo;
      if (!(await promos.redeem(promo.code, owner, now))) return { credits, isNew: false };
      // Undoes what was just written.
      if (!(await promos.use(promo.code, now))) throw new DomainError({ code: 'promo_refused' });
      await ledger.write([promoGift(promo, owner)], now);
      return { credits, isNew: true };
    });
  }
}
