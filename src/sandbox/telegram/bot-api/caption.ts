import { badRequest } from '../bot-api-error.js';
import type { MessageContent } from '../state/message-store.js';
import { captionLimit, codePoints, readFormattedText } from '../text/formatted-text.js';
import type { FormattedText } from '../text/text-with-entities.js';
import { type Fields, isTrue } from './method-parameters.js';

type CaptionFields = Fields<'caption' | 'parse_mode' | 'caption_entities'>;

/** @throws BotApiError 400 too long or not parsable */
export function readCaption(
  parameters: CaptionFields,
  tooLong = 'message caption is too long',
): MessageContent {
  const entities = parameters.json('caption_entities', 'caption entities');
  return captionContent(
    readFormattedText(parameters.text('caption'), parameters.text('parse_mode'), entities),
    tooLong,
  );
}

/** The caption of one item of an album, or of a replaced media. @throws BotApiError 400 */
export function readItemCaption(item: Readonly<Record<string, unknown>>, tooLong?: string): MessageContent {
  const text = typeof item.caption === 'string' ? item.caption : '';
  const mode = typeof item.parse_mode === 'string' ? item.parse_mode : '';
  return captionContent(readFormattedText(text, mode, item.caption_entities), tooLong);
}

/** Only over a photo; a file's stands below it whatever is asked. */
export const captionAbove = (given: unknown): MessageContent =>
  isTrue(given) ? { show_caption_above_media: true } : {};

function captionContent(
  { text, entities }: FormattedText,
  tooLong = 'message caption is too long',
): MessageContent {
  if (codePoints(text) > captionLimit) throw badRequest(tooLong);
  if (text === '') return {};
  return { caption: text, ...(entities.length === 0 ? {} : { caption_entities: entities }) };
}
