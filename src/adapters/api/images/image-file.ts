import { extname } from 'node:path';
import type { Context } from 'hono';
import type { MediaStore } from '../../../application/ports/media-store.js';
import type { GalleryItem } from '../../../application/ports/stores/gallery-store.js';
import { fileName } from '../../../domain/text/file-name.js';
import type { ApiEnv } from '../api-services.js';
import { fileAnswer, isKnown, unlessGone } from './file-answer.js';

/** How long the address works that a program is sent to. Seconds. */
const linkSeconds = 60;

interface Source {
  readonly media: Pick<MediaStore, 'read' | 'link'>;
  /** Whether the program is to be sent to the store, where that has an address for the image. */
  readonly byLink: boolean;
}

/** Answers with an image: its bytes, or where the store has them. */
export async function imageFile(
  context: Context<ApiEnv>,
  { media, byLink }: Source,
  image: GalleryItem,
): Promise<Response> {
  const { mediaKey } = image;
  // The address is signed for a GET.
  const isSentThere = byLink && context.req.method === 'GET' && !isKnown(context, image);
  const link = isSentThere ? await media.link(mediaKey, linkSeconds) : null;
  if (link !== null) {
    context.header('etag', `"${image.sha256}"`);
    context.header('cache-control', 'no-store');
    return context.redirect(link, 302);
  }
  return fileAnswer(context, {
    ...image,
    disposition: dispositionOf(image),
    read: () => unlessGone(media.read(mediaKey), 'image'),
  });
}

/** Shown by a browser, and kept under a name that says what it shows. */
function dispositionOf(image: GalleryItem): string {
  const extension = extname(image.mediaKey);
  const plain = fileName({ ...image, prompt: '' }, extension);
  return `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName(image, extension))}`;
}
