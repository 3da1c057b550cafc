import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf } from './client.js';
import { call, resultOf, submit } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';

const hour = 3_600_000;
let fal: TemporaryFal;
let later: number;
beforeEach(async () => {
  later = 0;
  fal = await startTemporaryFal({ now: () => Date.now() + later });
});
afterEach(() => fal.remove());

const statusOf = async (url: string) => (await fetch(url)).status;

describe('storage of the local fal', () => {
  it('takes an upload of the real client and serves it under the given name', async () => {
    const file = new File(['some bytes'], 'photos of me.zip', { type: 'application/zip' });
    const url = await clientOf(fal).storage.upload(file);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/files\/uploads\/.+\.zip$/);
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-length')).toBe('10');
    expect(await response.text()).toBe('some bytes');
  });

  it('forgets it when its lifetime is over', async () => {
    const url = await clientOf(fal).storage.upload(new Blob(['x']), { lifecycle: { expiresIn: '1h' } });
    expect(fal.uploads()).toMatchObject([
      { fileUrl: url, lifecycle: '{"expiration_duration_seconds":3600}' },
    ]);
    later = hour - 5000;
    expect(await statusOf(url)).toBe(200);
    later = hour + 5000;
    expect(await statusOf(url)).toBe(404);
  });

  it('forgets output files when the lifetime of the submit is over', async () => {
    const preference = JSON.stringify({ expiration_duration_seconds: 3600 });
    const headers = { 'X-Fal-Object-Lifecycle-Preference': preference };
    const { body } = await resultOf(await submit(fal, { image_size: 'square' }, { headers }));
    const [image] = body.images as [{ url: string }];
    expect(await statusOf(image.url)).toBe(200);
    later = hour + 5000;
    expect(await statusOf(image.url)).toBe(404);
  });

  it('takes an upload in parts', async () => {
    const started = await call(`${fal.restUrl}/storage/upload/initiate-multipart?storage_type=fal-cdn-v3`, {
      method: 'POST',
      body: JSON.stringify({ content_type: 'application/zip', file_name: 'big.zip' }),
    });
    const [uploadUrl, fileUrl] = [String(started.body.upload_url), String(started.body.file_url)];
    const parts = ['one ', 'two ', 'three'];
    for (const [index, part] of parts.entries()) {
      const response = await fetch(`${uploadUrl}/${index + 1}`, { method: 'PUT', body: part });
      expect(await response.json()).toHaveProperty('etag');
    }
    expect(await statusOf(fileUrl)).toBe(404);
    const order = { parts: parts.map((_, index) => ({ partNumber: index + 1, etag: 'any' })) };
    await fetch(`${uploadUrl}/complete`, { method: 'POST', body: JSON.stringify(order) });
    expect(await (await fetch(fileUrl)).text()).toBe('one two three');
  });

  it.each([{ parts: [] }, {}, { parts: [{ etag: 'any' }] }, { parts: [{ partNumber: 1, etag: 'any' }] }])(
    'does not call a file complete whose parts it has not: %o',
    async (order) => {
      const init = { method: 'POST', body: '{"content_type":"a/b","file_name":"x"}' };
      const started = await call(`${fal.restUrl}/storage/upload/initiate-multipart`, init);
      const done = { method: 'POST', body: JSON.stringify(order) };
      expect((await call(`${String(started.body.upload_url)}/complete`, done)).status).toBe(400);
      expect(await statusOf(String(started.body.file_url))).toBe(404);
    },
  );

  it('needs the key to announce a file, and the announcement to put it', async () => {
    const url = `${fal.restUrl}/storage/upload/initiate?storage_type=fal-cdn-v3`;
    const init = { method: 'POST', body: '{"content_type":"a/b","file_name":"x"}' };
    expect((await call(url, init, '')).status).toBe(401);
    const unknown = `${fal.url}/upload/00000000-0000-4000-8000-000000000000/x`;
    expect((await fetch(unknown, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await call(url, init)).status).toBe(200);
  });

  it('has nothing outside of its folders', async () => {
    expect(await statusOf(`${fal.url}/files/uploads/..%2F..%2Fsigning-key.json/x`)).toBe(404);
    expect(await statusOf(`${fal.url}/files/outputs/00000000-0000-4000-8000-000000000000/0.jpeg`)).toBe(404);
  });
});
