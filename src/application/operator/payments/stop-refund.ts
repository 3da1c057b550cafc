import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Payment } from '../../../domain/payments/payment.js';
import { waitsWith } from '../../../domain/payments/waiting-payment.js';
import type { RefundPayment } from '../../payments/refund-payment.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';

type Touched = 'ledger' | 'moneyMessages' | 'operatorActs' | 'payments' | 'subscriptions';
type Parts = Needs<Touched, 'clock'> & { readonly refundPayment: Pick<RefundPayment, 'undo'> };

interface Stopped {
  readonly charge: string;
  readonly why: string | null;
}

/**
 * An operator has looked at the provider, and the Stars of a refund without an answer are still here: nobody is asked any
 * more, and its credits come back. Should they go after all, the provider's books say so, and the credits go with them.
 */
export class StopRefund {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found`, `wrong_state` also while an answer may still come */
  execute(stopped: Stopped, by: { readonly admin: Operator }): Promise<Payment> {
    return this.parts.database.transaction((stores) => this.within(stores, stopped, by));
  }

  /** The same in somebody's transaction. */
  async within(
    stores: Pick<Stores, Touched>,
    { charge, why }: Stopped,
    { admin }: { readonly admin: Operator },
  ): Promise<Payment> {
    const at = this.parts.clock.now();
    const payment = await stores.payments.lock(charge);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    if (waitsWith(payment, at) !== 'refund')
      throw new DomainError({
        ...{ code: 'wrong_state', what: 'payment', status: payment.status },
        wanted: 'being refunded for half an hour',
      });
    const { user: subject, stars, taken: credits } = payment;
    await stores.operatorActs.write({
      ...{ at, admin, act: 'refund-stop', subject, why, details: { charge, stars, credits } },
    });
    return this.parts.refundPayment.undo(stores, payment);
  }
}
