import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { isUntouched, type Lot, lotsOf } from '../../domain/payments/lots.js';
import { givenAgain, type Payment, takenBack } from '../../domain/payments/payment.js';
import type { Sales } from '../policy/sales.js';
import type { Payments } from '../ports/money/payments.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import type { CancelSubscription } from './cancel-subscription.js';
import { settleReturn } from './settle-return.js';

type Ending = 'payments' | 'subscriptions' | 'moneyMessages';
type Parts = Needs<Ending | 'ledger', 'clock' | 'log'> & {
  readonly payments: Payments;
  readonly cancelSubscription: Pick<CancelSubscription, 'settle'>;
  readonly sales: Sales;
};

const dayMilliseconds = 86_400_000;

/**
 * Gives a payment back. Its credits go first, in one transaction with the intent, then the Stars: whoever is killed in
 * between leaves a row that is taken up again.
 */
export class RefundPayment {
  constructor(private readonly parts: Parts) {}

  /**
   * @param by whoever wants their own untouched payment back; `null`: the operator, who may give back any, and gets back
   *   what is left of it
   * @returns it as it is now: `refunding` when the provider could not be asked, and it will be again
   * @throws DomainError `not_found`, `not_refundable`, `wrong_state`
   */
  async execute(charge: string, by: UserId | null): Promise<Payment> {
    const begun = await this.parts.database.transaction((stores) => this.begin(stores, charge, by));
    return this.finish(begun);
  }

  /** Asks the provider; for one that was begun before, too. */
  async finish(begun: Payment): Promise<Payment> {
    const ended = await this.ask(begun);
    if (ended.until !== null && ended.status === 'refunded') await this.parts.cancelSubscription.settle();
    return ended;
  }

  private async ask(begun: Payment): Promise<Payment> {
    const { payments, database, log } = this.parts;
    const answer = await payments.refund(begun.user, begun.charge).catch((error: unknown) => {
      log.warn('nobody knows yet whether a payment was given back; it is asked again', {
        charge: begun.charge,
        error,
      });
      return null;
    });
    if (answer === null) return begun;
    return database.transaction(async (stores) => {
      // Somebody else has heard how it ended, and it may have been begun once more since.
      const now = await stores.payments.lock(begun.charge);
      if (now?.status !== 'refunding' || now.refusals !== begun.refusals) return now ?? begun;
      if (answer.is === 'refunded') return this.end(stores, now);
      log.error('the provider refuses to give a payment back', { charge: now.charge, reason: answer.reason });
      return this.undo(stores, now);
    });
  }

  private async end(stores: Pick<Stores, Ending>, begun: Payment): Promise<Payment> {
    const now = this.parts.clock.now();
    const next: Payment = { ...begun, status: 'refunded', refundedAt: now };
    await stores.payments.change(next, 'refunding');
    await settleReturn(stores, next, now);
    return next;
  }

  /** The Stars stay here, and so the credits come back. In somebody's transaction, who has locked it. */
  async undo(stores: Pick<Stores, Ending | 'ledger'>, begun: Payment): Promise<Payment> {
    const now = this.parts.clock.now();
    const next: Payment = { ...begun, status: 'paid', taken: 0, refusals: begun.refusals + 1 };
    await stores.payments.change(next, 'refunding');
    await settleReturn(stores, next, now);
    await stores.ledger.write(givenAgain(begun), now);
    return next;
  }

  /** Takes the credits, in somebody's transaction, who goes on with `finish` after it. */
  async begin(
    stores: Pick<Stores, 'payments' | 'ledger'>,
    charge: string,
    by: UserId | null,
  ): Promise<Payment> {
    const { clock } = this.parts;
    const payment = await stores.payments.lock(charge);
    if (payment === null || (by !== null && payment.user !== by))
      throw new DomainError({ code: 'not_found', what: 'payment' });
    // Begun before, and not ended: it goes on.
    if (payment.status === 'refunding') return payment;
    if (payment.status !== 'paid')
      throw new DomainError({
        ...{ code: 'wrong_state', what: 'payment', status: payment.status, wanted: 'refunded' },
      });
    // What is set aside for open jobs is as good as spent: it may be paid out any moment.
    // And nothing is spent between this look and the entry.
    const { balance } = await stores.ledger.lock(payment.user);
    const lots = lotsOf(await stores.payments.list(payment.user), balance);
    const lot = lots.find((one) => one.payment.charge === charge) ?? { payment, left: 0 };
    if (by !== null && !this.isTheirsToReturn(lot)) throw new DomainError({ code: 'not_refundable' });
    const refundBegunAt = clock.now();
    const next: Payment = { ...payment, status: 'refunding', taken: lot.left, refundBegunAt };
    await stores.ledger.write(takenBack(payment, lot.left), clock.now());
    await stores.payments.change(next, 'paid');
    return next;
  }

  private isTheirsToReturn(lot: Lot): boolean {
    const { sales, clock } = this.parts;
    const age = clock.now().getTime() - lot.payment.paidAt.getTime();
    return isUntouched(lot) && age <= sales.refundDays * dayMilliseconds;
  }
}
