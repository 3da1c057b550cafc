import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';
import { withScheme } from './link-entity.js';
import type { FormattedText } from './text-with-entities.js';

const reserved = '_*[]()~`>#+-=|{}.!';

/** Longer marks first: `__` is not two `_`. */
const marks: readonly (readonly [mark: string, type: MarkedType, name: string])[] = [
  ['```', 'pre', 'PreCode'],
  ['`', 'code', 'Code'],
  ['||', 'spoiler', 'Spoiler'],
  ['__', 'underline', 'Underline'],
  ['*', 'bold', 'Bold'],
  ['_', 'italic', 'Italic'],
  ['~', 'strikethrough', 'Strikethrough'],
  ['[', 'text_link', 'TextUrl'],
];

type MarkedType =
  | 'pre'
  | 'code'
  | 'spoiler'
  | 'underline'
  | 'bold'
  | 'italic'
  | 'strikethrough'
  | 'text_link';

interface Open {
  readonly mark: string;
  readonly type: MarkedType;
  readonly name: string;
  readonly language: string;
  /** Where it begins in the text. */
  readonly offset: number;
  /** Where it begins in the source, in bytes. */
  readonly begin: number;
}

/**
 * MarkdownV2: every reserved character outside markup must be escaped.
 * @throws BotApiError 400 with Telegram's words
 */
export function parseMarkdown(source: string): FormattedText {
  return new MarkdownReader(source).read();
}

class MarkdownReader {
  private position = 0;
  private text = '';
  private readonly entities: MessageEntity[] = [];
  private readonly open: Open[] = [];
  private quoteStart: number | undefined;

  constructor(private readonly source: string) {}

  read(): FormattedText {
    while (this.position < this.source.length) {
      if (this.readEscaped() || this.readQuoteMark() || this.readPlain() || this.readClosing()) continue;
      this.readOpening();
    }
    this.endQuote(this.text.length);
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      throw fail(`Can't find end of ${unclosed.name} entity at byte offset ${unclosed.begin}`);
    }
    return { text: this.text, entities: this.entities };
  }

  private readEscaped(): boolean {
    const [character, next = ''] = this.source.slice(this.position, this.position + 2);
    if (character !== '\\' || !/^[!-~]$/.test(next)) return false;
    this.text += next;
    this.position += 2;
    return true;
  }

  /** `>` at the beginning of a line; a quote goes on as long as its lines begin so. `||` at its end hides it. */
  private readQuoteMark(): boolean {
    const isLineStart = this.position === 0 || this.source[this.position - 1] === '\n';
    if (!isLineStart || this.isInCode()) return false;
    const isQuote = this.source[this.position] === '>';
    if (!isQuote) {
      this.endQuote(this.text.length - 1);
      return false;
    }
    this.quoteStart ??= this.text.length;
    this.position += 1;
    return true;
  }

  private endQuote(end: number): void {
    const start = this.quoteStart;
    this.quoteStart = undefined;
    if (start !== undefined && end > start) {
      this.entities.push({ type: 'blockquote', offset: start, length: end - start });
    }
  }

  private readPlain(): boolean {
    const character = this.source[this.position] ?? '';
    if (this.isInCode() ? character === '`' : reserved.includes(character)) return false;
    this.text += character;
    this.position += 1;
    return true;
  }

  private readClosing(): boolean {
    const innermost = this.open.at(-1);
    if (innermost === undefined) return false;
    const mark = innermost.type === 'text_link' ? ']' : innermost.mark;
    if (!this.source.startsWith(mark, this.position)) return false;
    if (mark === '_' && this.source.startsWith('__', this.position)) return false;
    this.open.pop();
    this.position += mark.length;
    const range = { offset: innermost.offset, length: this.text.length - innermost.offset };
    const url = innermost.type === 'text_link' ? this.readAddress() : '';
    if (range.length > 0) this.entities.push(...entityOf(innermost, range, url));
    return true;
  }

  private readAddress(): string {
    const link = /^\(((?:\\.|[^)\\])*)\)/.exec(this.source.slice(this.position));
    this.position += link?.[0].length ?? 0;
    return (link?.[1] ?? '').replace(/\\(.)/g, '$1');
  }

  private readOpening(): void {
    const begin = Buffer.byteLength(this.source.slice(0, this.position));
    const found = marks.find(([mark]) => this.source.startsWith(mark, this.position));
    if (found === undefined) {
      const character = this.source[this.position];
      throw fail(`Character '${character}' is reserved and must be escaped with the preceding '\\'`);
    }
    const [mark, type, name] = found;
    this.position += mark.length;
    const language = type === 'pre' ? this.readLanguage() : '';
    this.open.push({ mark, type, name, language, offset: this.text.length, begin });
  }

  private readLanguage(): string {
    const line = /^([^\n`\s]*)\n/.exec(this.source.slice(this.position));
    this.position += line?.[0].length ?? 0;
    return line?.[1] ?? '';
  }

  private isInCode(): boolean {
    const type = this.open.at(-1)?.type;
    return type === 'code' || type === 'pre';
  }
}

function entityOf(
  { type, language }: Open,
  range: { offset: number; length: number },
  url: string,
): MessageEntity[] {
  if (type === 'text_link') return url === '' ? [] : [{ type, ...range, url: withScheme(url) }];
  if (type === 'pre') return [{ type, ...range, ...(language === '' ? {} : { language }) }];
  return [{ type, ...range }];
}

const fail = (what: string): Error => badRequest(`can't parse entities: ${what}`);
