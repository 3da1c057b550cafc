import type { BotContext } from '../bot-context.js';
import * as open from '../buttons/start-buttons.js';
import type { Keyboard } from '../replies.js';

/** Where a message leads that asks for nothing. In a group to the private chat: elsewhere all would see its screens. */
export function wayOn({ user: { texts }, chat, me }: BotContext, help = true): Keyboard {
  if (chat?.type !== 'private')
    return [[{ text: texts.plain('button-open-chat'), url: `https://t.me/${me.username}` }]];
  return [
    [open.openGenerateButton.button(texts.plain('button-use-avatar'), {})],
    ...(help ? [[open.openHelpButton.button(texts.plain('button-open-help'), {})]] : []),
  ];
}
