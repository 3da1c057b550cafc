import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { mostCredits } from '../../domain/ledger.js';
import { type Offer, readPayload } from '../../domain/payments/offer.js';
import { mayEnter } from '../account/access.js';
import type { Policy } from '../policy/policy.js';
import type { Sales } from '../policy/sales.js';
import type { Needs } from '../ports/needs.js';

export interface Checkout {
  readonly payer: UserId;
  readonly payload: string;
  /** ISO 4217, or `XTR` for Telegram Stars. */
  readonly currency: string;
  readonly amount: number;
}

type Parts = Needs<'payments' | 'ledger'> & { readonly policy: Policy; readonly sales: Sales };

/** Says whether a payment may go on. Nothing is written: nobody has paid yet. */
export class CheckCheckout {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_allowed`, `offer_gone`, `too_many_credits` */
  async execute({ payer, payload, currency, amount }: Checkout): Promise<Offer> {
    const { database, policy, sales } = this.parts;
    if (!mayEnter(policy, payer)) throw new DomainError({ code: 'not_allowed' });
    const ref = readPayload(payload);
    // An old version is sold as long as the offer is: what stands on the invoice is what is paid and got.
    const isSold = sales.offers.some(({ id }) => id === ref?.id);
    const [terms, account] = await Promise.all([
      ref !== null && isSold ? database.stores.payments.terms(ref) : null,
      database.stores.ledger.account(payer),
    ]);
    if (terms === null || currency !== 'XTR' || amount !== terms.stars)
      throw new DomainError({ code: 'offer_gone' });
    if (account.balance + account.held + terms.credits > mostCredits)
      throw new DomainError({ code: 'too_many_credits', limit: mostCredits });
    return terms;
  }
}
