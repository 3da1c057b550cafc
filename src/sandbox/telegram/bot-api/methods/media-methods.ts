import type { Message } from 'grammy/types';
import { BotApiError, badRequest } from '../../bot-api-error.js';
import { having, type MessageContent } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { captionAbove, readCaption, readItemCaption } from '../caption.js';
import { readInputFile, resolveAttachment, toDocument, toPhoto } from '../input-file.js';
import { newAlbumId } from '../messages/album-id.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { postFromBot, readMarkup, readPlacement } from '../placement.js';

export const mediaMethods = [
  method('sendPhoto', async (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters);
    const caption = readCaption(parameters);
    const photo = await toPhoto(world, readInputFile(parameters, 'photo'));
    const content = {
      ...caption,
      ...captionAbove(parameters.text('show_caption_above_media')),
      ...covered(parameters.flag('has_spoiler')),
      photo,
    };
    return having(postFromBot(world, placement, content, markup).message, 'photo');
  }),
  method('sendDocument', async (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters);
    const caption = readCaption(parameters);
    const document = await toDocument(world, readInputFile(parameters, 'document'));
    return having(postFromBot(world, placement, { ...caption, document }, markup).message, 'document');
  }),
  method('sendMediaGroup', async (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const items = readAlbum(parameters);
    const contents: MessageContent[] = [];
    for (const [index, item] of items.entries())
      contents.push(await albumItem(parameters, world, item, index));
    // One alone is taken, too, and is no album.
    const group = contents.length > 1 ? { media_group_id: newAlbumId() } : {};
    return contents.map((content) =>
      albumMessage(postFromBot(world, placement, { ...content, ...group }).message),
    );
  }),
];

type AlbumItem = Readonly<Record<string, unknown>>;
type AlbumMessage = ReturnType<typeof having<'photo'>> | ReturnType<typeof having<'document'>>;

function readAlbum(parameters: Fields<'media'>): AlbumItem[] {
  const media = parameters.json('media', 'media');
  if (media === undefined) throw badRequest('parameter "media" is required');
  if (!Array.isArray(media))
    throw badRequest("can't parse media JSON object: Expected an Array of InputMedia");
  if (media.length === 0) throw badRequest('there are no messages to send');
  if (media.length > 10) throw badRequest('too many messages to send as an album');
  const items = media.map((item: unknown) => {
    if (typeof item !== 'object' || item === null)
      throw badRequest("can't parse InputMedia: expected an Object");
    return item as AlbumItem;
  });
  const types = new Set(items.map(({ type }) => type));
  if (types.size > 1 && types.has('document')) {
    throw badRequest("document can't be mixed with other media types");
  }
  return items;
}

async function albumItem(
  parameters: Fields<'media'>,
  world: World,
  item: AlbumItem,
  index: number,
): Promise<MessageContent> {
  const caption = readItemCaption(item);
  const given = typeof item.media === 'string' ? resolveAttachment(parameters, item.media) : undefined;
  if (given === undefined) throw badRequest("can't parse InputMedia: media not found");
  try {
    switch (item.type) {
      case 'photo':
        return {
          ...caption,
          ...captionAbove(item.show_caption_above_media),
          ...covered(item.has_spoiler === true),
          photo: await toPhoto(world, given),
        };
      case 'document':
        return { ...caption, document: await toDocument(world, given) };
      default:
        throw badRequest(
          `can't parse InputMedia: type "${String(item.type)}" can't be used in sendMediaGroup`,
        );
    }
  } catch (error) {
    if (!(error instanceof BotApiError) || !/Bad Request: [A-Z_]+$/.test(error.description)) throw error;
    const reason = error.description.replace('Bad Request: ', '');
    throw badRequest(`failed to send message #${index + 1} with the error message "${reason}"`);
  }
}

const albumMessage = (message: Message): AlbumMessage =>
  message.photo === undefined ? having(message, 'document') : having(message, 'photo');

/** Clients show it only after a tap. */
const covered = (has: boolean): MessageContent => (has ? { has_media_spoiler: true } : {});
