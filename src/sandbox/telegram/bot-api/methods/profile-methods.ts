import type { BotCommand, BotCommandScope, MenuButton } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import { checkWebApp } from '../../markup/inline-keyboard.js';
import { codePoints } from '../../text/formatted-text.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';

export const profileMethods = [
  method('getMe', (_, world) => world.bot),
  method('logOut', () => true),
  method('close', () => true),
  method('setMyCommands', (parameters, world) => {
    const commands = readCommands(parameters.json('commands', 'commands'));
    const scope = readScope(parameters);
    if ('chat_id' in scope) world.chatForBot(Number(scope.chat_id));
    world.profile.setCommands(scope, readLanguage(parameters), commands);
    return true;
  }),
  method('getMyCommands', (parameters, world) => [
    ...world.profile.commandsFor(readScope(parameters), readLanguage(parameters)),
  ]),
  method('deleteMyCommands', (parameters, world) => {
    world.profile.setCommands(readScope(parameters), readLanguage(parameters), []);
    return true;
  }),
  method('setMyName', (parameters, world) => {
    world.profile.setText('name', readLanguage(parameters), limited(parameters.text('name'), 64));
    return true;
  }),
  method('getMyName', (parameters, world) => ({
    name: world.profile.text('name', readLanguage(parameters)) || world.bot.first_name,
  })),
  method('setMyDescription', (parameters, world) => {
    const text = limited(parameters.text('description'), 512);
    world.profile.setText('description', readLanguage(parameters), text);
    return true;
  }),
  method('getMyDescription', (parameters, world) => ({
    description: world.profile.text('description', readLanguage(parameters)),
  })),
  method('setMyShortDescription', (parameters, world) => {
    const text = limited(parameters.text('short_description'), 120);
    world.profile.setText('short_description', readLanguage(parameters), text);
    return true;
  }),
  method('getMyShortDescription', (parameters, world) => ({
    short_description: world.profile.text('short_description', readLanguage(parameters)),
  })),
  method('setChatMenuButton', (parameters, world) => {
    const button = readMenuButton(parameters.json('menu_button', 'menu button'));
    if (!parameters.has('chat_id')) world.profile.menuButton = button;
    else world.changeChat(world.chatForBot(parameters.chatId('chat_id')).id, { menuButton: button });
    return true;
  }),
  method('getChatMenuButton', (parameters, world) => {
    if (!parameters.has('chat_id')) return world.profile.menuButton;
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    return world.chatState(chat.id).menuButton ?? world.profile.menuButton;
  }),
];

function readCommands(given: unknown): BotCommand[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw badRequest('expected an Array of BotCommand');
  if (given.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return given.map((entry: Partial<Record<'command' | 'description', unknown>>) => {
    const command = String(entry.command ?? '').replace(/^\//, '');
    const description = String(entry.description ?? '').trim();
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description === '' || codePoints(description) > 256)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    return { command, description };
  });
}

function readScope(parameters: Fields<'scope'>): BotCommandScope {
  const given = parameters.json('scope', 'BotCommandScope');
  if (given === undefined) return { type: 'default' };
  if (typeof given !== 'object' || given === null || !('type' in given))
    throw badRequest("can't parse BotCommandScope");
  const id = (name: 'chat_id' | 'user_id') => Number(name in given ? Reflect.get(given, name) : Number.NaN);
  switch (given.type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return { type: given.type };
    case 'chat':
    case 'chat_administrators':
      return { type: given.type, chat_id: id('chat_id') };
    case 'chat_member':
      return { type: given.type, chat_id: id('chat_id'), user_id: id('user_id') };
    default:
      throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  }
}

function readLanguage(parameters: Fields<'language_code'>): string {
  const code = parameters.text('language_code');
  if (!/^([a-z]{2})?$/.test(code)) throw badRequest('invalid language code specified');
  return code;
}

function readMenuButton(given: unknown): MenuButton {
  if (given === undefined) return { type: 'default' };
  const type = typeof given === 'object' && given !== null && 'type' in given ? given.type : undefined;
  if (type === 'commands' || type === 'default') return { type };
  if (type === 'web_app') {
    checkWebApp('menu button web app', Reflect.get(given as object, 'web_app'));
    return given as MenuButton;
  }
  throw badRequest('MenuButton has unsupported type');
}

function limited(text: string, limit: number): string {
  if (codePoints(text) > limit) throw badRequest('BOT_TEXT_TOO_LONG');
  return text;
}
