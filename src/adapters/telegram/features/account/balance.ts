import { pictureBounds } from '../../../../domain/generation/picture-price.js';
import { type JobLine, jobLines } from '../../../../domain/ledger-lines.js';
import { purchaseOf } from '../../../../domain/payments/payment.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { openOffersButton } from '../../buttons/payment-buttons.js';
import { openBalanceButton } from '../../buttons/start-buttons.js';
import { say } from '../../replies.js';
import { decimal } from '../../wording/decimal.js';
import { Html } from '../../wording/html.js';
import { creditsRange } from '../../wording/price-label.js';
import { priceRange } from '../../wording/training-price.js';
import type { Translator } from '../../wording/translator.js';
import { cancelButtons, monthsText } from '../payments/month-texts.js';
import { firstWayOn } from '../way-on.js';

const entriesRead = 60;
const linesShown = 12;

/** Credits, what is set aside, what happened to them, and what things cost. */
export const balanceFeature: Feature = (composer, services) => {
  const { database, policy, sales, trainingPolicy, clock, describeMonths } = services;
  const balance = async (context: BotContext) => {
    const { id, texts } = context.user;
    const { ledger, payments } = database.stores;
    const [account, entries, months, paid] = await Promise.all([
      ledger.account(id),
      ledger.history(id, entriesRead),
      describeMonths.execute(id),
      payments.list(id),
    ]);
    const bonuses = new Map(paid.map(({ charge, bonus }) => [purchaseOf(charge), bonus]));
    const history = jobLines(entries).slice(0, linesShown);
    const text = Html.join(
      [
        texts.html('balance', { balance: account.balance, held: account.held }),
        monthsText(months, clock.now(), texts),
        history.length > 0 &&
          Html.join([
            texts.html('balance-history'),
            ...history.map((line) => entryText(line, bonuses.get(line.reason) ?? 0, texts)),
          ]),
        texts.html('price-list', {
          image: creditsRange(pictureBounds(policy), texts),
          upscale: policy.priceUpscale,
          training: priceRange(trainingPolicy.prices, texts),
        }),
      ],
      '\n\n',
    );
    const buy = openOffersButton.button(texts.plain('button-buy'), {});
    const isPrivate = context.chat?.type === 'private';
    const isSold = sales.offers.length > 0 && isPrivate;
    await say(context, text, [
      ...(isSold ? [[buy]] : []),
      ...(isPrivate ? cancelButtons(months, texts) : []),
      ...(await firstWayOn(context, services)),
    ]);
  };
  composer.command('balance', balance);
  onButton(composer, openBalanceButton, balance);
};

function entryText(
  { kind, what, amount, returned, reason, at }: JobLine,
  bonus: number,
  texts: Translator,
): Html {
  const text =
    kind === 'purchase' && bonus > 0
      ? texts.html('ledger-purchase-promo', { percent: bonus })
      : kind === 'payback' && reason.startsWith('payback:referral:')
        ? texts.html('ledger-referral-lost')
        : kind === 'payback' && reason.startsWith('payback:operator:')
          ? texts.html('ledger-taken-back', { reason: cut(reason.split(':').slice(3).join(':'), 80) })
          : kind === 'purchase' || kind === 'payback' || kind === 'chargeback' || kind === 'expiry'
            ? texts.html(`ledger-${kind}`)
            : kind === 'grant' && reason.startsWith('welcome:')
              ? texts.html('ledger-welcome')
              : kind === 'grant' && reason.startsWith('sandbox-')
                ? texts.html('ledger-sandbox')
                : kind === 'grant' && reason.startsWith('promo:')
                  ? texts.html('ledger-promo')
                  : kind === 'grant' && reason.startsWith('referral:')
                    ? texts.html('ledger-referral')
                    : kind === 'grant' || kind === 'refund'
                      ? texts.html(`ledger-${kind}`, {
                          reason: cut(reason.slice(reason.indexOf(':') + 1), 80),
                        })
                      : texts.html(`ledger-${kind}`, {
                          what: texts.html(`ledger-what-${what}`),
                          credits: returned,
                        });
  const signed = `${amount > 0 ? '+' : '−'}${decimal(Math.abs(amount), texts)}`;
  return texts.html('ledger-line', { amount: signed, text, at });
}
