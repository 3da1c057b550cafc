import { DomainError } from '../../domain/errors.js';
import type { Operator } from '../../domain/operator/act.js';
import type { Promo } from '../../domain/payments/promo.js';
import type { CreatePromo } from '../payments/create-promo.js';
import type { Needs } from '../ports/needs.js';
import { redeemIntent } from './redeem-intent.js';

type Parts = Needs<'operatorActs' | 'operatorIntents' | 'promos', 'clock'> & {
  readonly createPromo: CreatePromo;
};

/** Makes the promo code that an operator was asked about, and has confirmed. */
export class ConfirmPromo {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `intent_over`, `invalid_input` */
  execute(id: string, { admin }: { readonly admin: Operator }): Promise<Promo> {
    const { database, clock, createPromo } = this.parts;
    return database.transaction(async (stores) => {
      const intended = await redeemIntent(stores, { id, admin }, clock.now());
      if (intended.act !== 'promo-create') throw new DomainError({ code: 'intent_over' });
      return createPromo.within(stores, intended.terms, { admin });
    });
  }
}
