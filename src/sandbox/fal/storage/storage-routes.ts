import { Hono } from 'hono';
import type { Guard } from '../guard.js';
import { lifetimeOf } from './object-lifecycle.js';
import { completeParts, takePart, unknownUpload } from './parts.js';
import { bodyOf, received, safeName } from './received.js';
import type { UploadFolder } from './upload-folder.js';

interface Announcement {
  readonly content_type?: unknown;
  readonly file_name?: unknown;
}

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
    guard.open(c, 'upload', {}, async () =>
      uploads.announced(c.req.param('id')) === undefined
        ? unknownUpload()
        : received(uploads, c.req.param('id'), [bodyOf(c.req.raw)]),
    ),
  );

  routes.put('/upload/:id/:name/:part', (c) =>
    guard.open(c, 'upload', {}, () => takePart(uploads, c.req.param('id'), c.req.param('part'), c.req.raw)),
  );

  routes.post('/upload/:id/:name/complete', (c) =>
    guard.open(c, 'upload', {}, async () => completeParts(uploads, c.req.param('id'), await c.req.json())),
  );

  return routes;
}
