import { badRequest } from '../../bot-api-error.js';
import { readInlineKeyboard } from '../../markup/inline-keyboard.js';
import type { InlineAnswer, InlineResult } from '../../state/inline-results.js';
import type { MessageContent } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { codePoints, readFormattedText, textLimit } from '../../text/formatted-text.js';
import { captionAbove, readItemCaption } from '../caption.js';
import { toDocument, toPhoto } from '../input-file.js';
import { linkPreview } from '../messages/link-preview.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { previewSwitchedOff } from '../older-names.js';
import { textContent } from '../placement.js';
import { unfetchedDocument, unfetchedPhoto } from '../unfetched-file.js';

type Given = Readonly<Record<string, unknown>>;

export const inlineMethods = [
  method('answerInlineQuery', async (parameters, world) => {
    const given = parameters.json('results', 'inline query results');
    if (!Array.isArray(given)) throw badRequest("can't parse inline query results: Expected an Array");
    if (given.length > 50) throw badRequest('RESULTS_TOO_MUCH');
    const results: InlineResult[] = [];
    for (const result of given) results.push(await readResult(result, world));
    if (new Set(results.map(({ id }) => id)).size < results.length) throw badRequest('RESULT_ID_DUPLICATE');
    const nextOffset = parameters.text('next_offset');
    if (Buffer.byteLength(nextOffset) > 64) throw badRequest('NEXT_OFFSET_INVALID');
    const queryId = parameters.text('inline_query_id');
    if (!world.queries.inline.answer(queryId, { results, nextOffset, ...readButton(parameters) })) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    world.events.emit({ type: 'inline_answered', queryId });
    return true as const;
  }),
];

async function readResult(given: unknown, world: World): Promise<InlineResult> {
  if (typeof given !== 'object' || given === null) throw unparsable('Expected an Object');
  const result: Given = { ...given };
  const id = string(result, 'id');
  if (id === undefined || id === '' || Buffer.byteLength(id) > 64) throw badRequest('RESULT_ID_INVALID');
  const title = string(result, 'title');
  const description = string(result, 'description');
  const described = {
    id,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...readKeyboard(result.reply_markup),
  };
  const replaced = readMessageContent(result.input_message_content);
  switch (result.type) {
    case 'article': {
      if (title === undefined) throw unparsable('Can\'t find field "title"');
      if (replaced === undefined) throw unparsable('Can\'t find field "input_message_content"');
      const thumbnail = thumbnailOf(result);
      return {
        ...described,
        type: 'article',
        content: replaced,
        ...(thumbnail === undefined ? {} : { thumbnail }),
      };
    }
    case 'photo': {
      if (result.photo_file_id === undefined && thumbnailOf(result) === undefined) {
        throw badRequest('PHOTO_THUMB_URL_EMPTY');
      }
      const known = string(result, 'photo_file_id');
      const photo = await (known === undefined
        ? unfetchedPhoto(world, string(result, 'photo_url'))
        : toPhoto(world, known));
      const thumbnail = (photo[1] ?? photo[0])?.file_id ?? '';
      return {
        ...described,
        type: 'photo',
        thumbnail,
        content: replaced ?? {
          ...readItemCaption(result),
          ...captionAbove(result.show_caption_above_media),
          photo,
        },
      };
    }
    case 'document': {
      if (title === undefined) throw unparsable('Can\'t find field "title"');
      const known = string(result, 'document_file_id');
      const document = await (known === undefined
        ? unfetchedDocument(world, string(result, 'document_url'), string(result, 'mime_type') ?? '')
        : toDocument(world, known));
      return {
        ...described,
        type: 'document',
        content: replaced ?? { ...readItemCaption(result), document },
      };
    }
    default:
      throw badRequest(`the sandbox does not know inline results of the type "${String(result.type)}" yet`);
  }
}

function readMessageContent(given: unknown): MessageContent | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const content: Given = { ...previewSwitchedOff({ ...given }), ...given };
  const source = string(content, 'message_text');
  if (source === undefined) throw unparsable('Can\'t find field "message_text"');
  const text = readFormattedText(source, string(content, 'parse_mode') ?? '', content.entities);
  if (text.text === '') throw badRequest('message text is empty');
  if (codePoints(text.text) > textLimit) throw badRequest('message is too long');
  return { ...textContent(text), ...linkPreview(content.link_preview_options) };
}

function readKeyboard(markup: unknown): Pick<InlineResult, 'keyboard'> {
  if (typeof markup !== 'object' || markup === null || !('inline_keyboard' in markup)) return {};
  const keyboard = readInlineKeyboard(markup.inline_keyboard);
  return keyboard.inline_keyboard.length === 0 ? {} : { keyboard };
}

function readButton(parameters: Fields<'button'>): Pick<InlineAnswer, 'button'> {
  const button = parameters.json('button', 'inline query results button');
  if (typeof button !== 'object' || button === null) return {};
  const given: Given = { ...button };
  const startParameter = string(given, 'start_parameter') ?? '';
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(startParameter)) throw badRequest('START_PARAM_INVALID');
  return { button: { text: string(given, 'text') ?? '', startParameter } };
}

const string = (given: Given, name: string): string | undefined => {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
};

/** `thumb_url` was its name before Bot API 6.6; Telegram takes it as well. */
const thumbnailOf = (result: Given): string | undefined =>
  string(result, 'thumbnail_url') ?? string(result, 'thumb_url');

const unparsable = (what: string): Error => badRequest(`can't parse inline query result: ${what}`);
