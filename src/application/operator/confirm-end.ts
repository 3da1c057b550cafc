import { DomainError } from '../../domain/errors.js';
import type { Operator } from '../../domain/operator/act.js';
import type { IntendedEnd } from '../../domain/operator/intent.js';
import type { EndPromo } from '../payments/end-promo.js';
import type { Needs } from '../ports/needs.js';
import type { EndAccessLink } from './access/end-access-link.js';
import { redeemIntent } from './redeem-intent.js';

type Parts = Needs<'accessLinks' | 'operatorActs' | 'operatorIntents' | 'promos', 'clock'> & {
  readonly endPromo: EndPromo;
  readonly endAccessLink: EndAccessLink;
};

/** Ends the promo code or the link that an operator was asked about, and has confirmed. */
export class ConfirmEnd {
  constructor(private readonly parts: Parts) {}

  /** Returns what was ended. @throws DomainError `intent_over`, `not_found` */
  execute(id: string, by: { readonly admin: Operator }): Promise<IntendedEnd> {
    const { database, clock, endPromo, endAccessLink } = this.parts;
    return database.transaction(async (stores) => {
      const intended = await redeemIntent(stores, { id, admin: by.admin }, clock.now());
      switch (intended.act) {
        case 'promo-end':
          await endPromo.within(stores, intended.code, by);
          return intended;
        case 'access-link-end':
          await endAccessLink.within(stores, { code: intended.code }, by);
          return intended;
        default:
          throw new DomainError({ code: 'intent_over' });
      }
    });
  }
}
