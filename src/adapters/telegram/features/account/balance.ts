import { pictureBounds } from '../../../../domain/generation/picture-price.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { openOffersButton } from '../../buttons/payment-buttons.js';
import { openBalanceButton } from '../../buttons/start-buttons.js';
import { say } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { creditsRange } from '../../wording/price-label.js';
import { priceRange } from '../../wording/training-price.js';
import { cancelButtons, monthsText } from '../payments/month-texts.js';
import { firstWayOn } from '../way-on.js';
import { historyText } from './history-text.js';

/** Credits, what is set aside, what happened to them, and what things cost. */
export const balanceFeature: Feature = (composer, services) => {
  const { database, policy, sales, trainingPolicy, clock, describeMonths } = services;
  const balance = async (context: BotContext) => {
    const { id, texts } = context.user;
    const [account, history, months] = await Promise.all([
      database.stores.ledger.account(id),
      historyText(database.stores, id, texts),
      describeMonths.execute(id),
    ]);
    const text = Html.join(
      [
        texts.html('balance', { balance: account.balance, held: account.held }),
        monthsText(months, clock.now(), texts),
        history,
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
