import { ownAvatar } from '../../../../application/avatars/find-avatar.js';
import { attempt } from '../../../../application/input/deferred-refusal.js';
import type { TrainingQuote } from '../../../../application/training/request-training.js';
import { DomainError } from '../../../../domain/errors.js';
import type { AvatarId } from '../../../../domain/ids.js';
import { defaultSpeed, type TrainingSpeed } from '../../../../domain/training/training-order.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { durationText } from '../../delivery/trainings/training-texts.js';
import { oncePerTap, ownChatOf } from '../../middleware/one-tap.js';
import { type Keyboard, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { priced } from '../../wording/price-label.js';
import type { Translator } from '../../wording/translator.js';
import { Questions } from '../questions.js';

/** The star is explained by the text above: this one is recommended. */
const icons: Readonly<Record<TrainingSpeed, string>> = { fast: '⚡', balanced: '⭐', quality: '💎' };

/** The training: speeds with price and time, progress with a button to cancel. */
export const trainingFeature: Feature = (composer, services) => {
  const { database, requestTraining, cancelTraining, draftMessages } = services;
  const { avatarDrafts } = database.stores;
  const questions = new Questions(services);

  const menu = async (context: BotContext, avatar: AvatarId) => {
    const { id: owner, texts } = context.user;
    const { name } = await ownAvatar(database.stores, owner, avatar);
    const quote = await requestTraining.quote({ avatar }, { owner });
    await show(context, menuText(name, quote, texts), menuKeyboard(avatar, quote, texts));
  };
  onButton(composer, buttons.trainMenuButton, (context, { avatar }) => menu(context, avatar));
  onButton(composer, buttons.trainButton, (context, { avatar, speed, credits }) =>
    oncePerTap(services, context, async (requestKey) => {
      const { id: owner, texts } = context.user;
      const mine = { owner, avatar };
      await ownAvatar(database.stores, owner, avatar);
      if ((await avatarDrafts.findOwned(owner, avatar)) === null)
        throw new DomainError({ code: 'not_found', what: 'draft' });
      const chat = Number(owner);
      const origin = ownChatOf(context);
      const message = context.callbackQuery.message;
      // Before the training begins: its progress may come at once and is shown in this message.
      if (message?.chat.id === chat) await draftMessages.adopt(mine, { chat, message: message.message_id });
      const by = { owner, origin, requestKey, agreed: credits ?? undefined };
      const asked = await attempt(() => requestTraining.execute({ avatar, speed }, by));
      if ('refused' in asked) {
        if (asked.refused.code !== 'price_changed') throw asked.refused;
        await context.answerCallbackQuery({ text: texts.plain('form-price-changed'), show_alert: true });
        return menu(context, avatar);
      }
      // Training it means that its name is fine: the next text is no name any more.
      await questions.end(context, { kind: 'avatar-name', subject: avatar });
      await context.answerCallbackQuery({ text: texts.plain('training-accepted') });
      await services.trainings.begin(asked.value);
    }),
  );
  onButton(composer, buttons.cancelTrainingButton, async (context, { training: id }) => {
    const { id: owner, texts } = context.user;
    await cancelTraining.execute({ id }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('cancelling') });
  });
};

function menuText(name: string, quote: TrainingQuote, texts: Translator): Html {
  const isPaid = quote.choices.some(({ price }) => price > 0);
  return Html.join([
    texts.html('train-title', { name, kept: quote.set.kept }),
    texts.html('train-recommended'),
    quote.isFree && texts.html('unlike-free'),
    isPaid && texts.html('train-balance', { balance: quote.balance }),
    texts.html(isPaid ? 'train-promise' : 'train-promise-free'),
  ]);
}

function menuKeyboard(avatar: AvatarId, { choices }: TrainingQuote, texts: Translator): Keyboard {
  return [
    ...choices.map(({ speed, seconds, price }) => {
      const label = texts.plain(`button-train-${speed}`, { time: durationText(seconds, texts) });
      const said = `${icons[speed]} ${priced(label, price, texts)}`;
      const train = buttons.trainButton.button(said, { avatar, speed, credits: price });
      return [speed === defaultSpeed ? asMain(train) : train];
    }),
    [buttons.draftButton.button(texts.plain('button-back'), { avatar })],
  ];
}
