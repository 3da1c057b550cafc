import type { Offer } from '../../../../domain/payments/offer.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { openOffersButton } from '../../buttons/payment-buttons.js';
import { type Keyboard, say } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { wayOn } from '../way-on.js';

/** What can be bought. A tap on an offer opens its invoice: nothing is charged before the person pays there. */
export const offersFeature: Feature = (composer, services) => {
  const { database, policy, sales } = services;
  const offers = async (context: BotContext) => {
    const { id, texts } = context.user;
    if (sales.offers.length === 0)
      return void (await say(context, texts.html('offers-none'), wayOn(context, false)));
    const { balance } = await database.stores.ledger.account(id);
    const hasMonth = sales.offers.some(({ kind }) => kind === 'month');
    const text = Html.join(
      [
        texts.html(balance < 0 ? 'offers-owed' : 'offers-title', { balance: Math.abs(balance) }),
        policy.priceImage > 0 &&
          texts.html('offers-picture', { price: texts.html('count-credits', { count: policy.priceImage }) }),
        hasMonth && texts.html('offers-month'),
        sales.refundDays > 0 && texts.html('offers-refund', { days: sales.refundDays }),
        texts.html('offers-terms'),
      ],
      '\n\n',
    );
    await say(context, text, await invoices(services, texts));
  };
  composer.command('buy', offers);
  onButton(composer, openOffersButton, offers);
};

async function invoices({ payments, sales }: BotServices, texts: Translator): Promise<Keyboard> {
  const rows = sales.offers.map(async (offer) => [
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
