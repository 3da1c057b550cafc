import type { MessageReactionUpdated } from 'grammy/types';
import { isReaction, reactionsOf } from '../bot-api/reactions.js';
import { userOf } from '../people.js';
import type { World } from '../state/world.js';

/**
 * A person reacts to a message, with another emoji than before, or takes it back. The bot is told in its private chats
 * if it asked for `message_reaction` by name; in the group it is no administrator and hears nothing.
 * @param emoji undefined: takes it back
 */
export function react(
  world: World,
  personId: number,
  chatId: number,
  messageId: number,
  emoji: string | undefined,
): void {
  const stored = world.messages.find(chatId, messageId);
  const chat = world.chat(chatId);
  if (stored === undefined || chat === undefined)
    throw new Error(`Chat ${chatId} has no message ${messageId}`);
  if (emoji !== undefined && !isReaction(emoji)) throw new Error(`"${emoji}" is no reaction`);
  const { [personId]: before, ...others } = stored.personReactions ?? {};
  if (before === emoji) return;
  const personReactions = { ...others, ...(emoji === undefined ? {} : { [personId]: emoji }) };
  world.messages.put({ ...stored, personReactions });
  world.events.emit({ type: 'edited', chatId, messageId });
  if (chat.type !== 'private') return;
  const message_reaction: MessageReactionUpdated = {
    chat,
    message_id: messageId,
    user: userOf(world.person(personId)),
    date: world.seconds(),
    old_reaction: reactionsOf(before === undefined ? [] : [before]),
    new_reaction: reactionsOf(emoji === undefined ? [] : [emoji]),
  };
  world.updates.push('message_reaction', { message_reaction });
}
