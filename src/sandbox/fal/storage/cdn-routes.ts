import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Guard } from '../guard.js';
import { lifetimeOf } from './object-lifecycle.js';
import { completeParts, takePart } from './parts.js';
import { bodyOf, received, safeName } from './received.js';
import type { UploadFolder } from './upload-folder.js';

const tokenMilliseconds = 3_600_000;

/**
 * The way of fal's Python client and of `fal` itself: a token of the REST host for the CDN, then the file to
 * the CDN, whole or in parts.
 */
export function cdnRoutes(uploads: UploadFolder, guard: Guard, baseUrl: () => string, now: () => number) {
  const tokens = new Map<string, number>();
  const addressOf = (file: Parameters<UploadFolder['servedPath']>[0]) =>
    `${baseUrl()}${uploads.servedPath(file)}`;

  const mayUpload = (c: Context): boolean => {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    return (tokens.get(token) ?? 0) > now();
  };
  const guarded = (c: Context, take: () => Promise<Response>) =>
    guard.open(c, 'upload', {}, () =>
      mayUpload(c) ? take() : Response.json({ detail: 'Invalid token' }, { status: 401 }),
    );
  const announced = (c: Context) => {
    const lifetime = lifetimeOf(c.req.header('x-fal-object-lifecycle'));
    return uploads.announce({
      name: safeName(c.req.header('x-fal-file-name')),
      contentType: c.req.header('content-type') ?? 'application/octet-stream',
      ...(lifetime === undefined ? {} : { expiresAt: now() + lifetime }),
    });
  };

  return new Hono()
    .post('/rest/storage/auth/token', (c) =>
      guard.authorized(c, 'upload', {}, () => {
        const token = randomUUID();
        tokens.set(token, now() + tokenMilliseconds);
        const expires_at = new Date(now() + tokenMilliseconds).toISOString().replace('Z', '+00:00');
        return c.json({ token, token_type: 'Bearer', base_url: baseUrl(), expires_at });
      }),
    )
    .post('/files/upload', (c) =>
      guarded(c, async () => {
        const file = announced(c);
        const answer = await received(uploads, file.id, [bodyOf(c.req.raw)]);
        return answer.ok ? c.json({ access_url: addressOf(file) }) : answer;
      }),
    )
    .post('/files/upload/multipart', (c) =>
      guarded(c, async () => {
        const file = announced(c);
        return c.json({ access_url: addressOf(file), uploadId: file.id });
      }),
    )
    .put('/files/uploads/:id/:name/multipart/:upload/:part', (c) =>
      guarded(c, () => takePart(uploads, c.req.param('id'), c.req.param('part'), c.req.raw)),
    )
    .post('/files/uploads/:id/:name/multipart/:upload/complete', (c) =>
      guarded(c, async () => completeParts(uploads, c.req.param('id'), await c.req.json())),
    );
}
