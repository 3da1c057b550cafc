import type { MiddlewareFn } from 'grammy';
import type { MessageEntity } from 'grammy/types';
import type { BotContext } from '../bot-context.js';

/** A command counts in any letter case (a phone's keyboard writes `/Start`) and also under a picture. */
export const readCommands: MiddlewareFn<BotContext> = (context, next) => {
  const { message } = context.update;
  const said = message?.text ?? message?.caption;
  const entities = message?.entities ?? message?.caption_entities;
  const command = entities?.find(isCommand);
  if (message === undefined || said === undefined || command === undefined) return next();
  const text = said.substring(0, command.length).toLowerCase() + said.substring(command.length);
  Object.assign(message, { text, entities });
  return next();
};

const isCommand = ({ type, offset }: MessageEntity): boolean => type === 'bot_command' && offset === 0;
