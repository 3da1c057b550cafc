import type { Api } from 'grammy';
import type { InlineKeyboardButton, Message } from 'grammy/types';
import type { BotContext } from './bot-context.js';
import { withoutUsed } from './buttons/button-kind.js';
import { bestEffort, troubleOf } from './telegram-errors.js';
import { type Html, straight } from './wording/html.js';

/** A message of the bot's. */
export interface MessagePlace {
  readonly chat: number;
  readonly message: number;
}

export type Keyboard = readonly (readonly InlineKeyboardButton[])[];

/** What a message says and offers. */
export interface Screen {
  readonly text: Html;
  readonly keyboard: Keyboard;
}

/** A text and its buttons for the Bot API. Without link previews, which would push pictures out of sight. */
export const asMessage = (keyboard: Keyboard = []) => ({
  parse_mode: 'HTML' as const,
  link_preview_options: { is_disabled: true },
  ...(keyboard.length === 0 ? {} : { reply_markup: asMarkup(keyboard) }),
});

/** The text under a picture; `keyboard`: where it is part of the same call. */
export const asCaption = (text: Html, keyboard?: Keyboard) => ({
  caption: text.source,
  parse_mode: 'HTML' as const,
  ...(keyboard === undefined ? {} : { reply_markup: asMarkup(keyboard) }),
});

/** Labels may hold names that people typed. */
export const asMarkup = (keyboard: Keyboard) => ({
  inline_keyboard: keyboard.map((row) => row.map((button) => ({ ...button, text: straight(button.text) }))),
});

/** Opens the private chat with `/start <payload>`; at most 64 characters of `A-Za-z0-9_-`. */
export const startLink = ({ me }: BotContext, payload: string): string =>
  `https://t.me/${me.username}?start=${payload}`;

/** Makes a message an answer; it is also sent when the answered message was deleted meanwhile. */
export const answering = (message: number | null | undefined) =>
  message === undefined || message === null
    ? {}
    : { reply_parameters: { message_id: message, allow_sending_without_reply: true } };

/**
 * Sends a message to the chat of the update. In a group it answers the person's message, so that it is clear whom it
 * is for.
 */
export function say(context: BotContext, text: Html, keyboard: Keyboard = []): Promise<Message.TextMessage> {
  const isGroup = context.chat?.type !== 'private';
  return context.reply(text.source, {
    ...asMessage(keyboard),
    ...(isGroup ? answering(context.message?.message_id) : {}),
  });
}

/** The same as an answer to the tapped message, which may be far above. */
export function sayAbout(
  context: BotContext,
  text: Html,
  keyboard: Keyboard = [],
): Promise<Message.TextMessage> {
  const message = context.callbackQuery?.message?.message_id;
  return context.reply(text.source, { ...asMessage(keyboard), ...answering(message) });
}

/**
 * Changes the message whose button was tapped, with the keyboard it is to have from now on. Where there is nothing
 * to change any more (the message is too old, or a picture), a new message takes its place.
 */
export async function show(context: BotContext, text: Html, keyboard: Keyboard = []): Promise<void> {
  const message = context.callbackQuery?.message;
  if (message === undefined || message.date === 0 || message.text === undefined)
    return void (await say(context, text, keyboard));
  await editing(() => context.editMessageText(text.source, asMessage(keyboard)));
}

/** Changes a message of the bot's, if Telegram lets it. */
export const rewrite = (
  api: Api,
  { chat, message }: MessagePlace,
  { text, keyboard }: Screen,
): Promise<boolean> => bestEffort(() => api.editMessageText(chat, message, text.source, asMessage(keyboard)));

/** Changes only the buttons under the message that was tapped. */
export const showKeyboard = (context: BotContext, keyboard: Keyboard): Promise<void> =>
  editing(() => context.editMessageReplyMarkup({ reply_markup: asMarkup(keyboard) }));

/** Greys the tapped button out: what it offered was done, and is not offered again. */
export async function showUsed(context: BotContext): Promise<void> {
  const { message, data = '' } = context.callbackQuery ?? {};
  if (message === undefined || message.date === 0) return;
  const keyboard = message.reply_markup?.inline_keyboard ?? [];
  await showKeyboard(context, withoutUsed(keyboard, data));
}

/** Changes a message; ignored when it looks so already, or is gone. */
export async function editing(edit: () => Promise<unknown>): Promise<void> {
  try {
    await edit();
  } catch (error) {
    if (troubleOf(error)?.kind !== 'pointless') throw error;
  }
}
