import type { Chat, Message, TextQuote } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import type { ChatMessage, MessageContent } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { codePoints, readFormattedText } from '../../text/formatted-text.js';
import { type Fields, isTrue } from '../method-parameters.js';

/** What a message answers, and the part of it that it quotes. @throws BotApiError 400 */
export function readReply(parameters: Fields<'reply_parameters'>, world: World, chat: Chat): MessageContent {
  const given = parameters.json('reply_parameters', 'reply parameters');
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null) throw badRequest('object expected as reply parameters');
  const reply = given as Readonly<Record<string, unknown>>;
  if (![undefined, null, '', String(chat.id)].includes(asText(reply.chat_id)))
    throw badRequest('the sandbox does not know replies to another chat yet');
  const replied = world.messages.find(chat.id, Number(reply.message_id));
  if (replied === undefined) {
    if (isTrue(reply.allow_sending_without_reply)) return {};
    throw badRequest('message to be replied not found');
  }
  return { ...replyContent(replied), ...readQuote(reply, replied.message) };
}

/** The replied message as it stands in the new one: without what it replied to itself. */
export function replyContent({ message }: ChatMessage): MessageContent {
  const { reply_to_message: _, ...shown } = message;
  // grammY's type wants the key present and undefined, which exactOptionalPropertyTypes cannot express.
  return { reply_to_message: shown as NonNullable<Message['reply_to_message']> };
}

/** @throws BotApiError 400 `QUOTE_TEXT_INVALID` when the message does not say that, word for word */
function readQuote(reply: Readonly<Record<string, unknown>>, replied: Message): MessageContent {
  const source = reply.quote;
  if (typeof source !== 'string' || source === '') return {};
  const mode = asText(reply.quote_parse_mode) ?? '';
  const { text, entities } = readFormattedText(source, mode, reply.quote_entities);
  const whole = replied.text ?? replied.caption ?? '';
  const wanted = Number(reply.quote_position ?? 0);
  const position = whole.startsWith(text, wanted) ? wanted : whole.indexOf(text);
  if (text === '' || codePoints(text) > 1024 || position < 0) throw badRequest('QUOTE_TEXT_INVALID');
  const quote: TextQuote = {
    text,
    position,
    is_manual: true,
    ...(entities.length === 0 ? {} : { entities }),
  };
  return { quote };
}

const asText = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value);
