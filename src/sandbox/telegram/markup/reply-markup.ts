import type { InlineKeyboardMarkup } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import type { ReplyKeyboard } from '../state/message-store.js';
import { readInlineKeyboard } from './inline-keyboard.js';
import { readReplyKeyboard } from './reply-keyboard.js';

/** What a message carries below itself, or what the chat's input field gets. At most one of the two. */
export interface ReplyMarkup {
  readonly inline?: InlineKeyboardMarkup;
  readonly reply?: ReplyKeyboard;
}

/** @throws BotApiError 400 when it is no markup that Telegram takes */
export function readReplyMarkup(
  given: unknown,
  options: { readonly forInvoice?: boolean } = {},
): ReplyMarkup {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw badRequest('object expected as reply markup');
  }
  const markup = given as Record<string, unknown>;
  if ('inline_keyboard' in markup) {
    const inline = readInlineKeyboard(markup.inline_keyboard, options);
    return inline.inline_keyboard.length === 0 ? {} : { inline };
  }
  if ('keyboard' in markup || 'remove_keyboard' in markup || 'force_reply' in markup) {
    if (options.forInvoice) throw badRequest('inline keyboard expected');
    return { reply: readReplyKeyboard(markup) };
  }
  return {};
}
