import { chargedBack, type Payment } from '../../domain/payments/payment.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

/** Money went back to whoever paid it, by the provider's word. One of our own refunds ends; any other takes the credits too. */
export class BookRefund {
  constructor(private readonly parts: Needs<'payments' | 'ledger', 'clock' | 'log'>) {}

  /** Returns the payment as it is kept; `null`: there is none. */
  execute(charge: string): Promise<Payment | null> {
    return this.parts.database.transaction((stores) => this.within(stores, charge));
  }

  /** The same in somebody's transaction. */
  async within(stores: Pick<Stores, 'payments' | 'ledger'>, charge: string): Promise<Payment | null> {
    const payment = await stores.payments.lock(charge);
    if (payment === null || payment.status === 'refunded' || payment.status === 'charged_back')
      return payment;
    if (payment.status === 'refunding') {
      await stores.payments.change({ ...payment, status: 'refunded' }, 'refunding');
      return { ...payment, status: 'refunded' };
    }
    const next: Payment = { ...payment, status: 'charged_back' };
    await stores.payments.change(next, 'paid');
    await stores.ledger.write(chargedBack(payment), this.parts.clock.now());
    this.parts.log.warn('a payment went back without us, and its credits with it', {
      charge,
      user: payment.user,
      stars: payment.stars,
    });
    return next;
  }
}
