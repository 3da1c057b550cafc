import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import { isJobAct, type PersonalAct } from '../../../domain/operator/intent.js';
import type { Payment } from '../../../domain/payments/payment.js';
import type { GrantCredits } from '../../account/grant-credits.js';
import type { RefundPayment } from '../../payments/refund-payment.js';
import type { Needs } from '../../ports/needs.js';
import type { Messenger } from '../../ports/operator/messenger.js';
import type { Stores } from '../../ports/stores/stores.js';
import type { SettlePayment } from '../payments/settle-payment.js';
import type { StopRefund } from '../payments/stop-refund.js';
import { redeemIntent } from '../redeem-intent.js';
import type { BlockPerson } from './block-person.js';
import type { MessagePerson } from './message-person.js';
import type { ReturnPayment } from './return-payment.js';
import type { TakeBackCredits } from './take-back-credits.js';

type Touched =
  | 'blocks'
  | 'ledger'
  | 'moneyMessages'
  | 'operatorActs'
  | 'operatorIntents'
  | 'payments'
  | 'subscriptions'
  | 'users';

type Parts = Needs<Touched, 'clock'> & {
  readonly grantCredits: GrantCredits;
  readonly takeBackCredits: TakeBackCredits;
  readonly returnPayment: ReturnPayment;
  readonly refundPayment: RefundPayment;
  readonly settlePayment: SettlePayment;
  readonly stopRefund: StopRefund;
  readonly messagePerson: MessagePerson;
  readonly blockPerson: BlockPerson;
  readonly messenger: Messenger;
};

/**
 * `under-way`: the provider has not said yet whether the payment goes back. `refused`: it will not give it back.
 * `unreachable`: the person cannot be told.
 */
export interface Confirmed {
  readonly act: PersonalAct;
  readonly came: 'done' | 'under-way' | 'refused' | 'unreachable';
}

/** Does what an operator was asked, and has confirmed. */
export class ConfirmAct {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `intent_over`, and what the act itself is refused for: then it can be confirmed again */
  async execute(id: string, { admin }: { readonly admin: Operator }): Promise<Confirmed> {
    const { database, clock } = this.parts;
    const { act, finish } = await database.transaction(async (stores) => {
      const intended = await redeemIntent(stores, { id, admin }, clock.now());
      // What is done with a job has a button of its own.
      if (!('user' in intended) || isJobAct(intended)) throw new DomainError({ code: 'intent_over' });
      return { act: intended, finish: await this.begin(stores, intended, { admin }) };
    });
    return { act, came: await finish() };
  }

  /** What is left to do, outside of the transaction: nobody holds rows while others are asked. */
  private async begin(
    stores: Pick<Stores, Touched>,
    act: PersonalAct,
    by: { readonly admin: Operator },
  ): Promise<() => Promise<Confirmed['came']>> {
    const { grantCredits, takeBackCredits, returnPayment, refundPayment, blockPerson, ...parts } = this.parts;
    const { messagePerson, messenger, settlePayment, stopRefund } = parts;
    const { user } = act;
    switch (act.act) {
      case 'grant':
        await grantCredits.within(stores, { user, amount: act.credits, reason: act.why }, by);
        return async () => 'done';
      case 'take-back':
        await takeBackCredits.within(stores, { user, amount: act.credits, reason: act.why }, by);
        return async () => 'done';
      case 'refund': {
        const begun = await returnPayment.within(stores, act, by);
        return async () => howItCame(await refundPayment.finish(begun));
      }
      case 'refund-stop':
        await stopRefund.within(stores, act, by);
        return async () => 'done';
      case 'payment-settle': {
        const { charge, credits, why } = act;
        await settlePayment.within(stores, { charge, credits, why }, by);
        return async () => 'done';
      }
      case 'block':
        await blockPerson.within(stores, act, by);
        return async () => {
          await blockPerson.endSubscriptions(user);
          return 'done';
        };
      case 'message':
        await messagePerson.note(stores, user, by);
        return async () =>
          (await messenger.tell(user, { message: act.message })) === 'sent' ? 'done' : 'unreachable';
      default:
        return act satisfies never;
    }
  }
}

const howItCame = ({ status }: Payment): Confirmed['came'] =>
  status === 'refunded' ? 'done' : status === 'refunding' ? 'under-way' : 'refused';
