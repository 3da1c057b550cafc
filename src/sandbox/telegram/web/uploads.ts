import type { Context } from 'hono';
import type { CaptionOptions, ChatDriver } from '../driver/chat-driver.js';
import type { MessageView } from '../driver/message-view.js';
import { person } from './person-requests.js';

/** Most files of one album. */
const albumSize = 10;

/**
 * Files that a person drops, pastes or picks. Photos travel together as albums of at most ten; with `asFiles`,
 * or when they are no pictures, each goes as a document. The caption stands under the first.
 */
export async function receiveUpload(context: Context, driver: ChatDriver): Promise<MessageView[]> {
  const form = await context.req.formData();
  const files = form.getAll('files').filter((entry) => entry instanceof File);
  if (files.length === 0) throw new Error('No file came');
  const asFiles = form.get('asFiles') === 'true';
  const isPhoto = (file: File) => !asFiles && /^image\/(jpeg|png|webp)$/.test(file.type);
  const sent: MessageView[] = [];
  let options = optionsOf(form);
  const id = person(context.req);
  const photos = files.filter(isPhoto);
  for (let index = 0; index < photos.length; index += albumSize) {
    const album = await Promise.all(photos.slice(index, index + albumSize).map(bytesOf));
    const [only] = album;
    if (album.length === 1 && only !== undefined) sent.push(await driver.sendPhoto(id, only, options));
    else sent.push(...(await driver.sendAlbum(id, album, options)));
    options = withoutCaption(options);
  }
  for (const file of files.filter((candidate) => !isPhoto(candidate))) {
    const document = { bytes: await bytesOf(file), name: file.name, type: file.type };
    sent.push(await driver.sendDocument(id, document, options));
    options = withoutCaption(options);
  }
  return sent;
}

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

function optionsOf(form: FormData): CaptionOptions {
  const number = (name: string) => (form.get(name) ? Number(form.get(name)) : undefined);
  const chatId = number('chatId');
  const replyTo = number('replyTo');
  return {
    caption: String(form.get('caption') ?? ''),
    ...(chatId === undefined ? {} : { chatId }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

const withoutCaption = ({ chatId }: CaptionOptions): CaptionOptions =>
  chatId === undefined ? {} : { chatId };
