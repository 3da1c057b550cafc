import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { openOffersButton } from '../../buttons/payment-buttons.js';
import { say } from '../../replies.js';
import { shownContact } from '../../wording/contact.js';
import { Html } from '../../wording/html.js';

/** On what terms credits are sold, and where help with a payment is. Telegram asks every bot that sells for both. */
export const termsFeature: Feature = (composer, { database, sales, supportContact }) => {
  const contactOf = ({ user: { texts } }: BotContext): Html =>
    supportContact === null
      ? texts.html('support-nobody')
      : texts.html('support-contact', { contact: shownContact(supportContact) });

  composer.command('terms', async (context) => {
    const { texts } = context.user;
    const text = Html.join(
      [
        texts.html('terms-what'),
        sales.offers.some(({ expires }) => expires) && texts.html('terms-expire'),
        sales.refundDays > 0
          ? texts.html('terms-refund', { days: sales.refundDays })
          : texts.html('terms-no-refund'),
        texts.html('terms-failed'),
        contactOf(context),
      ],
      '\n\n',
    );
    const isSold = sales.offers.length > 0 && context.chat.type === 'private';
    await say(context, text, isSold ? [[openOffersButton.button(texts.plain('button-buy'), {})]] : []);
  });

  composer.command('paysupport', async (context) => {
    const { id, texts } = context.user;
    const isPrivate = context.chat.type === 'private';
    const payments = isPrivate ? await database.stores.payments.list(id) : [];
    const lines = payments
      .filter((_, index) => index < paymentsShown)
      .map(({ stars, paidAt, charge, status }) =>
        texts.html(`payment-${status}`, { stars, at: paidAt, charge }),
      );
    const text = Html.join(
      [
        texts.html('paysupport'),
        Html.join([contactOf(context), isPrivate && texts.html('paysupport-you', { id })]),
        lines.length > 0 && Html.join([texts.html('paysupport-payments'), ...lines]),
      ],
      '\n\n',
    );
    await say(context, text);
  });
};

const paymentsShown = 5;
