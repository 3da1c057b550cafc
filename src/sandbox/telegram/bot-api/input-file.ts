import type { Document, PhotoSize } from 'grammy/types';
import { BotApiError, badRequest } from '../bot-api-error.js';
import type { World } from '../state/world.js';
import type { Fields } from './method-parameters.js';
import type { Upload } from './multipart.js';

const documentLimit = 50 * 1024 * 1024;

/** How a bot names a file: bytes that came along, or a `file_id` or address. */
export type InputFileGiven = Upload | string;

/** A file given under a field's own name, by `attach://`, by `file_id` or by address; undefined when missing. */
export function readInputFile<Name extends string>(
  fields: Fields<Name>,
  name: Name,
): InputFileGiven | undefined {
  return fields.upload(name) ?? resolveAttachment(fields, fields.text(name));
}

/** The same for a file named inside a JSON parameter. */
export function resolveAttachment<Name extends string>(
  fields: Fields<Name>,
  given: string,
): InputFileGiven | undefined {
  if (given === '') return undefined;
  return given.startsWith('attach://') ? fields.attached(given.slice('attach://'.length)) : given;
}

/** @throws BotApiError 400 */
export async function toPhoto(world: World, given: InputFileGiven | undefined): Promise<PhotoSize[]> {
  if (given === undefined) throw badRequest('there is no photo in the request');
  if (typeof given !== 'string') return [...(await world.files.addPhoto(given.bytes))];
  if (isUrl(given)) throw notFetched();
  return [...world.files.photo(given)];
}

/** @throws BotApiError 400, 413 over 50 MB */
export async function toDocument(world: World, given: InputFileGiven | undefined): Promise<Document> {
  if (given === undefined) throw badRequest('there is no document in the request');
  if (typeof given === 'string') {
    if (isUrl(given)) throw notFetched();
    return world.files.document(given);
  }
  if (given.bytes.length > documentLimit) throw new BotApiError(413, 'Request Entity Too Large');
  return world.files.addDocument(given);
}

/** The sandbox goes nowhere: what Telegram would fetch, it says that it cannot have. */
const notFetched = () => badRequest('failed to get HTTP URL content');

const isUrl = (given: string): boolean => /^https?:\/\//i.test(given);
