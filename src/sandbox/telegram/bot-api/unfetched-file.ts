import type { Document, PhotoSize } from 'grammy/types';
import sharp from 'sharp';
import { badRequest } from '../bot-api-error.js';
import type { World } from '../state/world.js';

/**
 * What stands for a picture of an inline result at an address. Telegram takes the address unread, its clients fetch the
 * picture; here nobody does.
 * @throws BotApiError 400 when it is no address
 */
export async function unfetchedPhoto(world: World, url: string | undefined): Promise<PhotoSize[]> {
  checkAddress(url);
  return [...(await world.files.addPhoto(await sharp(Buffer.from(frame)).png().toBuffer()))];
}

/** The same for a file: it says where the real one is. @throws BotApiError 400 when it is no address */
export async function unfetchedDocument(
  world: World,
  url: string | undefined,
  type: string,
): Promise<Document> {
  const { pathname } = new URL(checkAddress(url));
  const bytes = Buffer.from(`The sandbox fetches nothing. The file is at ${url}\n`);
  return world.files.addDocument({ bytes, name: pathname.split('/').at(-1) ?? '', type });
}

function checkAddress(url: string | undefined): string {
  if (url === undefined || !/^https?:/i.test(url) || !URL.canParse(url))
    throw badRequest('WEBDOCUMENT_URL_INVALID');
  return url;
}

const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
  <rect width="640" height="480" fill="#c3ccd6"/>
  <circle cx="220" cy="170" r="42" fill="#e9edf2"/>
  <path d="M90 390 250 240l90 80 90-110 120 180z" fill="#98a5b3"/>
</svg>`;
