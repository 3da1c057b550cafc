import { InputFile } from 'grammy';
import { ownAvatar } from '../../../../application/avatars/find-avatar.js';
import { DomainError } from '../../../../domain/errors.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { adviceText, proofCellScreen, proofKeyboard } from '../../delivery/trainings/proof-screens.js';
import { goBackRows } from '../../delivery/trainings/training-texts.js';
import { answering, asCaption, say, showKeyboard, showUsed } from '../../replies.js';
import { decimal } from '../../wording/decimal.js';
import { retrainPrice } from '../../wording/training-price.js';

/** The proof sheet: its pictures one by one, the strength of the best, and what to do when none is alike. */
export const proofFeature: Feature = (composer, services) => {
  const { database, requestTraining, updateAvatar, showProof, uploads } = services;
  const { prices } = services.trainingPolicy;

  const choose = async (context: BotContext, choice: Parameters<typeof showProof.execute>[0]) => {
    const { id: owner, texts } = context.user;
    const avatar = await updateAvatar.chooseProof(choice, { owner });
    const strength = decimal(avatar.defaultStrength ?? 1, texts);
    await context.answerCallbackQuery({ text: texts.plain('proof-chosen', { name: avatar.name, strength }) });
    return avatar;
  };

  onButton(composer, buttons.proofLookButton, async (context, choice) => {
    const { id: owner, texts } = context.user;
    const { training, cell, picture } = await showProof.execute(choice, { owner });
    const avatar = await ownAvatar(database.stores, owner, training.avatar);
    await context.answerCallbackQuery();
    const { text, keyboard } = proofCellScreen(training, cell, avatar.defaultStrength === cell.scale, texts);
    await uploads.sendPhoto(Number(owner), new InputFile(picture, 'proof.jpg'), {
      ...asCaption(text, keyboard),
      ...answering(context.callbackQuery.message?.message_id),
    });
  });
  onButton(composer, buttons.proofUseButton, async (context, choice) => {
    const { id: owner, texts } = context.user;
    await choose(context, choice);
    const { training, cell } = await showProof.execute(choice, { owner });
    await showKeyboard(context, proofCellScreen(training, cell, true, texts).keyboard);
  });
  onButton(composer, buttons.proofButton, async (context, choice) => {
    const { id: owner, texts } = context.user;
    const avatar = await choose(context, choice);
    const { training, sheet } = await showProof.execute(choice, { owner });
    await showKeyboard(context, proofKeyboard(training, sheet, avatar, texts, choice.number));
  });
  onButton(composer, buttons.keepProofButton, async (context, { training, number }) => {
    const { id: owner, texts } = context.user;
    await updateAvatar.keepProof({ training, number }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('proof-kept') });
    await showUsed(context);
  });
  onButton(composer, buttons.unlikeButton, async (context, { training: id }) => {
    const { id: owner, texts } = context.user;
    const training = await database.stores.trainings.findOwned(owner, id);
    if (training === null) throw new DomainError({ code: 'not_found', what: 'training' });
    const { avatar } = training;
    const held = await ownAvatar(database.stores, owner, avatar);
    const { isFree } = await requestTraining.quote({ avatar }, { owner });
    const text = adviceText(held.name, retrainPrice(isFree, prices, held.type, texts), texts);
    await context.answerCallbackQuery();
    await say(context, text, [
      [buttons.retrainButton.button(texts.plain('button-retrain'), { avatar })],
      [buttons.strengthMenuButton.button(texts.plain('button-strength'), { avatar })],
      ...goBackRows(held, 'elsewhere', texts),
    ]);
  });
};
