import { InputMediaBuilder } from 'grammy';
import type { InlineKeyboardButton, Message } from 'grammy/types';
import { photoLimits } from '../../../../domain/avatar/photo.js';
import { pictureBounds } from '../../../../domain/generation/picture-price.js';
import { defaultSpeed, speeds } from '../../../../domain/training/training-order.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { newAvatarButton } from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import * as open from '../../buttons/start-buttons.js';
import { asCaption, type Keyboard, say } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import { creditsText } from '../../wording/price-label.js';
import { isTrainingPaid, trainingPrice } from '../../wording/training-price.js';
import type { Translator } from '../../wording/translator.js';

/** First contact: what comes out, what it takes and costs, and the first steps as buttons. */
export const startFeature: Feature = (composer, services) => {
  const { database, policy, ownPictures, uploads } = services;

  composer.command('start', async (context) => {
    const { id, texts } = context.user;
    const { avatars, ledger } = database.stores;
    const [all, account] = await Promise.all([avatars.list(id), ledger.account(id)]);
    const hasAvatar = all.some(({ status }) => status === 'ready');
    const isPrivate = context.chat.type === 'private';
    const text = Html.join(
      [
        texts.html('start-hello', { name: context.from?.first_name ?? '' }),
        ...(hasAvatar ? [texts.html('start-with-avatar')] : await wayToAnAvatar(services, texts)),
        isPrivate &&
          pictureBounds(policy).to > 0 &&
          texts.html('start-balance', { balance: account.balance }),
      ],
      '\n\n',
    );
    // In a group these buttons would open private screens for everybody to see.
    if (!isPrivate) return void (await say(context, text));
    if (hasAvatar) return void (await say(context, text, firstSteps(texts)));
    await welcome(services, context, text);
  });
  onButton(composer, open.openExamplesButton, async (context) => {
    const { id, texts } = context.user;
    const examples = await services.examples();
    await context.answerCallbackQuery();
    if (examples !== null)
      await ownPictures.send(examples.each, (files) =>
        uploads.sendMediaGroup(
          Number(id),
          files.map((file) => InputMediaBuilder.photo(file)),
        ),
      );
    await say(context, texts.html('start-after-examples'), [makeAvatarRow(texts)]);
  });
};

/** For somebody who has nothing yet: three pictures where there are some, and what can be done. */
async function welcome(services: BotServices, context: BotContext, text: Html): Promise<void> {
  const { texts } = context.user;
  const examples = await services.examples();
  const help = open.openHelpButton.button(texts.plain('button-open-help'), {});
  const look = open.openExamplesButton.button(texts.plain('button-see-examples'), {});
  const keyboard = [makeAvatarRow(texts), ...(examples === null ? [] : [[look]]), [help]];
  if (examples === null) return void (await say(context, text, keyboard));
  const send = async ([file]: Parameters<Parameters<typeof services.ownPictures.send>[1]>[0]) =>
    file === undefined ? [] : [(await context.replyWithPhoto(file, asCaption(text, keyboard))) as Message];
  const isShown = await bestEffort(() => services.ownPictures.send([examples.mosaic], send));
  if (!isShown) await say(context, text, keyboard);
}

/** What an avatar takes: photos, minutes (measured where there is a history) and credits. */
async function wayToAnAvatar(
  { database, policy, trainingPolicy }: BotServices,
  texts: Translator,
): Promise<Html[]> {
  const seconds =
    (await database.stores.trainings.typicalSeconds(defaultSpeed)) ?? speeds[defaultSpeed].expectedSeconds;
  const { fewest, most } = photoLimits;
  const { prices } = trainingPolicy;
  const isPaid = pictureBounds(policy).to > 0 || isTrainingPaid(prices);
  return [
    texts.html('start-without-avatar', { fewest, most, minutes: Math.max(1, Math.ceil(seconds / 60)) }),
    isPaid
      ? texts.html('start-prices', {
          training: trainingPrice(prices, texts),
          image: creditsText(pictureBounds(policy), texts),
        })
      : texts.html('help-free'),
  ];
}

const makeAvatarRow = (texts: Translator) => [newAvatarButton.button(texts.plain('button-make-avatar'), {})];

function firstSteps(texts: Translator): Keyboard {
  const last: InlineKeyboardButton[] = [
    open.openSettingsButton.button(texts.plain('button-open-settings'), {}),
    open.openHelpButton.button(texts.plain('button-open-help'), {}),
  ];
  return [
    [open.openGenerateButton.button(texts.plain('button-use-avatar'), {})],
    [
      open.openGalleryButton.button(texts.plain('button-open-gallery'), {}),
      open.openAvatarsButton.button(texts.plain('button-open-avatars'), {}),
    ],
    [newAvatarButton.button(texts.plain('button-new-avatar'), {})],
    last,
  ];
}
