import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import { linkEntity, type Range } from './link-entity.js';
import type { FormattedText } from './text-with-entities.js';

/**
 * `Markdown` without V2, which many bots still send: `_italic_`, `*bold*`, `` `code` ``, blocks of code and links, nothing
 * inside of another, nothing reserved. A backslash counts before `_`, `*`, `` ` `` and `[` alone, and only outside of
 * markup. Source: `parse_markdown` in td/telegram/MessageEntity.cpp.
 * @throws BotApiError 400 with Telegram's words, offsets in bytes of UTF-8
 */
export function parseOldMarkdown(source: string): FormattedText {
  let text = '';
  const entities: MessageEntity[] = [];
  let position = 0;
  while (position < source.length) {
    const sign = source[position] ?? '';
    if (sign === '\\' && isMark(source[position + 1])) {
      text += source[position + 1];
      position += 2;
    } else if (!isMark(sign)) {
      text += sign;
      position += 1;
    } else {
      const marked = readMarked(source, position);
      const range = { offset: text.length, length: marked.text.length };
      text += marked.text;
      if (range.length > 0) entities.push(...marked.entity(range));
      position = marked.end;
    }
  }
  return { text, entities };
}

interface Marked {
  readonly text: string;
  readonly entity: (range: Range) => MessageEntity[];
  /** Behind the closing mark. */
  readonly end: number;
}

const isMark = (sign: string | undefined): boolean =>
  sign !== undefined && '_*`['.includes(sign) && sign !== '';

function readMarked(source: string, begin: number): Marked {
  if (source.startsWith('```', begin)) return readBlock(source, begin);
  const sign = source[begin] ?? '';
  const close = closing(source, sign === '[' ? ']' : sign, begin + 1, begin);
  const text = source.slice(begin + 1, close);
  if (sign === '[') return readLink(source, text, close);
  const type = sign === '*' ? 'bold' : sign === '_' ? 'italic' : 'code';
  return { text, entity: (range) => [{ type, ...range }], end: close + 1 };
}

/** Without an address in brackets the text itself is taken for one. */
function readLink(source: string, text: string, close: number): Marked {
  if (source[close + 1] !== '(') return { text, entity: (range) => linkEntity(text, range), end: close + 1 };
  const bracket = source.indexOf(')', close + 2);
  const end = bracket < 0 ? source.length : bracket;
  const url = source.slice(close + 2, end);
  return { text, entity: (range) => linkEntity(url, range), end: end + 1 };
}

/** The word behind the marks is the language, if something follows it; one line break is skipped. */
function readBlock(source: string, begin: number): Marked {
  const word = /^[^\s`]+(?=\s)/.exec(source.slice(begin + 3))?.[0] ?? '';
  const start = begin + 3 + word.length;
  const lineBreak = /^(?:\r\n|\n\r|\r|\n)/.exec(source.slice(start))?.[0] ?? '';
  const from = start + lineBreak.length;
  const close = closing(source, '```', from, begin);
  const language = word === '' ? {} : { language: word };
  return {
    text: source.slice(from, close),
    entity: (range) => [{ type: 'pre', ...range, ...language }],
    end: close + 3,
  };
}

/** @throws BotApiError 400 when nothing closes what began at `begin` */
function closing(source: string, mark: string, from: number, begin: number): number {
  const found = source.indexOf(mark, from);
  if (found >= 0) return found;
  const offset = Buffer.byteLength(source.slice(0, begin));
  throw badRequest(`can't parse entities: Can't find end of the entity starting at byte offset ${offset}`);
}
