import type { Update } from 'grammy/types';
import { removeMessage } from '../bot-api/methods/chat-methods.js';
import { textContent } from '../bot-api/placement.js';
import type { World } from '../state/world.js';
import { plainText } from '../text/formatted-text.js';
import { isForBot } from './addressing.js';

/** A person rewrites a text of their own; the bot is told with `edited_message`. */
export function editText(
  world: World,
  personId: number,
  chatId: number,
  messageId: number,
  text: string,
): void {
  const stored = world.messages.find(chatId, messageId);
  if (stored?.message.from?.id !== personId || stored.message.text === undefined) {
    throw new Error(`Person ${personId} has no text ${messageId} to edit`);
  }
  const { entities: _, ...kept } = stored.message;
  const message = { ...kept, ...textContent(plainText(text)), edit_date: world.seconds() };
  world.messages.put({ ...stored, message, edits: stored.edits + 1, rewritten: true });
  world.events.emit({ type: 'edited', chatId, messageId });
  if (isForBot(message, world)) {
    world.updates.push('edited_message', {
      edited_message: message as NonNullable<Update['edited_message']>,
    });
  }
}

/** A person deletes a message for everyone; bots are not told. */
export function deleteForEveryone(world: World, chatId: number, messageId: number): void {
  const stored = world.messages.find(chatId, messageId);
  if (stored === undefined) throw new Error(`Chat ${chatId} has no message ${messageId}`);
  removeMessage(stored, world);
}
