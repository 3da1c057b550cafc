import { attempt } from '../../../../application/input/deferred-refusal.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { say } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { refusalText } from '../../wording/refusal-texts.js';
import { wayOn } from '../way-on.js';

const prefix = 'promo_';

/** What a promo code gives, sent in or opened as a link. */
export const promoFeature: Feature = (composer, services) => {
  composer.command('promo', async (context) => {
    const typed = context.match.trim();
    const text = typed === '' ? context.user.texts.html('promo-ask') : await redeem(services, context, typed);
    await say(context, text, wayOn(context, false));
  });
  // Often somebody's very first message: whatever the code gives, the first screen follows.
  composer.command('start', async (context, next) => {
    if (context.chat.type !== 'private' || !context.match.startsWith(prefix)) return next();
    const redeemed = await attempt(() => redeem(services, context, context.match.slice(prefix.length)));
    const { texts } = context.user;
    await say(context, 'value' in redeemed ? redeemed.value : refusalText(redeemed.refused.refusal, texts));
    return next();
  });
};

async function redeem(
  { redeemPromo, database }: BotServices,
  { user: { id: owner, texts } }: BotContext,
  code: string,
): Promise<Html> {
  const { credits: count, percent, isNew } = await redeemPromo.execute({ code }, { owner });
  if (isNew && percent !== null) return texts.html('promo-reserved', { percent });
  const { balance } = await database.stores.ledger.account(owner);
  const what = isNew
    ? texts.html('promo-redeemed', { credits: texts.html('count-credits', { count: count ?? 0 }) })
    : texts.html('promo-again');
  return Html.join([what, texts.html('receipt-balance', { balance })], ' ');
}
