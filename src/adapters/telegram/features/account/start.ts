import { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { BotContext } from '../../bot-context.js';
import { newAvatarButton } from '../../buttons/avatar-buttons.js';
import * as open from '../../buttons/start-buttons.js';
import { type Keyboard, say } from '../../speaking.js';
import type { Toolbox } from '../../toolbox.js';
import { Html } from '../../wording/html.js';
import type { Words } from '../../wording/words.js';

/** First contact: what this is, what to do now, and the first steps as buttons. */
export function startFeature({ database, policy }: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('start', async (context) => {
    const { id, words } = context.caller;
    const { avatars, ledger } = database.stores;
    const [all, account] = await Promise.all([avatars.list(id), ledger.account(id)]);
    const hasAvatar = all.some(({ status }) => status === 'ready');
    const text = Html.join(
      [
        words.html('start-hello', { name: context.from?.first_name ?? '' }),
        words.html(hasAvatar ? 'start-with-avatar' : 'start-without-avatar'),
        policy.priceImage > 0 && words.html('start-balance', { balance: account.balance }),
      ],
      '\n\n',
    );
    // In a group they would open anybody's screens before everybody.
    await say(context, text, context.chat.type === 'private' ? firstSteps(hasAvatar, words) : []);
  });
  return composer;
}

/** Nothing is offered that would only answer that there is nothing yet. */
function firstSteps(hasAvatar: boolean, words: Words): Keyboard {
  const newAvatar = newAvatarButton.button(words.plain('button-new-avatar'), {});
  const settings = open.openSettingsButton.button(words.plain('button-open-settings'), {});
  const last: InlineKeyboardButton[] = [
    settings,
    open.openHelpButton.button(words.plain('button-open-help'), {}),
  ];
  if (!hasAvatar) return [[newAvatar], last];
  return [
    [open.openGenerateButton.button(words.plain('button-use-avatar'), {})],
    [
      open.openGalleryButton.button(words.plain('button-open-gallery'), {}),
      open.openAvatarsButton.button(words.plain('button-open-avatars'), {}),
    ],
    [newAvatar],
    last,
  ];
}
