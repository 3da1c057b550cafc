import { pictureBounds } from '../../../../domain/generation/picture-price.js';
import type { Offer } from '../../../../domain/payments/offer.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { openOffersButton } from '../../buttons/payment-buttons.js';
import { type Keyboard, say } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { creditsText } from '../../wording/price-label.js';
import type { Translator } from '../../wording/translator.js';
import { wayOn } from '../way-on.js';
import { cancelButtons, monthsText } from './month-texts.js';

/** What can be bought. A tap on an offer opens its invoice: nothing is charged before the person pays there. */
export const offersFeature: Feature = (composer, services) => {
  const { database, policy, sales, clock, describeMonths } = services;
  const offers = async (context: BotContext) => {
    const { id, texts } = context.user;
    const [months, { balance }, waiting] = await Promise.all([
      describeMonths.execute(id),
      database.stores.ledger.account(id),
      database.stores.promos.waiting(id),
    ]);
    const mine = monthsText(months, clock.now(), texts);
    const cancel = cancelButtons(months, texts);
    if (sales.offers.length === 0) {
      const none = Html.join([texts.html('offers-none'), mine], '\n\n');
      return void (await say(context, none, [...cancel, ...wayOn(context, false)]));
    }
    const hasMonth = sales.offers.some(({ kind }) => kind === 'month');
    const text = Html.join(
      [
        texts.html(balance < 0 ? 'offers-owed' : 'offers-title', { balance: Math.abs(balance) }),
        waiting !== null && texts.html('offers-promo', { percent: waiting.percent }),
        mine,
        pictureBounds(policy).to > 0 &&
          texts.html('offers-picture', { price: creditsText(pictureBounds(policy), texts) }),
        hasMonth && texts.html('offers-month'),
        sales.refundDays > 0 && texts.html('offers-refund', { days: sales.refundDays }),
        texts.html('offers-terms'),
      ],
      '\n\n',
    );
    // What goes on by itself is not sold once more.
    const going = months.subscriptions.filter(({ state }) => state === 'active').map(({ offer }) => offer.id);
    const offered = sales.offers.filter((offer) => !going.includes(offer.id));
    await say(context, text, [...(await invoices(offered, services, texts)), ...cancel]);
  };
  composer.command('buy', offers);
  onButton(composer, openOffersButton, offers);
};

async function invoices(
  offers: readonly Offer[],
  { payments }: BotServices,
  texts: Translator,
): Promise<Keyboard> {
  const rows = offers.map(async (offer) => [
    {
      text: texts.plain(offer.kind === 'month' ? 'button-offer-month' : 'button-offer', {
        name: offer.name[texts.language],
        stars: offer.stars,
      }),
      url: await payments.invoice(offer, { title: offer.name[texts.language], about: about(offer, texts) }),
    },
  ]);
  return Promise.all(rows);
}

const about = ({ kind, credits, expires }: Offer, texts: Translator): string =>
  texts.plain(kind === 'pack' ? 'invoice-pack' : expires ? 'invoice-month-expires' : 'invoice-month', {
    credits: texts.plain('count-credits', { count: credits }),
  });
