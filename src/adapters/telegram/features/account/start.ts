import type { InlineKeyboardButton } from 'grammy/types';
import type { Feature } from '../../bot-services.js';
import { newAvatarButton } from '../../buttons/avatar-buttons.js';
import * as open from '../../buttons/start-buttons.js';
import { type Keyboard, say } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** First contact: what this is, what to do now, and the first steps as buttons. */
export const startFeature: Feature = (composer, { database, policy }) => {
  composer.command('start', async (context) => {
    const { id, texts } = context.user;
    const { avatars, ledger } = database.stores;
    const [all, account] = await Promise.all([avatars.list(id), ledger.account(id)]);
    const hasAvatar = all.some(({ status }) => status === 'ready');
    const text = Html.join(
      [
        texts.html('start-hello', { name: context.from?.first_name ?? '' }),
        texts.html(hasAvatar ? 'start-with-avatar' : 'start-without-avatar'),
        policy.priceImage > 0 && texts.html('start-balance', { balance: account.balance }),
      ],
      '\n\n',
    );
    // In a group these buttons would open private screens for everybody to see.
    await say(context, text, context.chat.type === 'private' ? firstSteps(hasAvatar, texts) : []);
  });
};

/** Leaves out buttons whose screens would be empty. */
function firstSteps(hasAvatar: boolean, texts: Translator): Keyboard {
  const newAvatar = newAvatarButton.button(texts.plain('button-new-avatar'), {});
  const settings = open.openSettingsButton.button(texts.plain('button-open-settings'), {});
  const last: InlineKeyboardButton[] = [
    settings,
    open.openHelpButton.button(texts.plain('button-open-help'), {}),
  ];
  if (!hasAvatar) return [[newAvatar], last];
  return [
    [open.openGenerateButton.button(texts.plain('button-use-avatar'), {})],
    [
      open.openGalleryButton.button(texts.plain('button-open-gallery'), {}),
      open.openAvatarsButton.button(texts.plain('button-open-avatars'), {}),
    ],
    [newAvatar],
    last,
  ];
}
