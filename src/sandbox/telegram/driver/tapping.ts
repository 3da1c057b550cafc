import type { CallbackQuery } from 'grammy/types';
import { userOf } from '../people.js';
import type { CallbackAnswer } from '../state/queries.js';
import type { World } from '../state/world.js';
import { answerTo } from './answers.js';
import { viewOf } from './message-view.js';

export interface Tap {
  /** The group's id; the person's private chat when not given. */
  readonly chatId?: number;
  /** Milliseconds to wait for the bot's answer; as long as Telegram would when not given. */
  readonly timeout?: number;
  /** Sent instead of the button's own data: what a changed client sends, Telegram passes on. */
  readonly data?: string;
}

/** Tells the bot of a tap and waits for its answer. */
export async function tapButton(
  world: World,
  personId: number,
  messageId: number,
  button: string,
  { chatId = personId, timeout = world.queries.callbacks.patience, data }: Tap,
): Promise<CallbackAnswer | 'unanswered'> {
  const stored = world.messages.find(chatId, messageId);
  if (stored === undefined) throw new Error(`Chat ${chatId} has no message ${messageId}`);
  const buttons = viewOf(stored).buttons.flat();
  const found = buttons.find(({ data }) => data === button) ?? buttons.find(({ text }) => text === button);
  if (found?.data === undefined) {
    const labels = buttons.map(({ text }) => `"${text}"`).join(', ');
    throw new Error(
      `Message ${messageId} has no button "${button}" that can be tapped; it has ${labels || 'none'}`,
    );
  }
  const id = world.queries.callbacks.ask();
  const answered = answerTo(world, world.queries.callbacks, 'callback_answered', id, timeout);
  const query: CallbackQuery = {
    id,
    from: userOf(world.person(personId)),
    chat_instance: String(chatId),
    data: data ?? found.data,
    ...(stored.inlineMessageId === undefined
      ? { message: stored.message }
      : { inline_message_id: stored.inlineMessageId }),
  };
  world.updates.push('callback_query', { callback_query: query });
  return answered;
}
