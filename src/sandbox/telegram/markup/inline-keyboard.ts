import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';

/** Actions of which a button needs exactly one, after `text`. */
const actions = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
] as const satisfies ActionOf<InlineKeyboardButton>[];

type ActionOf<Button> = Button extends unknown
  ? Exclude<keyof Button, 'text' | 'style' | 'icon_custom_emoji_id'>
  : never;

/**
 * Checks an inline keyboard as Telegram does: rows of labelled buttons with one action each,
 * callback data of 1-64 bytes, at most 8 buttons in a row and 100 in all.
 * @throws BotApiError 400
 */
export function readInlineKeyboard(rows: unknown, { forInvoice = false } = {}): InlineKeyboardMarkup {
  if (!Array.isArray(rows))
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be of type Array');
  const keyboard = rows.map((row: unknown) => {
    if (!Array.isArray(row)) {
      throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    }
    return row.map((button: unknown) => readButton(button, forInvoice));
  });
  const filled = keyboard.filter((row) => row.length > 0);
  if (filled.some((row) => row.length > 8) || filled.flat().length > 100)
    throw badRequest('REPLY_MARKUP_TOO_LONG');
  const [first, ...others] = filled.flat();
  if (forInvoice && first !== undefined && !isPay(first)) throw badRequest('BUTTON_TYPE_INVALID');
  if (others.some(isPay)) throw badRequest('BUTTON_POS_INVALID');
  return { inline_keyboard: filled };
}

function readButton(given: unknown, forInvoice: boolean): InlineKeyboardButton {
  if (typeof given !== 'object' || given === null) throw unparsable('InlineKeyboardButton must be an Object');
  const button = given as Record<string, unknown>;
  if (button.text === undefined) throw unparsable('Can\'t find field "text"');
  if (typeof button.text !== 'string') throw unparsable('Field "text" must be of type String');
  if (/\p{Surrogate}/u.test(button.text))
    throw badRequest('inline keyboard button text must be encoded in UTF-8');
  if (button.text.trim() === '') throw badRequest('inline keyboard button text must be non-empty');
  const action = actions.find((name) => isGiven(name, button[name]));
  if (action === undefined) throw unparsable('Text buttons are unallowed in the inline keyboard');
  if (action === 'callback_data') checkCallbackData(button[action]);
  if (action === 'url') checkUrl(button[action]);
  if (action === 'web_app') checkWebApp('inline keyboard button Web App', button[action]);
  if (action === 'pay' && !forInvoice) throw badRequest('BUTTON_TYPE_INVALID');
  if (action === 'copy_text') checkCopyText(button[action]);
  if (action === 'disabled') checkDisabled(button[action]);
  checkStyle(button.style);
  // Checked above field by field; the wire gives no static type.
  return given as InlineKeyboardButton;
}

const isPay = (button: InlineKeyboardButton): boolean => 'pay' in button && button.pay;

const isGiven = (name: string, value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  (name.startsWith('switch_inline_query') || (value !== '' && value !== false));

function checkCallbackData(data: unknown): void {
  if (typeof data !== 'string') throw unparsable('Field "callback_data" must be of type String');
  if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID');
}

function checkUrl(url: unknown): void {
  if (typeof url !== 'string') throw unparsable('Field "url" must be of type String');
  const wrong = urlProblem(url);
  if (wrong !== undefined) throw badRequest(`inline keyboard button URL '${url}' is invalid: ${wrong}`);
}

function checkCopyText(value: unknown): void {
  const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : undefined;
  if (typeof text !== 'string' || text === '' || [...text].length > 256)
    throw badRequest('BUTTON_COPY_TEXT_INVALID');
}

function checkDisabled(value: unknown): void {
  if (typeof value !== 'object' || Array.isArray(value))
    throw unparsable('Field "disabled" must be of type Object');
}

const styles: readonly unknown[] = ['danger', 'success', 'primary'] satisfies InlineKeyboardButton['style'][];

function checkStyle(style: unknown): void {
  if (style === undefined || style === null || style === '') return;
  if (typeof style !== 'string') throw unparsable('Field "style" must be of type String');
  if (!styles.includes(style)) throw unparsable('Invalid button style specified');
}

/**
 * Mini Apps open over https alone.
 * @param what names the button as Telegram does
 * @throws BotApiError 400
 */
export function checkWebApp(what: string, given: unknown): void {
  const url = typeof given === 'object' && given !== null && 'url' in given ? given.url : undefined;
  if (typeof url !== 'string') throw unparsable('Can\'t find field "url"');
  const isHttps = /^https:\/\//i.test(url);
  const wrong =
    urlProblem(url) === 'URL host is empty' || isHttps ? urlProblem(url) : 'Only HTTPS links are allowed';
  if (wrong !== undefined) throw badRequest(`${what} URL '${url}' is invalid: ${wrong}`);
}

/** What Telegram says about a link that it does not accept; undefined when it does. */
export function urlProblem(url: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (
    scheme !== undefined &&
    !['http', 'https', 'tg', 'ton', 'tonsite'].includes(scheme) &&
    url.includes('://')
  ) {
    return 'Unsupported URL protocol';
  }
  const host = /^(?:[a-z]+:\/\/)?([^/?#]*)/i.exec(url)?.[1] ?? '';
  if (host === '') return 'URL host is empty';
  return host.includes('.') || scheme === 'tg' || host.startsWith('[') ? undefined : 'Wrong HTTP URL';
}

const unparsable = (what: string): Error => badRequest(`can't parse inline keyboard button: ${what}`);
