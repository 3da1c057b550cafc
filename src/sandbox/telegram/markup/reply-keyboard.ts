import type { KeyboardButton } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import type { ReplyKeyboard } from '../state/message-store.js';
import { checkWebApp } from './inline-keyboard.js';
import { readUserRequest, refuseSameRequests } from './user-request.js';

/**
 * Checks the keyboards that stand under the input field.
 * @throws BotApiError 400
 */
export function readReplyKeyboard(markup: Readonly<Record<string, unknown>>): ReplyKeyboard {
  if (markup.remove_keyboard === true) return { remove_keyboard: true, ...flagsOf(markup, ['selective']) };
  if (Array.isArray(markup.keyboard)) {
    return {
      keyboard: readRows(markup.keyboard),
      ...flagsOf(markup, ['is_persistent', 'resize_keyboard', 'one_time_keyboard', 'selective']),
      ...placeholderOf(markup),
    };
  }
  if (markup.keyboard !== undefined)
    throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be of type Array');
  return { force_reply: true, ...flagsOf(markup, ['selective']), ...placeholderOf(markup) };
}

function readRows(rows: readonly unknown[]): KeyboardButton[][] {
  const filled = rows
    .map((row) => {
      if (!Array.isArray(row)) {
        throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays');
      }
      return row.map(readButton);
    })
    .filter((row) => row.length > 0);
  if (filled.length === 0) throw badRequest('reply keyboard must be non-empty');
  if (filled.some((row) => row.length > 12) || filled.flat().length > 300)
    throw badRequest('REPLY_MARKUP_TOO_LONG');
  refuseSameRequests(filled);
  return filled;
}

function readButton(button: unknown): KeyboardButton {
  if (typeof button === 'string') return { text: button };
  const text = typeof button === 'object' && button !== null && 'text' in button ? button.text : undefined;
  if (text === undefined) throw badRequest('can\'t parse keyboard button: Can\'t find field "text"');
  if (typeof text !== 'string')
    throw badRequest('can\'t parse keyboard button: Field "text" must be of type String');
  if (text.trim() === '') throw badRequest('keyboard button text must be non-empty');
  if (typeof button === 'object' && button !== null && 'web_app' in button)
    checkWebApp('keyboard button Web App', button.web_app);
  return readUserRequest(button as Exclude<KeyboardButton, string>);
}

type Flag = 'selective' | 'is_persistent' | 'resize_keyboard' | 'one_time_keyboard';

const flagsOf = (
  markup: Readonly<Record<string, unknown>>,
  names: readonly Flag[],
): Partial<Record<Flag, true>> =>
  Object.fromEntries(names.filter((name) => markup[name] === true).map((name) => [name, true]));

function placeholderOf({ input_field_placeholder: placeholder }: Readonly<Record<string, unknown>>) {
  if (typeof placeholder !== 'string' || placeholder === '') return {};
  return { input_field_placeholder: [...placeholder].slice(0, 64).join('') };
}
