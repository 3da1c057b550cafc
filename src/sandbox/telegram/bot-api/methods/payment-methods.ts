import type { AffiliateInfo, RefundedPayment, StarAmount, StarTransaction } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import { userOf } from '../../people.js';
import { commissionOf, type Payment, type StarMovement } from '../../state/payments.js';
import type { World } from '../../state/world.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';

export const paymentMethods = [
  method('refundStarPayment', (parameters, world) => {
    const personId = readPerson(parameters, world);
    const payment = world.payments.find(readChargeId(parameters));
    if (payment?.personId !== personId || payment.terms.currency !== 'XTR')
      throw badRequest('CHARGE_ID_INVALID');
    if (payment.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED');
    world.payments.giveBack(payment, world.seconds());
    tellOfRefund(world, payment);
    return true;
  }),
  method('editUserStarSubscription', (parameters, world) => {
    const personId = readPerson(parameters, world);
    // Only the first payment of a subscription names it, not the latest one.
    const subscription = world.subscriptions.find(readChargeId(parameters));
    if (subscription?.personId !== personId || subscription.isOver) throw badRequest('CHARGE_ID_INVALID');
    // What the bot takes back is that the person may not renew it: that is left to the person.
    const byBot = parameters.flag('is_canceled');
    world.subscriptions.put({
      ...subscription,
      isCanceledByBot: byBot,
      isCanceled: byBot || (subscription.isCanceled ?? false),
    });
    return true;
  }),
  method('getMyStarBalance', (_, world) =>
    starAmount(world.payments.movements().reduce((total, { amount }) => total + amount, 0)),
  ),
  method('getStarTransactions', (parameters, world) => {
    const offset = parameters.has('offset') ? parameters.integer('offset') : 0;
    const limit = parameters.has('limit') ? parameters.integer('limit') : 100;
    if (offset === undefined || offset < 0) throw badRequest('OFFSET_INVALID');
    if (limit === undefined || limit < 1 || limit > 100) throw badRequest('LIMIT_INVALID');
    const page = world.payments.movements().slice(offset, offset + limit);
    return { transactions: page.map(({ movement }) => transactionOf(world, movement)) };
  }),
];

/** @throws BotApiError 400 */
function readPerson(parameters: Fields<'user_id'>, world: World): number {
  const id = parameters.integer('user_id') ?? 0;
  if (id <= 0) throw badRequest('invalid user_id specified');
  if (!world.allPeople().some((person) => person.id === id)) throw badRequest('user not found');
  return id;
}

/** @throws BotApiError 400 */
function readChargeId(parameters: Fields<'telegram_payment_charge_id'>): string {
  const id = parameters.text('telegram_payment_charge_id');
  if (id === '') throw badRequest('parameter "telegram_payment_charge_id" is required');
  return id;
}

/** Both see it in their chat: the person and, as an update, the bot. */
function tellOfRefund(world: World, { terms, chargeId, personId }: Payment): void {
  const refunded_payment: RefundedPayment = {
    currency: 'XTR',
    total_amount: terms.amount,
    invoice_payload: terms.payload,
    telegram_payment_charge_id: chargeId,
  };
  const chat = world.chat(personId);
  if (chat === undefined) return;
  const { message } = world.post(chat, world.botSender, { refunded_payment }, { invoiceTerms: terms });
  world.tellBot(message);
}

/** As Telegram's books have it: what came has a `source`, what went a `receiver`. */
function transactionOf(world: World, movement: StarMovement): StarTransaction {
  const { date } = movement;
  if (movement.kind === 'withdrawn') {
    return { id: movement.id, amount: movement.amount, date, receiver: { type: 'fragment' } };
  }
  const { chargeId } = movement;
  const payment = world.payments.find(chargeId);
  if (payment === undefined) throw new Error(`There is no payment ${chargeId}`);
  const { terms, personId } = payment;
  const partner = {
    type: 'user' as const,
    transaction_type: 'invoice_payment' as const,
    user: userOf(world.person(personId)),
    invoice_payload: terms.payload,
    ...(payment.commissionPerMille === undefined ? {} : { affiliate: affiliateOf(payment, movement.kind) }),
    ...(terms.subscriptionPeriod === undefined ? {} : { subscription_period: terms.subscriptionPeriod }),
  };
  const place = movement.kind === 'paid' ? { source: partner } : { receiver: partner };
  return { id: chargeId, amount: terms.amount, date, ...place };
}

/** Below zero for what comes back with a refund. */
const affiliateOf = (payment: Payment, kind: StarMovement['kind']): AffiliateInfo => ({
  commission_per_mille: payment.commissionPerMille ?? 0,
  ...starAmount(kind === 'paid' ? commissionOf(payment) : -commissionOf(payment)),
});

/** Whole Stars, rounded to 0, and the rest in billionths. */
function starAmount(stars: number): StarAmount {
  const amount = Math.trunc(stars);
  const nanostars = Math.round((stars - amount) * 1e9);
  return nanostars === 0 ? { amount } : { amount, nanostar_amount: nanostars };
}
