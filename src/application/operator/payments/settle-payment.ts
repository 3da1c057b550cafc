import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import { bought, type Payment } from '../../../domain/payments/payment.js';
import { waitsWith } from '../../../domain/payments/waiting-payment.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';

const credits = { context: { allowed: 'a whole number 0-1000000; 0: it is settled in another way' } };
const charge = { context: { allowed: 'the number of a payment, see `aisha payments list`' } };

export class Settlement {
  @IsString(charge) @Length(1, 500, charge) charge!: string;
  @IsInt(credits) @Min(0, credits) @Max(1_000_000, credits) credits!: number;
  @IsString() @Length(1, 200, { context: { allowed: '1-200 characters' } }) why!: string;
}

type Touched = 'ledger' | 'moneyMessages' | 'operatorActs' | 'payments';

/**
 * An operator says what a payment for an unknown offer is worth. It is a lot like any other from then on, which can go back
 * and is told with a receipt.
 */
export class SettlePayment {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  /** @throws DomainError `not_found`, `wrong_state` when it does not wait for that */
  execute(given: Sent<Settlement>, by: { readonly admin: Operator }): Promise<Payment> {
    return this.parts.database.transaction((stores) => this.within(stores, given, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { payments, ledger, moneyMessages, operatorActs }: Pick<Stores, Touched>,
    given: Sent<Settlement>,
    { admin }: { readonly admin: Operator },
  ): Promise<Payment> {
    const { charge, credits, why } = checkedInput(Settlement, given);
    const at = this.parts.clock.now();
    const payment = await payments.lock(charge);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    if (waitsWith(payment, at) !== 'offer')
      throw new DomainError({
        ...{ code: 'wrong_state', what: 'payment', status: payment.status },
        wanted: 'one for an unknown offer',
      });
    const settled = { ...payment, credits, settledAt: at };
    await payments.settle(settled);
    await ledger.write(bought(settled), at);
    const { user, stars } = payment;
    if (credits > 0) await moneyMessages.add({ kind: 'receipt', subject: charge, user }, at);
    await operatorActs.write({
      ...{ at, admin, act: 'payment-settle', subject: user, why, details: { charge, stars, credits } },
    });
    return settled;
  }
}
