import { ownImage } from '../../../../application/gallery/own-image.js';
import type { Asked } from '../../../../application/generation/accept-once.js';
import type { RequestContext } from '../../../../application/input/request-context.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import { priceOfVariation } from '../../../../domain/generation/picture-price.js';
import type { AvatarId, GenerationId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { onPayingButton } from '../../buttons/paying-button.js';
import { handleOf } from '../../delivery/results/photo-files.js';
import {
  albumImageKeyboard,
  presetKeyboard,
  resultKeyboard,
  undoKeyboard,
  variationKeyboard,
} from '../../delivery/results/result-keyboard.js';
import { resultCaption } from '../../delivery/results/result-texts.js';
import { takeBack } from '../../delivery/results/take-back.js';
import { oncePerTap, originOf } from '../../middleware/one-tap.js';
import { asCaption, asMarkup, say, showKeyboard } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { deletedText } from '../gallery/gallery-cards.js';

/** What its owner can do with a result, at any time later. */
export const resultButtonsFeature: Feature = (composer, services) => {
  const { database, policy, listPresets, progress, changeImage, files } = services;
  const { repeatGeneration, requestUpscale, requestVariation, describeGeneration } = services;

  const showResult = async (context: BotContext, id: GenerationId): Promise<void> => {
    const { id: owner, texts } = context.user;
    const { generation, images } = await describeGeneration.execute({ id }, { owner });
    await showKeyboard(context, resultKeyboard(generation, images, texts, policy));
  };
  /** A single picture has all buttons; an album those of the picture that was chosen. */
  const showImage = async (context: BotContext, item: GalleryItem): Promise<void> => {
    const { texts } = context.user;
    const { generation, brought, images } = await describeGeneration.execute({ id: item.generation }, item);
    await showKeyboard(
      context,
      brought.length > 1
        ? albumImageKeyboard(generation, item, images, texts, policy)
        : resultKeyboard(generation, [item], texts, policy),
    );
  };

  /** Again as a picture, if it was taken out of the chat and words were left in its place. */
  const showRestored = async (context: BotContext, item: GalleryItem, isGone: boolean): Promise<void> => {
    const { texts } = context.user;
    const { generation, brought } = await describeGeneration.execute({ id: item.generation }, item);
    const isAlbum = brought.length > 1;
    const wasTaken = isAlbum ? isGone : context.callbackQuery?.message?.text !== undefined;
    if (wasTaken && 'collectedAt' in generation) {
      const find = async (id: AvatarId | null) => (id === null ? null : database.stores.avatars.find(id));
      const [avatar, companion] = await Promise.all([find(generation.avatar), find(generation.companion)]);
      const caption = resultCaption({ generation, avatar, companion }, texts);
      const keyboard = isAlbum ? [] : resultKeyboard(generation, [item], texts, policy);
      const [sent] = await files.show([item], 'photo', (photos) =>
        Promise.all(photos.map(({ media }) => context.replyWithPhoto(media, asCaption(caption, keyboard)))),
      );
      if (sent !== undefined)
        await files.remember(item, 'photo', handleOf(sent), { chat: sent.chat.id, message: sent.message_id });
      if (!isAlbum) return void (await bestEffort(() => context.deleteMessage()));
    }
    // The buttons of a whole album, with all of it at one tap.
    return isAlbum ? showResult(context, generation.id) : showImage(context, item);
  };

  /** A new job, once for a double tap. `shown`: changes the tapped message meanwhile. */
  const order = (
    context: BotContext,
    agreed: number | undefined,
    request: (by: RequestContext) => Promise<Asked>,
    shown = async () => {},
  ): Promise<void> =>
    oncePerTap(services, context, async (requestKey) => {
      const job = await request({ owner: context.user.id, origin: originOf(context), requestKey, agreed });
      await context.answerCallbackQuery();
      await shown();
      await progress.begin(job);
    });

  onPayingButton(composer, buttons.repeatButton, (context, { generation: id }, agreed) =>
    order(context, agreed, (by) => repeatGeneration.execute({ id }, by)),
  );
  onButton(composer, buttons.variationsButton, async (context, { image }) => {
    const { id: owner, texts } = context.user;
    const { generation } = await ownImage(database.stores.gallery, owner, image);
    const { generation: job, brought } = await describeGeneration.execute({ id: generation }, { owner });
    const label = texts.plain('button-back');
    const back =
      brought.length > 1
        ? buttons.pickImageButton.button(label, { image })
        : buttons.backToResultButton.button(label, { generation });
    await showKeyboard(context, variationKeyboard(image, back, texts, priceOfVariation(job, policy)));
  });
  onPayingButton(composer, buttons.variationButton, (context, { image, change }, agreed) =>
    order(context, agreed, (by) => requestVariation.execute({ image, change }, by)),
  );
  onButton(composer, buttons.otherPresetButton, async (context, { generation: id }) => {
    const { id: owner, texts } = context.user;
    const { generation: job } = await describeGeneration.execute({ id }, { owner });
    const working = await listPresets.execute(owner, job.avatar);
    await showKeyboard(context, presetKeyboard(job, working, texts, policy));
  });
  onPayingButton(composer, buttons.withPresetButton, (context, { generation: id, preset }, agreed) =>
    order(
      context,
      agreed,
      (by) => repeatGeneration.execute({ id, preset }, by),
      () => showResult(context, id),
    ),
  );
  onButton(composer, buttons.backToResultButton, (context, { generation }) =>
    showResult(context, generation),
  );
  onButton(composer, buttons.pickImageButton, async (context, { image }) =>
    showImage(context, await ownImage(database.stores.gallery, context.user.id, image)),
  );
  onPayingButton(composer, buttons.upscaleButton, (context, { image }, agreed) =>
    order(context, agreed, (by) => requestUpscale.execute({ image }, by)),
  );
  onButton(composer, buttons.favouriteButton, async (context, { image, on }) => {
    const { id: owner, texts } = context.user;
    const change = on ? 'favour' : 'unfavour';
    const item = await changeImage.execute({ image, change }, { owner });
    await context.answerCallbackQuery({ text: texts.plain(on ? 'favoured' : 'unfavoured') });
    await showImage(context, item);
  });
  onButton(composer, buttons.deleteButton, (context, { image }) =>
    oncePerTap(services, context, async () => {
      const { id: owner, texts } = context.user;
      const item = await changeImage.execute({ image, change: 'delete' }, { owner });
      const { generation, brought } = await describeGeneration.execute({ id: item.generation }, { owner });
      await context.answerCallbackQuery({ text: texts.plain('deleted') });
      const isAlone = brought.length === 1 && context.callbackQuery?.message?.text === undefined;
      const isGone =
        (await takeBack(services, [image])) ||
        // Earlier releases did not note where a picture stands.
        (isAlone && (await bestEffort(() => context.deleteMessage())));
      const undo = undoKeyboard(image, isGone, brought.length > 1 ? generation : null, texts);
      // Where the buttons of an album stand stays; a picture takes its buttons with it.
      const isThere = await bestEffort(() =>
        context.editMessageReplyMarkup({ reply_markup: asMarkup(undo) }),
      );
      if (isGone && !isThere) await say(context, deletedText(1, true, texts), undo);
    }),
  );
  onButton(composer, buttons.undeleteButton, async (context, { image, isGone }) => {
    const { id: owner, texts } = context.user;
    const item = await changeImage.execute({ image, change: 'restore' }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('undeleted') });
    await showRestored(context, item, isGone === true);
  });
};
