import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { World } from '../state/world.js';

/** Shown in the page; everything else is only ever saved. */
const shownTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** A file of a message by its `file_id`; `?save` makes the browser save it under its name. */
export async function serveFile(context: Context, world: World, fileId: string): Promise<Response> {
  const place = world.files.locateById(fileId);
  if (place === undefined) return context.notFound();
  const document = fileId.startsWith('BQ') ? world.files.document(fileId) : undefined;
  const type = document?.mime_type ?? 'image/jpeg';
  const isShown = shownTypes.includes(type) && context.req.query('save') === undefined;
  const name = document?.file_name ?? 'photo.jpg';
  const body = Readable.toWeb(createReadStream(place)) as ReadableStream;
  return context.body(body, 200, {
    'content-type': isShown ? type : 'application/octet-stream',
    'content-length': String(statSync(place).size),
    'content-disposition': isShown ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    // A file id never changes what it means.
    'cache-control': 'private, max-age=31536000, immutable',
  });
}
