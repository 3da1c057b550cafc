import type { Message } from 'grammy/types';
import type { BotContext } from '../bot-context.js';
import type { Feature } from '../bot-services.js';
import * as keys from '../buttons/api-key-buttons.js';
import * as avatars from '../buttons/avatar-buttons.js';
import { type ButtonKind, kindsAmong } from '../buttons/button-kind.js';
import * as gallery from '../buttons/gallery-buttons.js';
import { onButton } from '../buttons/on-button.js';
import * as money from '../buttons/payment-buttons.js';
import * as privacy from '../buttons/privacy-buttons.js';
import * as settings from '../buttons/settings-buttons.js';
import * as open from '../buttons/start-buttons.js';
import { say, startLink } from '../replies.js';

/** Commands that show somebody's pictures, money or personal data. */
const privateCommands = [
  'balance',
  'buy',
  'promo',
  'invite',
  'gallery',
  'avatars',
  'settings',
  'privacy',
  'api',
  'new',
] as const;

const avatarCards: readonly unknown[] = [
  settings.avatarsButton,
  settings.avatarCardButton,
  settings.makeMainButton,
  settings.useFromNowOnButton,
  settings.renameButton,
];

/** Buttons that show the same, where older versions put them into groups. */
const openedBy: readonly (readonly [ButtonKind, (typeof privateCommands)[number]])[] = [
  [open.openBalanceButton, 'balance'],
  [open.openGalleryButton, 'gallery'],
  [open.openAvatarsButton, 'avatars'],
  [open.openSettingsButton, 'settings'],
  ...kindsAmong(money).map((kind) => [kind, 'buy'] as const),
  ...kindsAmong(gallery).map((kind) => [kind, 'gallery'] as const),
  ...kindsAmong(privacy).map((kind) => [kind, 'privacy'] as const),
  ...kindsAmong(keys).map((kind) => [kind, 'api'] as const),
  ...kindsAmong(avatars).map((kind) => [kind, 'avatars'] as const),
  [avatars.newAvatarButton, 'new'],
  ...kindsAmong(settings)
    .filter((kind) => kind !== settings.useAvatarButton)
    .map((kind) => [kind, avatarCards.includes(kind) ? 'avatars' : 'settings'] as const),
];

/** Leads out of a group into the private chat, where the link opens exactly what was asked for. */
export const privateScreensFeature: Feature = (composer) => {
  // The link of a screen does what its command does.
  composer.command('start', (context, next) => {
    const command = privateCommands.find((each) => each === context.match);
    if (command !== undefined) sayInstead(context.message, `/${command}`);
    return next();
  });
  composer.command([...privateCommands], async (context, next) => {
    if (context.chat.type === 'private') return next();
    const [, command = ''] = /^\/(\w+)/.exec(context.message?.text ?? '') ?? [];
    const { texts } = context.user;
    const button = { text: texts.plain('button-open-privately'), url: startLink(context, command) };
    await say(context, texts.html('only-private'), [[button]]);
  });
  const outside = composer.filter(({ chat }) => chat !== undefined && chat.type !== 'private');
  for (const [kind, command] of openedBy)
    onButton(outside, kind, (context) => context.answerCallbackQuery({ url: startLink(context, command) }));
};

function sayInstead(message: BotContext['message'], text: string): void {
  const entities: Message['entities'] = [{ type: 'bot_command', offset: 0, length: text.length }];
  if (message !== undefined) Object.assign(message, { text, entities });
}
