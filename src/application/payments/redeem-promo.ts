import { IsString } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { codeOf, type PromoGift, promoGift } from '../../domain/payments/promo.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';

export class PromoEntered {
  /** Whatever was typed or stood in a link. */
  @IsString() code!: string;
}

export type Redeemed = PromoGift & {
  /** `false`: they had them before. */
  readonly isNew: boolean;
};

type Parts = Needs<'promos' | 'ledger' | 'allowances', 'clock'> & {
  readonly policy: Pick<Policy, 'allowances'>;
};

/** Gives somebody what a promo code gives, once a person: credits at once, percent with the next pack they buy. */
export class RedeemPromo {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `promo_refused`, the same for every code that gives nothing; `promo_waits`; `allowance_spent`, `too_many_credits` */
  async execute(given: Sent<PromoEntered>, { owner }: { readonly owner: UserId }): Promise<Redeemed> {
    const { database, policy, clock } = this.parts;
    const code = codeOf(checkedInput(PromoEntered, given).code);
    const now = clock.now();
    // Not in the transaction below: what a refusal undoes would not be counted, and codes could be guessed.
    await useAllowance(database.stores, policy, { owner, kind: 'promo_codes' }, now);
    return database.transaction(async ({ promos, ledger }) => {
      const promo = code === null ? null : await promos.find(code);
      if (promo === null) throw new DomainError({ code: 'promo_refused' });
      const { credits, percent } = promo;
      const gift = { credits, percent } as PromoGift;
      const isNew = await promos.redeem(promo, owner, now);
      if (!isNew && (await promos.has(promo.code, owner))) return { ...gift, isNew };
      // A refusal undoes what was just written. One answer, too, to whoever has another code waiting.
      if (!(await promos.use(promo.code, now))) throw new DomainError({ code: 'promo_refused' });
      if (!isNew) throw new DomainError({ code: 'promo_waits' });
      await ledger.write(promoGift(promo, owner), now);
      return { ...gift, isNew: true };
    });
  }
}
