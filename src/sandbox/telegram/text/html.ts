import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import { dateTimeEntity } from './date-time-entity.js';
import { linkEntity, type Range } from './link-entity.js';
import type { FormattedText } from './text-with-entities.js';

interface OpenTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
}

const simpleTags: Readonly<Record<string, MessageEntity.CommonMessageEntity['type']>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
};
const otherTags = ['a', 'pre', 'code', 'blockquote', 'tg-emoji', 'tg-time'];
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/**
 * Telegram's HTML: its own tags only, and the four entities it knows.
 * @throws BotApiError 400 with Telegram's words, offsets in bytes of UTF-8
 */
export function parseHtml(source: string): FormattedText {
  return new HtmlReader(source).read();
}

class HtmlReader {
  private position = 0;
  private text = '';
  private readonly entities: MessageEntity[] = [];
  private readonly open: OpenTag[] = [];

  constructor(private readonly source: string) {}

  read(): FormattedText {
    while (this.position < this.source.length) {
      if (this.source[this.position] !== '<') this.text += this.readCharacter();
      else if (this.source[this.position + 1] === '/') this.readEndTag();
      else this.readStartTag();
    }
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined)
      throw fail(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    return { text: this.text, entities: this.entities };
  }

  private readCharacter(): string {
    const found = /^&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/i.exec(
      this.source.slice(this.position, this.position + 12),
    );
    const character = found === null ? undefined : decode(found);
    this.position += character === undefined || found === null ? 1 : found[0].length;
    return character ?? this.source[this.position - 1] ?? '';
  }

  private readStartTag(): void {
    const begin = this.position;
    const name = this.take(/[^\s>]*/y, 1).toLowerCase();
    if (this.position >= this.source.length) throw this.failAt('Unclosed start tag', begin);
    if (!(name in simpleTags) && !otherTags.includes(name)) {
      throw this.failAt(`Unsupported start tag "${name}"`, begin);
    }
    const attributes = this.readAttributes(name, begin);
    if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
      throw this.failAt('Tag "span" must have class "tg-spoiler"', begin);
    }
    this.open.push({ name, attributes, offset: this.text.length });
  }

  private readAttributes(tag: string, begin: number): Map<string, string> {
    const attributes = new Map<string, string>();
    for (;;) {
      this.take(/\s*/y);
      if (this.source[this.position] === '>') break;
      const name = this.take(/[^\s=>/"']*/y).toLowerCase();
      if (this.position >= this.source.length) throw this.failAt(`Unclosed start tag "${tag}"`, begin);
      if (name === '') throw this.failAt(`Empty attribute name in the tag "${tag}"`, begin);
      this.take(/\s*/y);
      if (this.source[this.position] !== '=') {
        attributes.set(name, '');
        continue;
      }
      this.take(/\s*/y, 1);
      attributes.set(name, this.readAttributeValue());
      if (this.position >= this.source.length) throw this.failAt('Unclosed start tag', begin);
    }
    this.position += 1;
    return attributes;
  }

  private readAttributeValue(): string {
    const quote = this.source[this.position];
    if (quote !== '"' && quote !== "'") {
      const begin = this.position;
      const token = this.take(/[a-z0-9.-]*/iy).toLowerCase();
      if (!/[\s>]/.test(this.source[this.position] ?? '')) {
        throw this.failAt('Unexpected end of name token', begin);
      }
      return token;
    }
    this.position += 1;
    let value = '';
    while (this.position < this.source.length && this.source[this.position] !== quote)
      value += this.readCharacter();
    this.position += 1;
    return value;
  }

  private readEndTag(): void {
    const begin = this.position;
    const tag = this.open.pop();
    if (tag === undefined) throw this.failAt('Unexpected end tag', begin);
    const name = this.take(/[^\s>]*/y, 2).toLowerCase();
    this.take(/\s*/y);
    if (this.source[this.position] !== '>') throw this.failAt('Unclosed end tag', begin);
    this.position += 1;
    if (name !== '' && name !== tag.name) {
      throw this.failAt('Unmatched end tag', begin, `, expected "</${tag.name}>", found "</${name}>"`);
    }
    const length = this.text.length - tag.offset;
    if (length > 0) this.addEntity(tag, length);
  }

  private addEntity({ name, attributes, offset }: OpenTag, length: number): void {
    const simple = simpleTags[name];
    const range = { offset, length };
    if (simple !== undefined) this.entities.push({ type: simple, ...range });
    else if (name === 'pre' || name === 'code') this.addCode(name, attributes, range);
    else this.entities.push(...entityOf(name, attributes, range, this.text.slice(offset)));
  }

  /** `<pre><code class="language-x">` is one block with a language. */
  private addCode(name: string, attributes: ReadonlyMap<string, string>, range: Range): void {
    const language = /^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1];
    const inner = this.entities.at(-1);
    const sameRange = inner?.offset === range.offset && inner.length === range.length;
    if (name === 'pre' && sameRange && inner.type === 'pre') return;
    if (name === 'code' && language !== undefined && this.open.at(-1)?.name === 'pre') {
      this.entities.push({ type: 'pre', ...range, language });
    } else this.entities.push({ type: name === 'pre' ? 'pre' : 'code', ...range });
  }

  private take(pattern: RegExp, skip = 0): string {
    this.position += skip;
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source)?.[0] ?? '';
    this.position += found.length;
    return found;
  }

  private failAt(what: string, position: number, rest = ''): Error {
    return fail(`${what} at byte offset ${Buffer.byteLength(this.source.slice(0, position))}${rest}`);
  }
}

const fail = (what: string): Error => badRequest(`can't parse entities: ${what}`);

function entityOf(
  name: string,
  attributes: ReadonlyMap<string, string>,
  range: Range,
  text: string,
): MessageEntity[] {
  switch (name) {
    case 'a': {
      return linkEntity(attributes.get('href') ?? text, range);
    }
    case 'blockquote':
      return [{ type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', ...range }];
    case 'tg-emoji':
      return [{ type: 'custom_emoji', ...range, custom_emoji_id: attributes.get('emoji-id') ?? '' }];
    case 'tg-time':
      return dateTimeEntity(Number(attributes.get('unix')), attributes.get('format') ?? '', range);
    default:
      throw new Error(`No entity is known for <${name}>`);
  }
}

function decode([, hex, decimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return named[name];
  const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}
