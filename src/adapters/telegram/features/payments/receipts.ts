import type { MiddlewareFn } from 'grammy';
import { DomainError } from '../../../../domain/errors.js';
import { userId } from '../../../../domain/ids.js';
import type { Payment } from '../../../../domain/payments/payment.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { giveBackButton } from '../../buttons/payment-buttons.js';
import { asMessage, type Keyboard, sayAbout, showKeyboard } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { languageOf, type Translator } from '../../wording/translator.js';
import { wayOn, wayOnHere } from '../way-on.js';

/**
 * Books what Telegram says of money. Comes before everything that might refuse the person or the chat: whoever has paid
 * gets what they paid for.
 */
export const bookMoney =
  (services: BotServices): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { message, from } = context;
    const { bookPayment, bookRefund } = services;
    const paid = message?.successful_payment;
    const back = message?.refunded_payment;
    if (message === undefined || from === undefined || (paid === undefined && back === undefined))
      return next();
    const at = new Date(message.date * 1000);
    if (back !== undefined) return void (await bookRefund.execute(back.telegram_payment_charge_id, at));
    if (paid === undefined) return;
    const until = paid.subscription_expiration_date;
    const payment = await bookPayment.execute({
      charge: paid.telegram_payment_charge_id,
      payer: userId(String(from.id)),
      payload: paid.invoice_payload,
      stars: paid.total_amount,
      at,
      until: until === undefined ? null : new Date(until * 1000),
      isFirst: until === undefined ? null : paid.is_first_recurring === true,
    });
    if (payment.toldAt === null) await showReceipt(services, context, payment);
  };

/** The receipt once for each payment, with the way back while nothing of it is spent. */
async function showReceipt(services: BotServices, context: BotContext, payment: Payment): Promise<void> {
  const { database, noteReceipt, textsIn } = services;
  const { user: owner } = payment;
  const [{ language }, { balance }] = await Promise.all([
    database.stores.preferences.of(owner),
    database.stores.ledger.account(owner),
  ]);
  const texts = textsIn(languageOf(language, context.from?.language_code));
  const text = receiptText(payment, balance, services, texts);
  // Their own chat: an invoice may have been paid anywhere.
  await context.api.sendMessage(
    Number(owner),
    text.source,
    asMessage(receiptButtons(payment, services, texts)),
  );
  await noteReceipt.execute(payment.charge);
}

function receiptText(
  { credits, stars, until }: Payment,
  balance: number,
  { supportContact }: BotServices,
  texts: Translator,
): Html {
  // Paid with an invoice of another program under the same token.
  if (credits === 0)
    return texts.html(supportContact === null ? 'receipt-unknown' : 'receipt-unknown-contact');
  const paid = { credits: texts.html('count-credits', { count: credits }), stars };
  return Html.join([
    until === null ? texts.html('receipt', paid) : texts.html('receipt-month', { ...paid, until }),
    balance < 0
      ? texts.html('receipt-owed', { owed: texts.html('count-credits', { count: -balance }) })
      : texts.html('receipt-balance', { balance }),
  ]);
}

function receiptButtons(
  { id, credits, stars }: Payment,
  { sales }: BotServices,
  texts: Translator,
): Keyboard {
  if (credits === 0) return [];
  const back = giveBackButton.button(texts.plain('button-give-back', { stars }), { payment: id });
  return [...wayOnHere(texts, false), ...(sales.refundDays === 0 ? [] : [[back]])];
}

/** Gives one's own untouched payment back in one tap. */
export const refundsFeature: Feature = (composer, services) => {
  const { database, refundPayment } = services;
  onButton(composer, giveBackButton, async (context, { payment: id }) => {
    const { id: owner, texts } = context.user;
    const payment = await database.stores.payments.findOwned(id, owner);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    const { status, stars, credits } = await refundPayment.execute(payment.charge, owner);
    const ended = status === 'refunded' && (await monthText(database, payment, texts));
    await showKeyboard(context, []);
    const key =
      status === 'refunded' ? 'refund-done' : status === 'refunding' ? 'refund-under-way' : 'refund-refused';
    await sayAbout(
      context,
      Html.join([
        texts.html(key, { stars, credits: texts.html('count-credits', { count: credits }) }),
        ended,
      ]),
      wayOn(context, false),
    );
  });
};

/** What became of the subscription that it paid for; `false`: it paid for none, or that was over before. */
async function monthText(
  { stores }: BotServices['database'],
  { user, offer, until }: Payment,
  texts: Translator,
): Promise<Html | false> {
  const subscription = offer === null || until === null ? null : await stores.subscriptions.find(user, offer);
  if (subscription === null || subscription.state === 'failed') return false;
  if (subscription.isEnding) return texts.html('refund-month-ending');
  return texts.html(subscription.state === 'canceled' ? 'refund-month-canceled' : 'refund-month-goes-on');
}
