import { ownAvatar } from '../../../../application/avatars/find-avatar.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { newAvatarButton } from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import * as buttons from '../../buttons/settings-buttons.js';
import { openAvatarsButton } from '../../buttons/start-buttons.js';
import { type Screen, say, show, showUsed } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';
import { Questions } from '../questions.js';
import { AvatarCards } from './avatar-card.js';

/** The person's avatars: which is the main one, what each holds, and their names. */
export const avatarsFeature: Feature = (composer, services) => {
  const { database, updateAvatar } = services;
  const { avatars } = database.stores;
  const cards = new AvatarCards(services);
  const questions = new Questions(services);

  const list = (put: typeof say | typeof show) => async (context: BotContext) => {
    const { id, texts } = context.user;
    const { text, keyboard } = listScreen(await avatars.list(id), texts);
    await put(context, text, keyboard);
  };
  composer.command('avatars', list(say));
  onButton(composer, openAvatarsButton, list(say));
  onButton(composer, buttons.avatarsButton, list(show));
  onButton(composer, buttons.avatarCardButton, async (context, { avatar: id }) => {
    const avatar = await ownAvatar(database.stores, context.user.id, id);
    await context.answerCallbackQuery();
    await cards.show(context, avatar);
  });
  onButton(composer, buttons.makeMainButton, async (context, { avatar: id }) => {
    const { texts } = context.user;
    const avatar = await updateAvatar.makeMain({ avatar: id }, { owner: context.user.id });
    await context.answerCallbackQuery({ text: texts.plain('avatar-is-main', { name: avatar.name }) });
    await cards.show(context, avatar);
  });
  onButton(composer, buttons.useFromNowOnButton, async (context, { avatar: id }) => {
    const { id: owner, texts } = context.user;
    const avatar = await updateAvatar.makeMain({ avatar: id }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('avatar-from-now-on', { name: avatar.name }) });
    await showUsed(context);
  });
  onButton(composer, buttons.renameButton, async (context, { avatar: id }) => {
    await ownAvatar(database.stores, context.user.id, id);
    await context.answerCallbackQuery();
    await questions.ask(context, { kind: 'avatar-name', subject: id });
  });
};

/** Telegram takes a hundred buttons; nobody scrolls through more avatars. */
const avatarsShown = 50;

function listScreen(all: readonly Avatar[], texts: Translator): Screen {
  const text =
    all.length === 0 ? texts.html('avatars-none') : texts.html('avatars-title', { count: all.length });
  const keyboard = all.slice(0, avatarsShown).map((avatar) => [
    buttons.avatarCardButton.button(`${avatar.isMain ? '⭐ ' : ''}${cut(avatar.name, 40)}`, {
      avatar: avatar.id,
    }),
  ]);
  const label = texts.plain(all.length === 0 ? 'button-make-avatar' : 'button-new-avatar');
  return { text, keyboard: [...keyboard, [newAvatarButton.button(label, {})]] };
}
