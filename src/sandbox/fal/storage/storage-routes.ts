import { createReadStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import type { Guard } from '../guard.js';
import { lifetimeOf } from './object-lifecycle.js';
import { type UploadFolder, UploadTooLarge } from './upload-folder.js';

interface Announcement {
  readonly content_type?: unknown;
  readonly file_name?: unknown;
}

/** Part numbers of one upload in many pieces; 10 MB each, so 100 are a gigabyte. */
const mostParts = 100;

/** `storage/upload/…` of the REST host, and the places to which the content is PUT. */
export function storageRoutes(uploads: UploadFolder, guard: Guard, baseUrl: () => string, now: () => number) {
  const routes = new Hono();

  for (const way of ['initiate', 'initiate-multipart']) {
    routes.post(`/rest/storage/upload/${way}`, (c) =>
      guard.authorized(c, 'upload', {}, async () => {
        const said = await c.req.json<Announcement>();
        const lifecycle = c.req.header('x-fal-object-lifecycle');
        const lifetime = lifetimeOf(lifecycle);
        const file = uploads.announce({
          name: safeName(said.file_name),
          contentType: typeof said.content_type === 'string' ? said.content_type : 'application/octet-stream',
          ...(lifecycle === undefined ? {} : { lifecycle }),
          ...(lifetime === undefined ? {} : { expiresAt: now() + lifetime }),
        });
        return c.json({
          upload_url: `${baseUrl()}/upload/${file.id}/${encodeURIComponent(file.name)}`,
          file_url: `${baseUrl()}${uploads.servedPath(file)}`,
        });
      }),
    );
  }

  routes.put('/upload/:id/:name', (c) =>
    guard.open(c, 'upload', {}, async () => {
      if (uploads.announced(c.req.param('id')) === undefined)
        return c.json({ detail: 'Unknown upload' }, 404);
      return received(uploads, c.req.param('id'), [bodyOf(c.req.raw)]);
    }),
  );

  routes.put('/upload/:id/:name/:part', (c) =>
    guard.open(c, 'upload', {}, async () => {
      const part = Number(c.req.param('part'));
      if (uploads.announced(c.req.param('id')) === undefined || !(part >= 1 && part <= mostParts)) {
        return c.json({ detail: 'Unknown upload' }, 404);
      }
      return received(uploads, partId(c.req.param('id'), part), [bodyOf(c.req.raw)]);
    }),
  );

  routes.post('/upload/:id/:name/complete', (c) =>
    guard.open(c, 'upload', {}, async () => {
      const id = c.req.param('id');
      const { parts } = await c.req.json<{ parts?: { partNumber?: number }[] }>();
      if (uploads.announced(id) === undefined) return c.json({ detail: 'Unknown upload' }, 404);
      const paths = (parts ?? []).map(({ partNumber }) =>
        uploads.contentPath(partId(id, Number(partNumber))),
      );
      const answer = await received(
        uploads,
        id,
        paths.map((path) => Readable.toWeb(createReadStream(path))),
      );
      for (const path of paths) rmSync(path, { force: true });
      return answer;
    }),
  );

  return routes;
}

async function received(
  uploads: UploadFolder,
  id: string,
  bodies: Parameters<UploadFolder['receive']>[1],
): Promise<Response> {
  try {
    await uploads.receive(id, bodies);
    return Response.json({ etag: id });
  } catch (error) {
    if (error instanceof UploadTooLarge) return Response.json({ detail: error.message }, { status: 413 });
    throw error;
  }
}

function bodyOf(request: Request) {
  return request.body ?? new Blob([]).stream();
}

/** Kept like a file of its own until the upload is complete. */
function partId(id: string, part: number): string {
  return `${id}-part-${part}`;
}

/** No slashes and nothing odd: the name becomes the end of an address. */
function safeName(name: unknown): string {
  const cleaned = typeof name === 'string' ? name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(-100) : '';
  return cleaned === '' ? 'file' : cleaned;
}
