import type { MiddlewareFn } from 'grammy';
import type { Message } from 'grammy/types';
import type { BotContext } from '../bot-context.js';

/**
 * In a group the bot speaks when it is spoken to: a command, a mention, an answer to one of its messages, or a tap.
 * A command for another bot is not for us.
 */
export const onlyWhenAddressed: MiddlewareFn<BotContext> = async (context, next) => {
  const { message } = context;
  // A picture that was chosen in inline mode: the person sent it, but not to us.
  if (message?.via_bot?.id === context.me.id) return;
  if (message === undefined || message.chat.type === 'private') return next();
  if (message.reply_to_message?.from?.id === context.me.id) return next();
  const text = message.text ?? message.caption ?? '';
  const name = `@${context.me.username}`.toLowerCase();
  const isAddressed = (message.entities ?? message.caption_entities ?? []).some(
    ({ type, offset, length }) => {
      const part = text.slice(offset, offset + length).toLowerCase();
      if (type === 'mention') return part === name;
      return type === 'bot_command' && (!part.includes('@') || part.endsWith(name));
    },
  );
  if (isAddressed) await next();
};

/** What was said to the bot, without its name in front or behind. */
export function textTo(context: BotContext, said: Message | undefined = context.message): string {
  const text = said?.text ?? said?.caption ?? '';
  const name = `@${context.me.username}`;
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  if (lower.startsWith(name.toLowerCase())) return trimmed.slice(name.length).replace(/^[\s,:]+/, '');
  if (lower.endsWith(name.toLowerCase())) return trimmed.slice(0, -name.length).trim();
  return trimmed;
}

/** The same without the command that it begins with. */
export const wordsTo = (context: BotContext, said: Message | undefined): string =>
  textTo(context, said).replace(/^\/\w+(@\w+)?\s*/, '');
