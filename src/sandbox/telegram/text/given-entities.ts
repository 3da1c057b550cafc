import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import { urlProblem } from '../markup/inline-keyboard.js';
import { dateTimeEntity } from './date-time-entity.js';
import { withScheme } from './link-entity.js';

const plainTypes = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
] as const satisfies MessageEntity.CommonMessageEntity['type'][];

/** Found by Telegram itself; given ones are ignored. */
const detectedTypes = ['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'];

/**
 * Checks the entities that a bot gave instead of markup. Offsets count UTF-16 units.
 * @throws BotApiError 400 when one is malformed, leaves the text or cuts a surrogate pair
 */
export function readEntities(text: string, given: unknown): MessageEntity[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw parseFailure('Expected an Array of MessageEntity');
  return given.flatMap((entity: unknown) => readEntity(text, entity));
}

function readEntity(text: string, entity: unknown): MessageEntity[] {
  if (typeof entity !== 'object' || entity === null) throw parseFailure('Expected an Object');
  const { type, offset, length, ...rest } = entity as Record<string, unknown>;
  if (typeof type !== 'string') throw parseFailure('Can\'t find field "type"');
  if (typeof offset !== 'number') throw parseFailure('Can\'t find field "offset"');
  if (typeof length !== 'number') throw parseFailure('Can\'t find field "length"');
  if (offset < 0) throw badRequest(`entity begins at UTF-16 offset ${offset}`);
  const end = offset + length;
  if (length < 0 || end > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
    );
  }
  if (splitsPair(text, offset))
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${offset}`);
  if (splitsPair(text, end))
    throw badRequest(`entity ends in a middle of a UTF-16 symbol at byte offset ${end}`);
  return length === 0 ? [] : typed(type, { offset, length }, rest);
}

function typed(
  type: string,
  range: { offset: number; length: number },
  rest: Record<string, unknown>,
): MessageEntity[] {
  const plain = plainTypes.find((known) => known === type);
  if (plain !== undefined) return [{ type: plain, ...range }];
  if (detectedTypes.includes(type)) return [];
  const string = (name: string) => (typeof rest[name] === 'string' ? rest[name] : undefined);
  switch (type) {
    case 'pre': {
      const language = string('language');
      return [{ type, ...range, ...(language === undefined ? {} : { language }) }];
    }
    case 'text_link': {
      const url = string('url') ?? '';
      if (url === '') throw badRequest('entity URL is empty');
      const problem = urlProblem(url);
      if (problem !== undefined) throw badRequest(`entity URL '${url}' is invalid: ${problem}`);
      return [{ type, ...range, url: withScheme(url) }];
    }
    case 'custom_emoji':
      return [{ type, ...range, custom_emoji_id: string('custom_emoji_id') ?? '' }];
    case 'date_time':
      return dateTimeEntity(Number(rest.unix_time), string('date_time_format') ?? '', range);
    case 'text_mention':
      return [];
    default:
      throw parseFailure('Unsupported type specified');
  }
}

const splitsPair = (text: string, index: number): boolean =>
  /[\ud800-\udbff]/.test(text[index - 1] ?? '') && /[\udc00-\udfff]/.test(text[index] ?? '');

const parseFailure = (what: string): Error => badRequest(`can't parse MessageEntity: ${what}`);
