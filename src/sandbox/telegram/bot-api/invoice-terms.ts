import { type BotApiError, badRequest } from '../bot-api-error.js';
import type { InvoiceTerms } from '../state/payments.js';
import type { Fields } from './method-parameters.js';

/** Stars that one payment may cost, and one month of a subscription. */
const mostStars = { once: 100_000, monthly: 10_000 } as const;
/** Seconds; the only period that Telegram takes. Its test environment takes 60 and 300 instead. */
const month = 2_592_000;

type InvoiceFields = Fields<
  | 'title'
  | 'description'
  | 'payload'
  | 'currency'
  | 'prices'
  | 'provider_token'
  | 'max_tip_amount'
  | 'suggested_tip_amounts'
>;

/** @throws BotApiError 400 */
export function readTerms(parameters: InvoiceFields): InvoiceTerms {
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
  const tips = readTips(parameters.json('suggested_tip_amounts', 'suggested tip amounts'));
  if (currency === 'XTR') checkStars(parameters, prices, tips);
  else if (!parameters.has('provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID');
  else checkTips(tips, parameters.integer('max_tip_amount') ?? 0);
  if (amount <= 0 || (currency === 'XTR' && amount > mostStars.once))
    throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  return {
    title: text('title', 32, 'INVOICE_TITLE_INVALID'),
    description: text('description', 255, 'INVOICE_DESCRIPTION_INVALID'),
    payload: text('payload', 128, 'INVOICE_PAYLOAD_INVALID'),
    currency,
    amount,
  };
}

/** The terms with the period after which they are paid again, if there is one. @throws BotApiError 400 */
export function readSubscription(
  parameters: Fields<'subscription_period'>,
  terms: InvoiceTerms,
): InvoiceTerms {
  if (!parameters.has('subscription_period')) return terms;
  const period = parameters.integer('subscription_period');
  if (period !== month || terms.currency !== 'XTR') throw badRequest('SUBSCRIPTION_PERIOD_INVALID');
  if (terms.amount > mostStars.monthly) throw badRequest('SUBSCRIPTION_AMOUNT_INVALID');
  return { ...terms, subscriptionPeriod: period };
}

/** The payload of the link that a forwarded invoice becomes; empty: it stays an invoice. @throws BotApiError 400 */
export function readStartParameter(parameters: Fields<'start_parameter'>): string {
  const start = parameters.text('start_parameter');
  if (!/^[A-Za-z0-9_-]{0,64}$/.test(start)) throw badRequest('START_PARAM_INVALID');
  return start;
}

/**
 * Stars know one whole price, no tips and no payment provider. The words for a provider's token are not public: its
 * documentation asks for an empty one.
 */
function checkStars(parameters: InvoiceFields, prices: readonly number[], tips: readonly number[]): void {
  const isWrong =
    prices.length !== 1 ||
    prices.some((price) => price < 1) ||
    parameters.has('provider_token') ||
    (parameters.integer('max_tip_amount') ?? 0) !== 0 ||
    tips.length > 0;
  if (isWrong) throw badRequest('STARS_INVOICE_INVALID');
}

/** The rules are public, the words of a server that sees them broken are not: these are the sandbox's own. */
function checkTips(tips: readonly number[], most: number): void {
  const isRising = tips.every((tip, index) => tip > (tips[index - 1] ?? 0));
  if (tips.length > 4 || !isRising || (tips.at(-1) ?? 0) > most)
    throw badRequest(
      'the sandbox takes at most 4 suggested tips, each positive, larger than the one before and not over max_tip_amount; the words of Telegram are not known',
    );
}

function readTips(given: unknown): number[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw badRequest('expected an Array of suggested tip amounts');
  return given.map(Number);
}

function readPrices(given: unknown): number[] {
  if (!Array.isArray(given) || given.length === 0) throw unparsable('Expected an Array');
  return given.map((price: unknown) => {
    if (typeof price !== 'object' || price === null) throw unparsable('Expected an Object');
    if (!('label' in price) || typeof price.label !== 'string') throw unparsable('Can\'t find field "label"');
    const amount = 'amount' in price ? price.amount : undefined;
    if (
      !/^-?\d+$/.test(typeof amount === 'number' ? String(amount) : typeof amount === 'string' ? amount : '')
    )
      throw unparsable('Field "amount" must be of type Number');
    return Number(amount);
  });
}

const unparsable = (what: string): BotApiError => badRequest(`can't parse labeled price: ${what}`);
