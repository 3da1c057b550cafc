import { extname } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { type MediaStore, NoSuchFile } from '../../../application/ports/media-store.js';
import type { GalleryItem } from '../../../application/ports/stores/gallery-store.js';
import { DomainError } from '../../../domain/errors.js';
import { fileName } from '../../../domain/text/file-name.js';
import type { ApiEnv } from '../api-services.js';
import { ApiProblem } from '../problems.js';
import { rangeIn, within } from './byte-range.js';

/** How long the address works that a program is sent to. Seconds. */
const linkSeconds = 60;

interface Source {
  readonly media: Pick<MediaStore, 'read' | 'link'>;
  /** Whether the program is to be sent to the store, where that has an address for the image. */
  readonly byLink: boolean;
}

/** Answers with the bytes of an image, or those that were asked for, or that they are the same as before. */
export async function imageFile(
  context: Context<ApiEnv>,
  { media, byLink }: Source,
  image: GalleryItem,
): Promise<Response> {
  const { req } = context;
  const { bytes } = image;
  const tag = `"${image.sha256}"`;
  context.header('etag', tag);
  // It never changes, but its owner may delete it: whoever keeps it has to ask again.
  context.header('cache-control', 'private, no-cache');
  if (isAmong(req.header('if-none-match'), tag)) return context.body(null, 304);
  // The address is signed for a GET.
  const link = byLink && req.method === 'GET' ? await media.link(image.mediaKey, linkSeconds) : null;
  if (link !== null) {
    context.header('cache-control', 'no-store');
    return context.redirect(link, 302);
  }
  const isSame = (req.header('if-range') ?? tag) === tag;
  const range = isSame ? rangeIn(req.header('range'), bytes) : 'whole';
  if (range === 'none')
    throw new ApiProblem('range_not_satisfiable', `It has ${bytes} bytes.`, {
      'content-range': `bytes */${bytes}`,
    });
  const part = range === 'whole' ? { from: 0, to: bytes - 1 } : range;
  context.header('accept-ranges', 'bytes');
  context.header('content-type', image.contentType);
  context.header('content-length', String(part.to - part.from + 1));
  context.header('content-disposition', dispositionOf(image));
  if (range !== 'whole') context.header('content-range', `bytes ${part.from}-${part.to}/${bytes}`);
  const status = range === 'whole' ? 200 : 206;
  // Nobody would read the file, nor close it.
  if (req.method === 'HEAD') return context.body(null, status);
  const file = await media.read(image.mediaKey).catch((error: unknown) => {
    throw error instanceof NoSuchFile ? new DomainError({ code: 'not_found', what: 'image' }) : error;
  });
  const sent = range === 'whole' ? file : Readable.from(within(file, part));
  return context.body(Readable.toWeb(sent) as ReadableStream, status);
}

/** A weak tag names the same bytes here. */
const isAmong = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((each) => [tag, '*'].includes(each.trim().replace(/^W\//, ''))) ?? false;

/** Shown by a browser, and kept under a name that says what it shows. */
function dispositionOf(image: GalleryItem): string {
  const extension = extname(image.mediaKey);
  const plain = fileName({ ...image, prompt: '' }, extension);
  return `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName(image, extension))}`;
}
