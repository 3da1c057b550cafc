import type { MiddlewareFn } from 'grammy';
import { DomainError } from '../../../../domain/errors.js';
import { type UserId, userId } from '../../../../domain/ids.js';
import { readPayload } from '../../../../domain/payments/offer.js';
import type { Subscription } from '../../../../domain/payments/subscription.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { askCancelButton, cancelMonthButton, openOffersButton } from '../../buttons/payment-buttons.js';
import { openBalanceButton } from '../../buttons/start-buttons.js';
import { asMessage, say, show } from '../../replies.js';
import { troubleOf } from '../../telegram-errors.js';
import { languageOf } from '../../wording/translator.js';
import { wayOn } from '../way-on.js';

/**
 * Keeps what Telegram says became of a subscription. That one could not be charged is said to its person, before it is
 * kept: when Telegram tells again after a crash, so do we.
 */
export const hearSubscriptions =
  (services: BotServices): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const update = context.subscription;
    if (update === undefined) return next();
    const { state, invoice_payload: payload } = update;
    const user = userId(String(update.user.id));
    if (state === 'failed') await tellFailure(services, context, user, payload);
    await services.noteSubscription.execute({ user, payload, state });
  };

export const subscriptionsFeature: Feature = (composer, services) => {
  const { database, cancelSubscription } = services;
  const termsOf = async ({ offer }: Subscription) => {
    const terms = await database.stores.payments.terms(offer);
    if (terms === null) throw new DomainError({ code: 'not_found', what: 'offer' });
    return terms;
  };

  onButton(composer, askCancelButton, async (context, { subscription: id }) => {
    const { id: owner, texts } = context.user;
    const subscription = await database.stores.subscriptions.findOwned(id, owner);
    if (subscription === null) throw new DomainError({ code: 'not_found', what: 'subscription' });
    const { name, expires } = await termsOf(subscription);
    const text = texts.html(expires ? 'cancel-month-ask-expires' : 'cancel-month-ask', {
      name: name[texts.language],
      until: subscription.until,
    });
    await say(context, text, [
      [cancelMonthButton.button(texts.plain('button-cancel-month-yes'), { subscription: id })],
      [openBalanceButton.button(texts.plain('button-cancel-month-no'), {})],
    ]);
  });

  onButton(composer, cancelMonthButton, async (context, { subscription: id }) => {
    const { id: owner, texts } = context.user;
    const subscription = await cancelSubscription.execute(id, owner);
    const { state, until } = subscription;
    const { name } = await termsOf(subscription);
    const key =
      state === 'canceled'
        ? 'cancel-month-done'
        : state === 'failed'
          ? 'cancel-month-over'
          : 'cancel-month-refused';
    await show(context, texts.html(key, { name: name[texts.language], until }), wayOn(context, false));
  });
};

/** Once: of one that is known to have failed nothing is said. */
async function tellFailure(
  { database, textsIn }: BotServices,
  { api, from }: BotContext,
  user: UserId,
  payload: string,
): Promise<void> {
  const { stores } = database;
  const offer = readPayload(payload);
  const known = offer === null ? null : await stores.subscriptions.find(user, offer);
  if (offer === null || known === null || known.state === 'failed') return;
  const [terms, { language }] = await Promise.all([
    stores.payments.terms(offer),
    stores.preferences.of(user),
  ]);
  if (terms === null) return;
  const texts = textsIn(languageOf(language, from?.language_code));
  const text = texts.html('month-failed', { name: terms.name[texts.language], stars: terms.stars });
  const buy = openOffersButton.button(texts.plain('button-buy'), {});
  try {
    await api.sendMessage(Number(user), text.source, asMessage([[buy]]));
  } catch (error) {
    // Whoever has blocked the bot cannot be told; anything else is tried again with the update.
    if (troubleOf(error)?.kind !== 'unreachable') throw error;
  }
}
