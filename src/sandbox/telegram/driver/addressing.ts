import type { Message } from 'grammy/types';
import type { World } from '../state/world.js';

/**
 * Privacy mode: in a group the bot is told of commands, of replies to it and of messages that mention it.
 * A command with another bot's name is not for it.
 */
export function isForBot(message: Message, world: World): boolean {
  if (message.chat.type === 'private') return true;
  if (message.reply_to_message?.from?.id === world.bot.id || message.via_bot?.id === world.bot.id)
    return true;
  const text = message.text ?? message.caption ?? '';
  const name = `@${world.bot.username}`.toLowerCase();
  return (message.entities ?? message.caption_entities ?? []).some(({ type, offset, length }) => {
    const part = text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return part === name;
    return type === 'bot_command' && (!part.includes('@') || part.endsWith(name));
  });
}
