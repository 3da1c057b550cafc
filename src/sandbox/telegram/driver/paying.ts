import type { PreCheckoutQuery, SuccessfulPayment } from 'grammy/types';
import { userOf } from '../people.js';
import type { InvoiceTerms, Payment } from '../state/payments.js';
import type { World } from '../state/world.js';
import { answerTo } from './answers.js';

/** How a payment ended. `unanswered`: the bot let the ten seconds pass. */
export type PaymentOutcome =
  | { readonly paid: true; readonly chargeId: string }
  | { readonly paid: false; readonly reason: string | 'unanswered' };

/** How the bot is told: as usual, not at all, or twice. What was paid stands in Telegram's books anyway. */
export type Telling = 'once' | 'never' | 'twice';

export interface PayOptions {
  /** The group's id, for an invoice that was forwarded there; the person's private chat when not given. */
  readonly chatId?: number;
  readonly told?: Telling;
  /** Whoever brought the person gets so much of each 1000 Stars; nobody did when not given. */
  readonly commissionPerMille?: number;
  /** Milliseconds to wait for the bot's answer; as long as Telegram would when not given. */
  readonly timeout?: number;
}

/** The invoice in a message of the chat, or behind an invoice link. */
export function findInvoice(world: World, chatId: number, invoice: number | string): InvoiceTerms {
  const terms =
    typeof invoice === 'number'
      ? world.messages.find(chatId, invoice)?.invoiceTerms
      : world.payments.findLink(invoice);
  if (terms === undefined) throw new Error(`Chat ${chatId} has no invoice ${invoice}`);
  return terms;
}

/** Asks the bot whether it still wants the money, and pays when it does. Each time is a charge of its own. */
export async function pay(
  world: World,
  personId: number,
  invoice: number | string,
  { chatId = personId, told = 'once', timeout = world.queries.checkouts.patience, ...more }: PayOptions,
): Promise<PaymentOutcome> {
  const terms = findInvoice(world, chatId, invoice);
  const queries = world.queries.checkouts;
  const id = queries.ask();
  const query: PreCheckoutQuery = {
    id,
    from: userOf(world.person(personId)),
    currency: terms.currency,
    total_amount: terms.amount,
    invoice_payload: terms.payload,
  };
  const answered = answerTo(world, queries, 'checkout_answered', id, timeout);
  world.updates.push('pre_checkout_query', { pre_checkout_query: query });
  const answer = await answered;
  if (answer === 'unanswered') return { paid: false, reason: 'unanswered' };
  if (!answer.ok) return { paid: false, reason: answer.error_message ?? '' };
  const { chargeId } = charge(world, personId, terms, told, more);
  if (typeof invoice === 'number' && chatId === personId) keepReceipt(world, chatId, invoice, chargeId);
  return { paid: true, chargeId };
}

/** The first payment of an invoice; of a subscription it is the one by which the bot names it later. */
function charge(
  world: World,
  personId: number,
  terms: InvoiceTerms,
  told: Telling,
  more: Pick<PayOptions, 'commissionPerMille'>,
): Payment {
  const date = world.seconds();
  const { subscriptionPeriod } = terms;
  if (subscriptionPeriod === undefined)
    return tellOf(world, world.payments.add({ ...more, personId, terms, date }), told);
  const until = date + subscriptionPeriod;
  const payment = world.payments.add({
    ...more,
    ...{ personId, terms, date },
    subscription: { until, isFirst: true },
  });
  world.subscriptions.put({ firstChargeId: payment.chargeId, personId, terms, until });
  return tellOf(world, payment, told);
}

/** The receipt in the chat of the person with the bot, also when the bot was blocked meanwhile. */
export function tellOf(world: World, payment: Payment, told: Telling): Payment {
  const { personId, terms, chargeId, subscription } = payment;
  const chat = world.chat(personId);
  if (chat === undefined) throw new Error(`The sandbox has no person ${personId}`);
  if (!world.chatState(personId).started) world.changeChat(personId, { started: true });
  const successful_payment: SuccessfulPayment = {
    currency: terms.currency,
    total_amount: terms.amount,
    invoice_payload: terms.payload,
    ...(subscription === undefined
      ? {}
      : { subscription_expiration_date: subscription.until, is_recurring: true as const }),
    ...(subscription?.isFirst ? { is_first_recurring: true as const } : {}),
    telegram_payment_charge_id: chargeId,
    provider_payment_charge_id: chargeId,
  };
  const extra = { invoiceTerms: terms };
  const { message } = world.post(chat, userOf(world.person(personId)), { successful_payment }, extra);
  for (let times = { never: 0, once: 1, twice: 2 }[told]; times > 0; times -= 1) world.tellBot(message);
  return payment;
}

/** An invoice that was paid where it stands shows its receipt from then on. */
function keepReceipt(world: World, chatId: number, messageId: number, receipt: string): void {
  const stored = world.messages.find(chatId, messageId);
  if (stored === undefined) return;
  world.messages.put({ ...stored, receipt });
  world.events.emit({ type: 'edited', chatId, messageId });
}
