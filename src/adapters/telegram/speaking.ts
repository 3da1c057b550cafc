import type { InlineKeyboardButton, Message } from 'grammy/types';
import type { BotContext } from './bot-context.js';
import type { Html } from './wording/html.js';

export type Keyboard = readonly (readonly InlineKeyboardButton[])[];

/** How a text and its buttons are handed to the Bot API. Link previews would only push pictures away. */
export const asMessage = (keyboard: Keyboard = []) => ({
  parse_mode: 'HTML' as const,
  link_preview_options: { is_disabled: true },
  ...(keyboard.length === 0 ? {} : { reply_markup: asMarkup(keyboard) }),
});

export const asMarkup = (keyboard: Keyboard) => ({ inline_keyboard: keyboard.map((row) => [...row]) });

/** An answer that stays also when what it answers was deleted meanwhile. */
export const answering = (message: number | undefined) =>
  message === undefined
    ? {}
    : { reply_parameters: { message_id: message, allow_sending_without_reply: true } };

/** Sends a message to where the caller is. In a group it answers theirs, so that it is clear whom it is for. */
export function say(context: BotContext, text: Html, keyboard: Keyboard = []): Promise<Message.TextMessage> {
  const isGroup = context.chat?.type !== 'private';
  return context.reply(text.source, {
    ...asMessage(keyboard),
    ...(isGroup ? answering(context.message?.message_id) : {}),
  });
}
