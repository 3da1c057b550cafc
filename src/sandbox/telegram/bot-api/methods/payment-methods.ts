import type { RefundedPayment, StarTransaction } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import { userOf } from '../../people.js';
import { having } from '../../state/message-store.js';
import type { InvoiceTerms } from '../../state/payments.js';
import type { World } from '../../state/world.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { postFromBot, readMarkup, readPlacement } from '../placement.js';

export const paymentMethods = [
  method('sendInvoice', (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters, { forInvoice: true });
    const terms = readTerms(parameters);
    const invoice = {
      title: terms.title,
      description: terms.description,
      start_parameter: parameters.text('start_parameter'),
      currency: terms.currency,
      total_amount: terms.amount,
    };
    return having(
      postFromBot(world, placement, { invoice }, markup, { invoiceTerms: terms }).message,
      'invoice',
    );
  }),
  method('createInvoiceLink', (parameters, world) => world.payments.createLink(readTerms(parameters))),
  method('answerPreCheckoutQuery', (parameters, world) => {
    const queryId = parameters.text('pre_checkout_query_id');
    const ok = parameters.flag('ok');
    const message = parameters.text('error_message');
    if (!ok && message === '') throw badRequest('error message must be non-empty');
    if (!world.queries.checkouts.answer(queryId, { ok, error_message: message })) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    world.events.emit({ type: 'checkout_answered', queryId });
    return true;
  }),
  method('refundStarPayment', (parameters, world) => {
    const payment = world.payments.find(parameters.text('telegram_payment_charge_id'));
    if (payment === undefined || payment.personId !== parameters.integer('user_id')) {
      throw badRequest('CHARGE_ID_INVALID');
    }
    if (payment.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED');
    world.payments.markRefunded(payment);
    const { terms, chargeId, personId } = payment;
    const refunded_payment: RefundedPayment = {
      currency: terms.currency,
      total_amount: terms.amount,
      invoice_payload: terms.payload,
      telegram_payment_charge_id: chargeId,
    };
    const chat = world.chat(personId);
    if (chat !== undefined) world.post(chat, world.botSender, { refunded_payment });
    return true;
  }),
  method('getMyStarBalance', (_, world) => ({ amount: sum(transactions(world)) })),
  method('getStarTransactions', (parameters, world) => {
    const offset = parameters.integer('offset') ?? 0;
    const limit = parameters.integer('limit') ?? 100;
    return { transactions: transactions(world).slice(offset, offset + limit) };
  }),
];

/** @throws BotApiError 400 */
function readTerms(
  parameters: Fields<'title' | 'description' | 'payload' | 'currency' | 'prices' | 'provider_token'>,
): InvoiceTerms {
  const text = (name: 'title' | 'description' | 'payload', limit: number, refusal: string) => {
    const value = parameters.text(name);
    if (value === '') throw badRequest(`parameter "${name}" is required`);
    if ((name === 'payload' ? Buffer.byteLength(value) : [...value].length) > limit)
      throw badRequest(refusal);
    return value;
  };
  const currency = parameters.text('currency');
  const prices = readPrices(parameters.json('prices', 'prices'));
  const amount = prices.reduce((total, price) => total + price, 0);
  if (currency === 'XTR' && (prices.length !== 1 || amount < 1)) throw badRequest('STARS_INVOICE_INVALID');
  if (currency !== 'XTR' && !parameters.has('provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID');
  if (amount <= 0) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  return {
    title: text('title', 32, 'INVOICE_TITLE_INVALID'),
    description: text('description', 255, 'INVOICE_DESCRIPTION_INVALID'),
    payload: text('payload', 128, 'INVOICE_PAYLOAD_INVALID'),
    currency,
    amount,
  };
}

function readPrices(given: unknown): number[] {
  if (!Array.isArray(given) || given.length === 0)
    throw badRequest("can't parse labeled price: Expected an Array");
  return given.map((price: Partial<Record<'label' | 'amount', unknown>>) => {
    if (typeof price.label !== 'string')
      throw badRequest('can\'t parse labeled price: Can\'t find field "label"');
    const amount = Number(price.amount);
    if (!Number.isInteger(amount))
      throw badRequest('can\'t parse labeled price: Field "amount" must be of type Number');
    return amount;
  });
}

/** Payments and their refunds, oldest first. */
const transactions = (world: World): StarTransaction[] =>
  world.payments.all().flatMap(({ chargeId, personId, terms, date, refunded }) => {
    const partner = {
      type: 'user' as const,
      transaction_type: 'invoice_payment' as const,
      user: userOf(world.person(personId)),
      invoice_payload: terms.payload,
    };
    const paid = { id: chargeId, amount: terms.amount, date, source: partner };
    return refunded ? [paid, { id: chargeId, amount: terms.amount, date, receiver: partner }] : [paid];
  });

const sum = (all: readonly StarTransaction[]): number =>
  all.reduce((total, { amount, source }) => total + (source === undefined ? -amount : amount), 0);
