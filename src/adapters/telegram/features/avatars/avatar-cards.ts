import { ownAvatar } from '../../../../application/avatars/find-avatar.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import type { AvatarId } from '../../../../domain/ids.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { avatarCardButton } from '../../buttons/settings-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import { goBackRows } from '../../delivery/trainings/training-texts.js';
import { type Keyboard, rewrite, say, show, showKeyboard } from '../../replies.js';
import { decimal } from '../../wording/decimal.js';
import type { Translator } from '../../wording/translator.js';
import { deletionQuestion, deletionText } from '../account/deletion-texts.js';
import { AvatarCards } from './avatar-card.js';
import { Drafting } from './drafting.js';

/** What can be done with an avatar from its card: strength, training it anew, deleting it. */
export const avatarCardsFeature: Feature = (composer, services) => {
  const { database, api, updateAvatar, deleteAvatar, draftMessages, trainingPolicy } = services;
  const { photos } = database.stores;
  const cards = new AvatarCards(services);
  const drafting = new Drafting(services);

  onButton(composer, buttons.strengthMenuButton, async (context, { avatar: id }) => {
    const avatar = await ownAvatar(database.stores, context.user.id, id);
    await showKeyboard(context, strengthKeyboard(avatar, context.user.texts));
  });
  onButton(composer, buttons.setStrengthButton, async (context, { avatar: id, percent }) => {
    const { id: owner, texts } = context.user;
    const strength = percent === null ? null : percent / 100;
    const avatar = await updateAvatar.setStrength({ avatar: id, strength }, { owner });
    const value = strength === null ? texts.plain('strength-of-preset') : decimal(strength, texts);
    await context.answerCallbackQuery({ text: texts.plain('strength-set', { strength: value }) });
    await cards.show(context, avatar);
  });
  onButton(composer, buttons.retrainButton, async (context, { avatar }) => {
    const { id: owner, texts } = context.user;
    const { status } = await ownAvatar(database.stores, owner, avatar);
    if (status === 'draft') return drafting.open(context, { owner, avatar });
    await context.answerCallbackQuery({ text: texts.plain('retrain-opened') });
    await drafting.reopen(context, { owner, avatar });
  });
  onButton(composer, buttons.goBackButton, async (context, { avatar: id, place }) => {
    const { id: owner, texts } = context.user;
    const avatar = await updateAvatar.goBack({ avatar: id }, { owner });
    const { name } = avatar;
    if (place === 'card') {
      await context.answerCallbackQuery({ text: texts.plain('went-back-short', { name }) });
      return cards.show(context, avatar);
    }
    await context.answerCallbackQuery();
    await say(context, texts.html('went-back', { name, days: trainingPolicy.replacedWeightsDays }), [
      [avatarCardButton.button(texts.plain('button-avatar-card'), { avatar: id })],
      ...goBackRows(avatar, 'elsewhere', texts),
    ]);
  });
  onButton(composer, buttons.deleteAvatarButton, async (context, { avatar: id }) => {
    const { id: owner, texts } = context.user;
    const avatar = await ownAvatar(database.stores, owner, id);
    const images = (await database.stores.personal.images(owner, id)).length;
    const text = deletionQuestion(avatar, { photos: (await photos.list(id)).length, images }, texts);
    await context.answerCallbackQuery();
    await say(context, text, deleteKeyboard(id, images > 0, texts));
  });
  onButton(composer, buttons.deleteAvatarYesButton, async (context, { avatar, images }) => {
    const { id: owner, texts } = context.user;
    const place = await ownAvatar(database.stores, owner, avatar).then(() => draftMessages.placeOf(avatar));
    const deletion = await deleteAvatar.execute({ avatar, withImages: images }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('avatar-deleted-short') });
    await show(context, deletionText(deletion, texts));
    if (place === null) return;
    const text = texts.html('draft-deleted', { name: deletion.name });
    await rewrite(api, place, { text, keyboard: [] });
  });
};

const percents = [60, 70, 80, 90, 100, 110, 120, 130, 140];

function strengthKeyboard({ id: avatar, defaultStrength }: Avatar, texts: Translator): Keyboard {
  const choice = (percent: number | null, label: string) => {
    const strength = percent === null ? null : percent / 100;
    return buttons.setStrengthButton.choice(strength === defaultStrength, label, { avatar, percent });
  };
  return [
    ...inRows(
      percents.map((percent) => choice(percent, decimal(percent / 100, texts))),
      3,
    ),
    [choice(null, texts.plain('button-strength-of-preset'))],
    [avatarCardButton.button(texts.plain('button-back'), { avatar })],
  ];
}

function deleteKeyboard(avatar: AvatarId, hasImages: boolean, texts: Translator): Keyboard {
  const yes = (images: boolean, label: string) => [
    buttons.deleteAvatarYesButton.button(label, { avatar, images }),
  ];
  return [
    yes(false, texts.plain(hasImages ? 'button-delete-avatar-only' : 'button-delete-avatar')),
    ...(hasImages ? [yes(true, texts.plain('button-delete-avatar-and-images'))] : []),
    [avatarCardButton.button(texts.plain('button-back'), { avatar })],
  ];
}
