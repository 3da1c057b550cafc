import { isDeepStrictEqual } from 'node:util';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import { readReplyMarkup } from '../markup/reply-markup.js';
import type { ChatMessage, MessageContent } from '../state/message-store.js';
import type { World } from '../state/world.js';
import { contentOf, saidAndShown } from './messages/message-content.js';
import type { Fields } from './method-parameters.js';

/** The fields of a message that an edit replaces; a missing one is taken away. */
const editable = [...saidAndShown, 'reply_markup'] as const;

export type EditTarget = Fields<'chat_id' | 'message_id' | 'inline_message_id'>;

/**
 * The message of the bot's that an edit is about.
 * @throws BotApiError 400 not found, or not the bot's
 */
export function findEdited(parameters: EditTarget, world: World): ChatMessage {
  if (parameters.has('inline_message_id')) {
    const found = world.messages.findInline(parameters.text('inline_message_id'));
    if (found === undefined) throw badRequest('MESSAGE_ID_INVALID');
    return found;
  }
  const id = parameters.integer('message_id');
  if (id === undefined && !parameters.has('chat_id')) throw badRequest('message identifier is not specified');
  const chat = world.chatForBot(parameters.chatId('chat_id'));
  if (id === undefined) throw badRequest('message identifier is not specified');
  const found = world.messages.find(chat.id, id);
  if (found === undefined) throw badRequest('message to edit not found');
  if (found.message.from?.id !== world.bot.id) throw badRequest("message can't be edited");
  return found;
}

/** @throws BotApiError 400 for anything but an inline keyboard; none takes the old one away */
export function readEditedKeyboard(
  parameters: Fields<'reply_markup'>,
  options?: { readonly forInvoice: boolean },
): InlineKeyboardMarkup | undefined {
  const { inline, reply } = readReplyMarkup(
    parameters.json('reply_markup', 'reply keyboard markup'),
    options,
  );
  if (reply !== undefined) throw badRequest('inline keyboard expected');
  return inline;
}

/**
 * Replaces content and keyboard; what `content` does not name goes.
 * @throws BotApiError 400 when nothing would change
 */
export function applyEdit(
  world: World,
  edited: ChatMessage,
  content: MessageContent,
  keyboard: InlineKeyboardMarkup | undefined,
): Message & { edit_date: number } {
  const kept: Message = { ...edited.message };
  for (const field of editable) delete kept[field];
  const next: Message = {
    ...kept,
    ...content,
    ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
  };
  if (isDeepStrictEqual(contentOf(next, editable), contentOf(edited.message, editable))) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  const message = { ...next, edit_date: world.seconds() };
  const onlyKeyboard = isDeepStrictEqual(
    { ...contentOf(next, editable), reply_markup: undefined },
    { ...contentOf(edited.message, editable), reply_markup: undefined },
  );
  world.messages.put({
    ...edited,
    message,
    edits: edited.edits + 1,
    ...(onlyKeyboard ? {} : { rewritten: true }),
  });
  world.events.emit({ type: 'edited', chatId: edited.chatId, messageId: message.message_id });
  return message;
}
