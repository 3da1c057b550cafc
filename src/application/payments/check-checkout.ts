import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { mostCredits } from '../../domain/ledger.js';
import { type Offer, readPayload } from '../../domain/payments/offer.js';
import { extraCredits } from '../../domain/payments/promo.js';
import { refuseStrangers } from '../account/access.js';
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

type Parts = Needs<'admissions' | 'payments' | 'promos' | 'subscriptions' | 'ledger', 'clock'> & {
  readonly policy: Policy;
  readonly sales: Sales;
};

/** Says whether a payment may go on. Nothing is written: nobody has paid yet. */
export class CheckCheckout {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_allowed`, `offer_gone`, `subscribed`, `too_many_credits` */
  async execute({ payer, payload, currency, amount }: Checkout): Promise<Offer> {
    const { database, sales, clock } = this.parts;
    await refuseStrangers(this.parts, payer);
    const ref = readPayload(payload);
    // An old version is sold as long as the offer is: what stands on the invoice is what is paid and got.
    const isSold = sales.offers.some(({ id }) => id === ref?.id);
    const [terms, subscriptions, account, waiting] = await Promise.all([
      ref !== null && isSold ? database.stores.payments.terms(ref) : null,
      database.stores.subscriptions.list(payer),
      database.stores.ledger.account(payer),
      database.stores.promos.waiting(payer),
    ]);
    if (terms === null || currency !== 'XTR' || amount !== terms.stars)
      throw new DomainError({ code: 'offer_gone' });
    const running = subscriptions.find(({ offer, state }) => offer.id === terms.id && state === 'active');
    // Nobody wants to pay twice for one month, and of two the provider's news would not say which. Its renewal may be asked for.
    if (running !== undefined && running.until > clock.now())
      throw new DomainError({ code: 'subscribed', until: running.until });
    const extra = terms.kind === 'pack' ? extraCredits(terms.credits, waiting?.percent ?? 0) : 0;
    if (account.balance + account.held + terms.credits + extra > mostCredits)
      throw new DomainError({ code: 'too_many_credits', limit: mostCredits });
    return terms;
  }
}
