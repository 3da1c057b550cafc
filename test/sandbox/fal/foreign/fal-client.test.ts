import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiError, ValidationError } from '@fal-ai/client';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientTypesFile,
  imageEndpointsFile,
  imageEndpointsJson,
} from '../../../../scripts/fal-endpoints.js';
import { startTemporaryFal, type TemporaryFal } from '../temporary-fal.js';
import { strangersClient } from './a-stranger.js';

let fal: TemporaryFal;
beforeEach(async () => {
  fal = await startTemporaryFal({ languageMilliseconds: 0 });
});
afterEach(() => fal.remove());

const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
const refusal = async (asked: Promise<unknown>): Promise<ApiError<unknown>> =>
  asked.then(
    () => expect.unreachable('it was not refused'),
    (error) => error,
  );

describe('fal’s own client, used by a stranger', () => {
  it('uploads 95 MB in parts and has the very same bytes', async () => {
    const chunk = Buffer.from(Array.from({ length: 2 ** 20 }, (_, index) => (index * 7) % 251));
    const size = 95 * 2 ** 20;
    const blob = new Blob(
      Array.from({ length: size / chunk.length }, () => chunk),
      { type: 'application/zip' },
    );
    const url = await strangersClient(fal).storage.upload(
      new File([blob], 'many photos.zip', { type: blob.type }),
    );

    expect(url).toMatch(/\.zip$/);
    const { headers } = await fetch(url, { method: 'HEAD' });
    expect(headers.get('content-length')).toBe(String(size));
    const [, id = ''] = /uploads\/([^/]+)/.exec(url) ?? [];
    const kept = createHash('sha256');
    for await (const part of createReadStream(join(fal.folder, 'uploads', `${id}.bin`))) kept.update(part);
    const sent = createHash('sha256');
    for (let at = 0; at < size; at += chunk.length) sent.update(chunk);
    expect(kept.digest('hex')).toBe(sent.digest('hex'));
  });

  it.each(['fal-ai/flux/schnell', 'fal-ai/recraft-v3', 'fal-ai/flux-pro/v1.1-ultra', 'fal-ai/nano-banana'])(
    'runs %s without the queue',
    async (endpoint) => {
      const { data, requestId } = await strangersClient(fal).run(endpoint, {
        input: { prompt: 'a lighthouse' },
      });
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      const [image] = data.images;
      expect(image).toMatchObject({ content_type: 'image/jpeg', width: 1024, height: 768 });
      expect(await sharp(await bytesOf(image.url)).metadata()).toMatchObject({ width: 1024, height: 768 });
    },
  );

  it('subscribes, with logs and the files of its input uploaded on the way', async () => {
    const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#2040d0' } })
      .png()
      .toBuffer();
    const seen: string[] = [];
    const { data } = await strangersClient(fal).subscribe('fal-ai/flux/dev/image-to-image', {
      input: {
        prompt: 'the same at night',
        image_url: new Blob([new Uint8Array(photo)], { type: 'image/png' }),
      },
      logs: true,
      pollInterval: 10,
      onQueueUpdate: ({ status }) => void seen.push(status),
    });
    expect(seen.at(-1)).toBe('COMPLETED');
    expect(data).toMatchObject({ images: [{ width: 300, height: 200 }], has_nsfw_concepts: [false] });
  });

  it('answers one picture where the endpoint has one', async () => {
    const photo = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const image_url = `data:image/png;base64,${photo.toString('base64')}`;
    const { data } = await strangersClient(fal).run('fal-ai/bria/background/remove', {
      input: { image_url },
    });
    expect(data).toMatchObject({ image: { width: 64, height: 64 } });
    expect(data).not.toHaveProperty('images');
  });

  it('streams a picture, and a text that grows', async () => {
    const client = strangersClient(fal);
    const picture = await client.stream('fal-ai/flux/dev', { input: { prompt: 'a harbour', seed: 3 } });
    expect(await picture.done()).toMatchObject({ seed: 3, images: [{ content_type: 'image/jpeg' }] });

    const texts: string[] = [];
    const input = { prompt: 'a knight on a bridge', model: 'google/gemini-2.5-flash' };
    const text = await client.stream('openrouter/router', { input });
    text.on('data', (event: { output: string }) => texts.push(event.output));
    expect(await text.done()).toMatchObject({
      partial: false,
      output: expect.stringMatching(/^a knight on a bridge/),
    });
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.every((one, index) => index === 0 || one.startsWith(texts[index - 1] ?? ''))).toBe(true);
  });

  it('is refused as at fal: no such endpoint, a wrong input, no key, a missing source', async () => {
    const client = strangersClient(fal);
    const unknown = await refusal(client.run('fal-ai/no-such-model', { input: { prompt: 'x' } }));
    expect(unknown).toMatchObject({
      status: 404,
      body: { detail: "Application 'fal-ai/no-such-model' not found" },
    });
    const video = await refusal(
      client.subscribe('fal-ai/kling-video/v2/master/text-to-video', { input: { prompt: 'x' } }),
    );
    expect(video.status).toBe(404);
    const wrong = await refusal(client.run('fal-ai/flux/schnell', { input: { prompt: 'x', num_images: 9 } }));
    expect(wrong).toBeInstanceOf(ValidationError);
    expect((wrong as ValidationError).getFieldErrors('num_images')).toMatchObject([
      { type: 'less_than_equal' },
    ]);
    const streamed = await client.stream('fal-ai/flux/dev', { input: {} as { prompt: string } });
    expect(await refusal(streamed.done())).toMatchObject({ status: 422 });
    const lost = { prompt: 'x', image_url: 'https://example.com/missing.png' };
    const missing = await refusal(client.run('fal-ai/flux/dev/image-to-image', { input: lost }));
    expect(missing).toMatchObject({ status: 422, body: { detail: [{ type: 'file_download_error' }] } });
    await fal.remove();
    fal = await startTemporaryFal({ key: 'the-right-one' });
    const stranger = await refusal(
      strangersClient(fal, 'another').run('fal-ai/flux/schnell', { input: { prompt: 'x' } }),
    );
    expect(stranger.status).toBe(401);
  });

  it('draws for an endpoint of the stranger’s own, when the server is told of it', async () => {
    await fal.remove();
    fal = await startTemporaryFal({ endpoints: ['my-team/our-model/v2'] });
    const { data } = await strangersClient(fal).run('my-team/our-model/v2', { input: { prompt: 'x' } });
    expect(data.images).toHaveLength(1);
  });

  it('is refused without the queue while all places are taken', async () => {
    await fal.remove();
    fal = await startTemporaryFal({ imageMilliseconds: 3_600_000, concurrency: 1 });
    const url = `${fal.runUrl}/fal-ai/flux/schnell`;
    const leaving = new AbortController();
    const init = { method: 'POST', body: '{"prompt":"x"}', headers: { authorization: 'Key k' } };
    const first = fetch(url, { ...init, signal: leaving.signal }).catch(() => 'left');
    await expect.poll(() => fal.requests().length).toBe(1);
    const second = await fetch(url, init);
    expect(second.status).toBe(429);
    expect(await second.json()).toMatchObject({ detail: [{ type: 'concurrent_requests_limit' }] });
    // Who leaves ends the job, and its place is free.
    leaving.abort();
    expect(await first).toBe('left');
    const queued = () =>
      fetch(`${fal.queueUrl}/fal-ai/flux/requests/${fal.requests()[0]?.requestId}/status`, {
        headers: init.headers,
      });
    await expect
      .poll(async () => ((await (await queued()).json()) as { status: string }).status)
      .toBe('COMPLETED');
  });
});

describe('the plain endpoints', () => {
  it('are those that the installed client has types for: else run `npm run fal-endpoints`', () => {
    expect(readFileSync(imageEndpointsFile, 'utf8')).toBe(
      imageEndpointsJson(readFileSync(clientTypesFile, 'utf8')),
    );
  });
});
