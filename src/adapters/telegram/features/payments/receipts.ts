import type { MiddlewareFn } from 'grammy';
import { DomainError } from '../../../../domain/errors.js';
import { userId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { giveBackButton } from '../../buttons/payment-buttons.js';
import { returnText } from '../../delivery/money/money-texts.js';
import { sayAbout, showKeyboard } from '../../replies.js';
import { wayOn } from '../way-on.js';

/**
 * Books what Telegram says of money. Comes before everything that might refuse the person or the chat: whoever has paid
 * gets what they paid for.
 */
export const bookMoney =
  (services: BotServices): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { message, from } = context;
    const { bookPayment, bookRefund, tellMoney } = services;
    const paid = message?.successful_payment;
    const back = message?.refunded_payment;
    if (message === undefined || from === undefined || (paid === undefined && back === undefined))
      return next();
    const at = new Date(message.date * 1000);
    if (back !== undefined) return void (await bookRefund.execute(back.telegram_payment_charge_id, at));
    if (paid === undefined) return;
    const until = paid.subscription_expiration_date;
    const { user } = await bookPayment.execute({
      charge: paid.telegram_payment_charge_id,
      payer: userId(String(from.id)),
      payload: paid.invoice_payload,
      stars: paid.total_amount,
      at,
      until: until === undefined ? null : new Date(until * 1000),
      isFirst: until === undefined ? null : paid.is_first_recurring === true,
      language: from.language_code,
    });
    await tellMoney.execute(user);
  };

/** Gives one's own untouched payment back in one tap. */
export const refundsFeature: Feature = (composer, services) => {
  const { database, refundPayment, tellMoney } = services;
  onButton(composer, giveBackButton, async (context, { payment: id }) => {
    const { id: owner, texts } = context.user;
    const payment = await database.stores.payments.findOwned(id, owner);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    const returned = await refundPayment.execute(payment.charge, owner);
    const { offer, until } = returned;
    const subscription =
      offer === null || until === null ? null : await database.stores.subscriptions.find(owner, offer);
    await showKeyboard(context, []);
    await sayAbout(context, returnText(returned, subscription, texts), wayOn(context, false));
    if (returned.status !== 'refunding') await tellMoney.answered(payment.charge);
  });
};
