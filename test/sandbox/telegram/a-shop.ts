import type { Bot } from 'grammy';
import type { SuccessfulPayment, Update } from 'grammy/types';
import type { LocalTelegramOptions } from '../../../src/sandbox/telegram/local-telegram.js';
import { aBot, aLocalTelegram } from './a-local-telegram.js';

export const price = 250;
const prices = [{ label: '100', amount: price }];
export const month = 2_592_000;

/** A bot that sells 100 credits with `/buy`, and remembers what it was told about money. */
export async function aShop(
  set: (bot: Bot) => void = (bot) => {
    bot.on('pre_checkout_query', (context) => context.answerPreCheckoutQuery(true));
  },
  options: Partial<LocalTelegramOptions> = {},
) {
  const telegram = await aLocalTelegram(options);
  const paid: SuccessfulPayment[] = [];
  const refunded: string[] = [];
  const subscriptions: Update['subscription'][] = [];
  const bot = await aBot(telegram, (bot) => {
    bot.use((context, next) => {
      const { message, subscription } = context.update;
      if (message?.successful_payment !== undefined) paid.push(message.successful_payment);
      if (message?.refunded_payment !== undefined)
        refunded.push(message.refunded_payment.telegram_payment_charge_id);
      if (subscription !== undefined) subscriptions.push(subscription);
      return next();
    });
    bot.command('buy', (context) =>
      context.replyWithInvoice('100 credits', 'Twenty images', 'credits-100', 'XTR', prices),
    );
    set(bot);
  });
  const invoice = async (personId = 1) => {
    telegram.drive.sendText(personId, '/buy');
    return telegram.drive.waitForMessage(personId, (message) => message.invoice !== undefined);
  };
  const monthly = () =>
    bot.api.createInvoiceLink('A month', '400 credits', 'month', '', 'XTR', prices, {
      subscription_period: month,
    });
  /** Pays, and is sure of it. */
  const pay = async (...given: Parameters<typeof telegram.drive.payInvoice>) => {
    const outcome = await telegram.drive.payInvoice(...given);
    if (!outcome.paid) throw new Error(outcome.reason);
    return outcome.chargeId;
  };
  const books = async () => (await bot.api.getStarTransactions()).transactions;
  const balance = async () => (await bot.api.getMyStarBalance()).amount;
  return { telegram, bot, invoice, monthly, pay, paid, refunded, subscriptions, books, balance };
}
