import type { Chat } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import { type ReplyMarkup, readReplyMarkup } from '../markup/reply-markup.js';
import { isRequesting } from '../markup/user-request.js';
import type { ChatMessage, MessageContent } from '../state/message-store.js';
import type { World } from '../state/world.js';
import { codePoints, readFormattedText, textLimit } from '../text/formatted-text.js';
import type { FormattedText } from '../text/text-with-entities.js';
import { readReply } from './messages/replying.js';
import type { Fields } from './method-parameters.js';

/** Where a bot's message goes and what it answers. */
export interface Placement {
  readonly chat: Chat;
  readonly replyTo: MessageContent;
  /** People cannot forward nor save it. */
  readonly isProtected?: boolean;
}

/** @throws BotApiError 400 chat or replied message not found, 403 blocked */
export function readPlacement(
  parameters: Fields<'chat_id' | 'reply_parameters' | 'protect_content'>,
  world: World,
): Placement {
  const chat = world.chatToSendTo(parameters.chatId('chat_id'));
  const isProtected = parameters.flag('protect_content');
  return { chat, replyTo: readReply(parameters, world, chat), isProtected };
}

export const readMarkup = (
  parameters: Fields<'reply_markup'>,
  options?: { readonly forInvoice: boolean },
): ReplyMarkup => readReplyMarkup(parameters.json('reply_markup', 'reply keyboard markup'), options);

/** Puts a bot's message into its chat with the keyboard it means. */
export function postFromBot(
  world: World,
  { chat, replyTo, isProtected = false }: Placement,
  content: MessageContent,
  { inline, reply }: ReplyMarkup = {},
  extra: Partial<ChatMessage> = {},
): ChatMessage {
  const asksForPeople =
    reply !== undefined && 'keyboard' in reply && reply.keyboard.flat().some(isRequesting);
  if (asksForPeople && chat.type !== 'private')
    throw badRequest('Users can be requested in private chats only');
  return world.post(
    chat,
    world.botSender,
    {
      ...replyTo,
      ...content,
      ...(isProtected ? { has_protected_content: true } : {}),
      ...(inline === undefined ? {} : { reply_markup: inline }),
    },
    { ...extra, ...(reply === undefined ? {} : { replyKeyboard: reply }) },
  );
}

/** @throws BotApiError 400 empty, too long or not parsable */
export function readText(
  parameters: Fields<'text' | 'parse_mode' | 'entities'>,
  tooLong: string,
): FormattedText {
  if (parameters.text('text') === '') throw badRequest('message text is empty');
  const formatted = readAnyText(parameters, tooLong);
  if (formatted.text === '') throw badRequest('text must be non-empty');
  return formatted;
}

/** The same where there need not be any. */
export function readAnyText(
  parameters: Fields<'text' | 'parse_mode' | 'entities'>,
  tooLong: string,
): FormattedText {
  const source = parameters.text('text');
  const entities = parameters.json('entities', 'message entities');
  const formatted = readFormattedText(source, parameters.text('parse_mode'), entities);
  if (codePoints(formatted.text) > textLimit) throw badRequest(tooLong);
  return formatted;
}

export const textContent = ({ text, entities }: FormattedText): MessageContent => ({
  text,
  ...(entities.length === 0 ? {} : { entities }),
});
