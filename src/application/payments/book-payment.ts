import type { UserId } from '../../domain/ids.js';
import { readPayload } from '../../domain/payments/offer.js';
import { bought, type Payment } from '../../domain/payments/payment.js';
import { extraCredits } from '../../domain/payments/promo.js';
import { charged } from '../../domain/payments/subscription.js';
import { welcome } from '../account/welcome.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

/** Somebody paid, by the provider's word. */
export interface Paid {
  readonly charge: string;
  readonly payer: UserId;
  readonly payload: string;
  /** Stars, whole. */
  readonly stars: number;
  readonly at: Date;
  /** Of a subscription: the end of the month that was paid for. */
  readonly until: Date | null;
  /** Whether the subscription began with it; `null`: nobody said. */
  readonly isFirst: boolean | null;
  /** IETF tag of the payer's app, where it is known. */
  readonly language?: string | undefined;
}

type Touched = 'payments' | 'promos' | 'subscriptions' | 'moneyMessages' | 'ledger' | 'users';
type Parts = Needs<Touched, 'clock' | 'ids' | 'log'> & { readonly policy: Policy };

/** Gives whoever paid what they paid for: once for each charge, however often and by whichever way it is told. */
export class BookPayment {
  constructor(private readonly parts: Parts) {}

  /** Returns it as it is kept. */
  execute(paid: Paid): Promise<Payment> {
    return this.parts.database.transaction(async (stores) => {
      const payment = await this.within(stores, paid);
      // An earlier release may have booked it, and have died before its receipt.
      if (payment.toldAt === null) await this.oweReceipt(stores, payment);
      return payment;
    });
  }

  /** The same in somebody's transaction. */
  async within(stores: Pick<Stores, Touched>, paid: Paid): Promise<Payment> {
    const { policy, clock, ids, log } = this.parts;
    const { charge, payer: user, stars, at: paidAt, until, isFirst } = paid;
    await welcome(stores, user, policy, clock.now(), { language: paid.language });
    const offer = readPayload(paid.payload);
    const terms = offer === null ? null : await stores.payments.terms(offer);
    const plain: Payment = {
      id: ids.uuid(),
      ...{ charge, user, stars, paidAt, until, status: 'paid', taken: 0, refusals: 0 },
      ...{ refundBegunAt: null, refundedAt: null, settledAt: null, toldAt: null },
      offer: terms === null ? null : offer,
      ...{ credits: terms?.credits ?? 0, bonus: 0 },
      ...{ expiresAt: terms?.expires === true ? until : null, expired: null },
    };
    if (!(await stores.payments.add(plain))) return (await stores.payments.find(charge)) ?? plain;
    const payment = terms?.kind === 'pack' ? await this.withBonus(stores, plain) : plain;
    await stores.ledger.write(bought(payment), clock.now());
    await this.oweReceipt(stores, payment);
    if (terms?.kind === 'month' && offer !== null && until !== null) {
      const known = await stores.subscriptions.lock(user, offer);
      const next = charged(known, { charge, user, offer, until, isFirst }, () => ids.uuid());
      await stores.subscriptions.put(next);
    }
    // Money came that nobody knows what to give for: the operator has to see it.
    if (terms === null)
      log.error('a payment names no offer of ours and brought no credits', { charge, user });
    return payment;
  }

  /** With what a promo code puts on top: it is part of the same lot, and goes back with it. */
  private async withBonus(
    { payments, promos }: Pick<Stores, 'payments' | 'promos'>,
    payment: Payment,
  ): Promise<Payment> {
    const { user, charge, credits } = payment;
    const waiting = await promos.waiting(user);
    const extra = waiting === null ? 0 : extraCredits(credits, waiting.percent);
    // Of two that are booked at once, one gets it. And a pack too small for it leaves it waiting.
    if (waiting === null || extra === 0 || !(await promos.spend(waiting.code, user, charge))) return payment;
    const raised = { ...payment, credits: credits + extra, bonus: waiting.percent };
    await payments.raise(raised);
    return raised;
  }

  private oweReceipt({ moneyMessages }: Pick<Stores, Touched>, { charge, user }: Payment): Promise<void> {
    return moneyMessages.add({ kind: 'receipt', subject: charge, user }, this.parts.clock.now());
  }
}
