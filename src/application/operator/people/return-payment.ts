import type { Operator } from '../../../domain/operator/act.js';
import type { Payment } from '../../../domain/payments/payment.js';
import type { RefundPayment } from '../../payments/refund-payment.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';

type Touched = 'ledger' | 'operatorActs' | 'payments';
type Parts = Needs<Touched, 'clock'> & { readonly refundPayment: RefundPayment };

export interface Returned {
  readonly charge: string;
  readonly why: string | null;
}

/** An operator gives a payment back, spent or not: what is left of its credits goes with it. */
export class ReturnPayment {
  constructor(private readonly parts: Parts) {}

  /**
   * @returns the payment as it is now, see `RefundPayment`
   * @throws DomainError `not_found`, `wrong_state`
   */
  async execute(returned: Returned, by: { readonly admin: Operator }): Promise<Payment> {
    const { database, refundPayment } = this.parts;
    return refundPayment.finish(await database.transaction((stores) => this.within(stores, returned, by)));
  }

  /** The first part of it in somebody's transaction, who finishes it after that. */
  async within(
    stores: Pick<Stores, Touched>,
    { charge, why }: Returned,
    { admin }: { readonly admin: Operator },
  ): Promise<Payment> {
    const { refundPayment, clock } = this.parts;
    const begun = await refundPayment.begin(stores, charge, null);
    const details = { charge, stars: begun.stars, credits: begun.taken };
    await stores.operatorActs.write({
      ...{ at: clock.now(), admin, act: 'refund', subject: begun.user, why, details },
    });
    return begun;
  }
}
