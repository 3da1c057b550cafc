import type { Sales } from '../../../../application/policy/sales.js';
import type { MoneyNotification } from '../../../../application/ports/money/money-channel.js';
import type { Payment } from '../../../../domain/payments/payment.js';
import type { Subscription } from '../../../../domain/payments/subscription.js';
import { giveBackButton, openOffersButton } from '../../buttons/payment-buttons.js';
import { openGenerateButton } from '../../buttons/start-buttons.js';
import type { Keyboard, Screen } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

interface Shop {
  readonly sales: Pick<Sales, 'refundDays'>;
  readonly supportContact: string | null;
}

export function moneyScreen(notification: MoneyNotification, shop: Shop, texts: Translator): Screen {
  switch (notification.kind) {
    case 'receipt':
      return receiptScreen(notification.payment, notification.balance, shop, texts);
    case 'refund': {
      const { payment, subscription, balance } = notification;
      const text = Html.join([returnText(payment, subscription, texts), balanceText(balance, texts)]);
      return { text, keyboard: balance < 0 ? buy(texts) : [] };
    }
    case 'reward': {
      const credits = texts.html('count-credits', { count: notification.credits });
      const text = Html.join([
        texts.html('reward-told', { credits }),
        balanceText(notification.balance, texts),
      ]);
      return { text, keyboard: picture(texts) };
    }
    default:
      return notification satisfies never;
  }
}

function receiptScreen(payment: Payment, balance: number, shop: Shop, texts: Translator): Screen {
  const { id, credits, bonus, stars, until, status } = payment;
  // Paid with an invoice of another program under the same token.
  if (credits === 0)
    return {
      text: texts.html(shop.supportContact === null ? 'receipt-unknown' : 'receipt-unknown-contact'),
      keyboard: [],
    };
  const paid = { credits: texts.html('count-credits', { count: credits }), stars };
  const text = Html.join([
    until !== null
      ? texts.html('receipt-month', { ...paid, until })
      : bonus > 0
        ? texts.html('receipt-promo', { ...paid, percent: bonus })
        : texts.html('receipt', paid),
    balanceText(balance, texts),
  ]);
  const back = giveBackButton.button(texts.plain('button-give-back', { stars }), { payment: id });
  const isReturnable = shop.sales.refundDays > 0 && status === 'paid';
  return { text, keyboard: [...picture(texts), ...(isReturnable ? [[back]] : [])] };
}

/** How giving a payment back ended, or that it was taken away. */
export function returnText(
  { status, stars, credits, taken, paidAt }: Payment,
  subscription: Subscription | null,
  texts: Translator,
): Html {
  const terms = { stars, credits: texts.html('count-credits', { count: credits }) };
  switch (status) {
    case 'paid':
      return texts.html('refund-refused', terms);
    case 'refunding':
      return texts.html('refund-under-way', terms);
    case 'refunded': {
      const left = { stars, credits: texts.html('count-credits', { count: taken }) };
      return Html.join([
        taken === 0 ? texts.html('refund-done-spent', { stars }) : texts.html('refund-done', left),
        monthText(subscription, texts),
      ]);
    }
    case 'charged_back':
      return Html.join([
        texts.html('refund-taken-away', { ...terms, at: paidAt }),
        monthText(subscription, texts),
      ]);
    default:
      return status satisfies never;
  }
}

/** What became of the subscription that it paid for; `false`: it paid for none, or that was over before. */
function monthText(subscription: Subscription | null, texts: Translator): Html | false {
  if (subscription === null || subscription.state === 'failed') return false;
  if (subscription.isEnding) return texts.html('refund-month-ending');
  return texts.html(subscription.state === 'canceled' ? 'refund-month-canceled' : 'refund-month-goes-on');
}

const balanceText = (balance: number, texts: Translator): Html =>
  balance < 0
    ? texts.html('receipt-owed', { owed: texts.html('count-credits', { count: -balance }) })
    : texts.html('receipt-balance', { balance });

const picture = (texts: Translator): Keyboard => [
  [openGenerateButton.button(texts.plain('button-use-avatar'), {})],
];
const buy = (texts: Translator): Keyboard => [[openOffersButton.button(texts.plain('button-buy'), {})]];
