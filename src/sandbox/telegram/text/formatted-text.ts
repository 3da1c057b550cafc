import type { MessageEntity } from 'grammy/types';
import { notUtf8 } from '../bot-api/utf8.js';
import { badRequest } from '../bot-api-error.js';
import { cleaned } from './clean-text.js';
import { detectEntities } from './detected-entities.js';
import { readEntities } from './given-entities.js';
import { parseHtml } from './html.js';
import { parseMarkdown } from './markdown.js';
import { parseOldMarkdown } from './old-markdown.js';
import type { FormattedText } from './text-with-entities.js';

/** Most code points of a text and of a caption, after the markup is gone. */
export const textLimit = 4096;
export const captionLimit = 1024;

/**
 * What a bot's text becomes: markup parsed or entities checked, outer white space cut, links and commands found.
 * @throws BotApiError 400 `can't parse entities: …`, `unsupported parse_mode`, `strings must be encoded in UTF-8`
 */
export function readFormattedText(source: string, parseMode: string, entities: unknown): FormattedText {
  if (/\p{Surrogate}/u.test(source)) throw notUtf8();
  return settled(trimText(cleaned(parseMarkup(source, parseMode, entities))));
}

/** What a person typed: no markup, only what Telegram finds by itself. A changed client sends any sign there is. */
export function plainText(text: string): FormattedText {
  return settled(trimText({ text: text.replaceAll('\r', ''), entities: [] }));
}

const settled = (trimmed: FormattedText): FormattedText => ({
  text: trimmed.text,
  entities: settle([...trimmed.entities, ...detectEntities(trimmed)]),
});

export const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

function parseMarkup(source: string, parseMode: string, entities: unknown): FormattedText {
  switch (parseMode.toLowerCase()) {
    case 'html':
      return parseHtml(source);
    case 'markdownv2':
      return parseMarkdown(source);
    case 'markdown':
      return parseOldMarkdown(source);
    case '':
    case 'none':
      return { text: source, entities: readEntities(source, entities) };
    default:
      throw badRequest('unsupported parse_mode');
  }
}

function trimText({ text, entities }: FormattedText): FormattedText {
  const clean = text.trimEnd();
  const start = clean.length - clean.trimStart().length;
  const kept = entities.flatMap((entity) => {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, clean.length);
    return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
  return { text: clean.slice(start), entities: kept };
}

/** Telegram's order; inside code nothing else is marked. */
function settle(entities: MessageEntity[]): MessageEntity[] {
  const isCode = (entity: MessageEntity) => entity.type === 'code' || entity.type === 'pre';
  const covers = (outer: MessageEntity, inner: MessageEntity) =>
    outer !== inner &&
    outer.offset <= inner.offset &&
    outer.offset + outer.length >= inner.offset + inner.length;
  return entities
    .filter(
      (entity) => !entities.some((code) => isCode(code) && covers(code, entity) && !covers(entity, code)),
    )
    .sort((one, other) => one.offset - other.offset || other.length - one.length);
}
