import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import type { FormattedText } from './formatted-text.js';
import { withScheme } from './html.js';

const reserved = '_*[]()~`>#+-=|{}.!';

const marks: readonly (readonly [string, MessageEntity.CommonMessageEntity['type']])[] = [
  ['||', 'spoiler'],
  ['__', 'underline'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strikethrough'],
];
const names: Readonly<Record<string, string>> = {
  spoiler: 'Spoiler',
  underline: 'Underline',
  bold: 'Bold',
  italic: 'Italic',
  strikethrough: 'Strikethrough',
  code: 'Code',
  pre: 'PreCode',
  text_link: 'TextUrl',
};

interface Open {
  readonly mark: string;
  readonly type: MessageEntity['type'];
  readonly offset: number;
  /** Byte offset in the source, for the complaint when it is never closed. */
  readonly begin: number;
}

/**
 * MarkdownV2: every reserved character outside markup must be escaped. Quotes are not supported.
 * @throws BotApiError 400 with Telegram's words
 */
export function parseMarkdown(source: string): FormattedText {
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  let text = '';
  let position = 0;
  const byte = (index: number) => Buffer.byteLength(source.slice(0, index));
  while (position < source.length) {
    const character = source[position] ?? '';
    const inCode = open.at(-1)?.type === 'code' || open.at(-1)?.type === 'pre';
    const next = source[position + 1] ?? '';
    if (character === '\\' && next > '' && next.charCodeAt(0) > 0 && next.charCodeAt(0) <= 126) {
      text += next;
      position += 2;
      continue;
    }
    if (inCode ? character !== '`' : !reserved.includes(character)) {
      text += character;
      position += 1;
      continue;
    }
    const closed = closes(source, position, open.at(-1));
    if (closed !== undefined) {
      const entity = open.pop();
      if (entity !== undefined) {
        const range = { offset: entity.offset, length: text.length - entity.offset };
        position += closed;
        if (entity.type === 'text_link') {
          const link = /^\(((?:\\.|[^)\\])*)\)/.exec(source.slice(position));
          position += link?.[0].length ?? 0;
          const url = (link?.[1] ?? '').replace(/\\(.)/g, '$1');
          if (url !== '' && range.length > 0)
            entities.push({ type: 'text_link', ...range, url: withScheme(url) });
        } else if (range.length > 0) entities.push(closedEntity(entity, range, text));
      }
      continue;
    }
    const opened = opens(source, position);
    if (opened === undefined) {
      throw badRequest(
        `can't parse entities: Character '${character}' is reserved and must be escaped with the preceding '\\'`,
      );
    }
    open.push({ ...opened, offset: text.length, begin: byte(position) });
    position += opened.mark.length;
    if (opened.type === 'pre') position += /^[^\n`\s]*\n/.exec(source.slice(position))?.[0].length ?? 0;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    throw badRequest(
      `can't parse entities: Can't find end of ${names[unclosed.type]} entity at byte offset ${unclosed.begin}`,
    );
  }
  return { text, entities };
}

function opens(source: string, position: number): { mark: string; type: MessageEntity['type'] } | undefined {
  if (source.startsWith('```', position)) return { mark: '```', type: 'pre' };
  if (source[position] === '`') return { mark: '`', type: 'code' };
  if (source[position] === '[') return { mark: '[', type: 'text_link' };
  const found = marks.find(([mark]) => source.startsWith(mark, position));
  return found === undefined ? undefined : { mark: found[0], type: found[1] };
}

/** How many characters of the source close the innermost open entity; undefined when they do not. */
function closes(source: string, position: number, innermost: Open | undefined): number | undefined {
  if (innermost === undefined) return undefined;
  if (innermost.type === 'text_link') return source[position] === ']' ? 1 : undefined;
  if (innermost.mark === '_' && source.startsWith('__', position)) return undefined;
  return source.startsWith(innermost.mark, position) ? innermost.mark.length : undefined;
}

function closedEntity(open: Open, range: { offset: number; length: number }, text: string): MessageEntity {
  switch (open.type) {
    case 'pre':
      return { type: 'pre', ...range, length: text.slice(range.offset).trimEnd().length };
    case 'spoiler':
    case 'underline':
    case 'bold':
    case 'italic':
    case 'strikethrough':
    case 'code':
      return { type: open.type, ...range };
    default:
      throw new Error(`No Markdown mark makes an entity of type ${open.type}`);
  }
}
