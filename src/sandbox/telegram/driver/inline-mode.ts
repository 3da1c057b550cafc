import { randomBytes } from 'node:crypto';
import type { ChosenInlineResult, InlineQuery } from 'grammy/types';
import { userOf } from '../people.js';
import type { InlineAnswer, InlineResult } from '../state/inline-results.js';
import type { ChatMessage } from '../state/message-store.js';
import type { World } from '../state/world.js';
import { answerTo } from './answers.js';

/** Types `@bot <query>` into an input field and waits for what the bot offers. */
export function askInline(
  world: World,
  personId: number,
  query: string,
  { chatId = personId, offset = '' }: { readonly chatId?: number; readonly offset?: string },
): Promise<InlineAnswer | 'unanswered'> {
  const queries = world.queries.inline;
  const id = queries.ask();
  const inline_query: InlineQuery = {
    id,
    from: userOf(world.person(personId)),
    query,
    offset,
    chat_type: chatId === personId ? 'sender' : 'supergroup',
  };
  const answered = answerTo(world, queries, 'inline_answered', id, queries.patience);
  world.updates.push('inline_query', { inline_query });
  return answered;
}

/** Sends one of the offered results into a chat and tells the bot which it was. */
export function sendInlineResult(
  world: World,
  personId: number,
  result: InlineResult,
  { query, chatId = personId }: { readonly query: string; readonly chatId?: number },
): ChatMessage {
  const chat = world.chat(chatId);
  if (chat === undefined) throw new Error(`There is no chat ${chatId}`);
  if (chatId === personId && !world.chatState(chatId).started) world.changeChat(chatId, { started: true });
  const from = userOf(world.person(personId));
  // Only a message with buttons can be edited later, so only such a one gets an id.
  const inline =
    result.keyboard === undefined ? {} : { inlineMessageId: randomBytes(16).toString('base64url') };
  const keyboard = result.keyboard === undefined ? {} : { reply_markup: result.keyboard };
  const posted = world.post(chat, from, { ...result.content, ...keyboard, via_bot: world.botSender }, inline);
  world.tellBot(posted.message);
  const chosen: ChosenInlineResult = {
    result_id: result.id,
    from,
    query,
    ...(posted.inlineMessageId === undefined ? {} : { inline_message_id: posted.inlineMessageId }),
  };
  world.updates.push('chosen_inline_result', { chosen_inline_result: chosen });
  return posted;
}
