import { chargedBack, type Payment } from '../../domain/payments/payment.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { settleReturn } from './settle-return.js';

type Touched = 'payments' | 'subscriptions' | 'moneyMessages' | 'ledger';

/** Money went back to whoever paid it, by the provider's word. One of our own refunds ends; any other takes the credits too. */
export class BookRefund {
  constructor(private readonly parts: Needs<Touched, 'clock' | 'log'>) {}

  /** Returns the payment as it is kept; `null`: there is none. */
  execute(charge: string, at: Date): Promise<Payment | null> {
    return this.parts.database.transaction((stores) => this.within(stores, charge, at));
  }

  /** The same in somebody's transaction. */
  async within(stores: Pick<Stores, Touched>, charge: string, at: Date): Promise<Payment | null> {
    const payment = await stores.payments.lock(charge);
    if (payment === null || payment.status === 'refunded' || payment.status === 'charged_back')
      return payment;
    if (payment.status === 'refunding') {
      const ended: Payment = { ...payment, status: 'refunded', refundedAt: at };
      await stores.payments.change(ended, 'refunding');
      await settleReturn(stores, ended, this.parts.clock.now());
      return ended;
    }
    const next: Payment = { ...payment, status: 'charged_back', refundedAt: at };
    await stores.payments.change(next, 'paid');
    await settleReturn(stores, next, this.parts.clock.now());
    await stores.ledger.write(chargedBack(payment), this.parts.clock.now());
    this.parts.log.warn('a payment went back without us, and its credits with it', {
      charge,
      user: payment.user,
      stars: payment.stars,
    });
    return next;
  }
}
