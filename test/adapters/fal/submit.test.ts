import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/adapters/observability/pino-logger.js';
import type { ProviderError } from '../../../src/application/ports/provider-error.js';
import type { Order } from '../../../src/domain/generation/order.js';
import { contractOrder } from '../../contracts/image-generator.js';
import { inChunks, picture } from '../../contracts/media-store.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { falGenerator } from './fal-generator.js';
import { type Answer, deadAddress, json, type LoopbackServer, loopbackServer } from './loopback-server.js';

let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function fal(answer: Answer): Promise<LoopbackServer> {
  server = await loopbackServer(answer);
  return server;
}

const accept: Answer = (_, response) => json(response, 200, { request_id: 'r-1', status: 'IN_QUEUE' });
const job = { reference: 'generation:1' };

/** How a submit ended. */
const troubleOf = (url: string, settings = {}): Promise<unknown> =>
  falGenerator(url, settings)
    .submit(contractOrder, job)
    .then(
      (ticket) => ticket,
      (error: unknown) => error,
    );

describe('what a submit sends', () => {
  it('goes to the queue once, with the wire body, the key and the platform headers', async () => {
    const { url, requests } = await fal(accept);
    expect(await falGenerator(url).submit(contractOrder, job)).toBe('fal-ai/flux-lora/requests/r-1');
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/queue/fal-ai/flux-lora',
      headers: {
        authorization: 'Key test-key',
        'content-type': 'application/json',
        'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":86400}',
      },
    });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      prompt: 'TOK on a bridge',
      loras: [{ path: 'https://example.com/tok.safetensors', scale: 1 }],
      image_size: 'square',
      num_inference_steps: 20,
      guidance_scale: 3,
      num_images: 2,
      enable_safety_checker: true,
      output_format: 'jpeg',
    });
    expect(requests[0]?.headers).not.toHaveProperty('x-sandbox-label');
  });

  it('names the webhook for this job and endpoint when there is one', async () => {
    const { url, requests } = await fal(accept);
    const webhookUrl = (reference: string, endpoint: string) =>
      `https://bot.example/${reference}/${endpoint}?a=b`;
    await falGenerator(url, { webhookUrl }).submit(contractOrder, job);
    const query = new URL(requests[0]?.path ?? '', url).searchParams;
    expect(query.get('fal_webhook')).toBe('https://bot.example/generation:1/fal-ai/flux-lora?a=b');
  });

  it('sends a label in any script when one is given', async () => {
    const { url, requests } = await fal(accept);
    await falGenerator(url).submit(contractOrder, { ...job, label: 'качество' });
    expect(decodeURIComponent(String(requests[0]?.headers['x-sandbox-label']))).toBe('качество');
  });

  it('uploads the picture of an upscale with a short life, then orders with its address', async () => {
    const { url, requests } = await fal((request, response) => {
      if (request.path.startsWith('/rest/storage/upload/initiate'))
        return json(response, 200, {
          upload_url: `${url}/put`,
          file_url: 'https://v3.fal.media/files/source.png',
        });
      if (request.method === 'PUT') return json(response, 200, {});
      return json(response, 200, { request_id: 'r-2' });
    });
    const mediaStore = new MemoryMediaStore();
    await mediaStore.saveImage('images/1/0', inChunks(await picture('png', 20, 20)));
    const order: Order = {
      endpoint: 'fal-ai/clarity-upscaler',
      prompt: 'TOK',
      source: 'images/1/0.png',
      factor: 2,
      seed: 7,
    };
    expect(await falGenerator(url, { mediaStore }).submit(order, job)).toBe(
      'fal-ai/clarity-upscaler/requests/r-2',
    );
    expect(requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'POST /rest/storage/upload/initiate',
      'PUT /put',
      'POST /queue/fal-ai/clarity-upscaler',
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ content_type: 'image/png', file_name: '0.png' });
    expect(requests[0]?.headers['x-fal-object-lifecycle']).toBe('{"expiration_duration_seconds":21600}');
    expect(requests[1]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(requests[2]?.body ?? '')).toEqual({
      prompt: 'TOK',
      image_url: 'https://v3.fal.media/files/source.png',
      upscale_factor: 2,
      creativity: 0.1,
      resemblance: 1,
      seed: 7,
    });
  });

  it('buys nothing when the upload fails, is refused for good, or the picture is gone', async () => {
    const answers = [503, 413];
    const { url, requests } = await fal((_, response) => json(response, answers.shift() ?? 500, {}));
    const mediaStore = new MemoryMediaStore();
    await mediaStore.save('a.png', inChunks(Buffer.from('x')));
    const order = (source: string): Order => ({
      endpoint: 'fal-ai/clarity-upscaler',
      prompt: '',
      source,
      factor: 2,
    });
    const generator = falGenerator(url, { mediaStore });
    await expect(generator.submit(order('a.png'), job)).rejects.toMatchObject({ trouble: 'not_uploaded' });
    expect(requests).toHaveLength(1);
    await expect(generator.submit(order('a.png'), job)).rejects.toMatchObject({ trouble: 'refused' });
    expect(requests).toHaveLength(2);
    await expect(generator.submit(order('b.png'), job)).rejects.toMatchObject({ trouble: 'refused' });
    expect(requests).toHaveLength(2);
  });
});

describe('an upload that cannot be made', () => {
  it.each([
    // Who answers, with what, and what that means.
    ['rest', 401, 'no_access'],
    ['rest', 404, 'not_uploaded'],
    ['rest', 422, 'refused'],
    ['rest', 503, 'not_uploaded'],
    ['store', 403, 'not_uploaded'],
    ['store', 404, 'not_uploaded'],
    ['store', 413, 'refused'],
    ['store', 407, 'not_uploaded'],
    ['store', 500, 'not_uploaded'],
  ] as const)('the %s host answers %i: %s', async (who, status, trouble) => {
    const store = await loopbackServer((_, response) => json(response, who === 'store' ? status : 200, {}));
    const { url } = await fal((_, response) =>
      json(response, who === 'rest' ? status : 200, {
        upload_url: `${store.url}/put`,
        file_url: 'https://v3.fal.media/files/a.png',
      }),
    );
    await expect(submitUpscale(url)).rejects.toMatchObject({ trouble });
    await store.close();
  });

  it('a page, null, or no address instead of one is no upload', async () => {
    const bodies = ['<html>', 'null', '{}', '{"upload_url":"u","file_url":7}'];
    const { url } = await fal(
      (_, response) => void response.setHeader('content-type', 'application/json').end(bodies.shift()),
    );
    for (let count = bodies.length; count > 0; count -= 1)
      await expect(submitUpscale(url)).rejects.toMatchObject({ trouble: 'not_uploaded' });
  });

  it('every request of the client goes where the settings say, the one with the file too', async () => {
    const { url, requests } = await fal((request, response) =>
      request.method === 'POST' && request.path.includes('/initiate')
        ? json(response, 200, {
            upload_url: 'https://rest.fal.ai/storage/put/a.png',
            file_url: 'https://v3.fal.media/files/a.png',
          })
        : json(response, 200, { request_id: 'r-1' }),
    );
    await submitUpscale(url);
    expect(requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'POST /rest/storage/upload/initiate',
      'PUT /rest/storage/put/a.png',
      'POST /queue/fal-ai/clarity-upscaler',
    ]);
  });
});

async function submitUpscale(url: string): Promise<string> {
  const mediaStore = new MemoryMediaStore();
  await mediaStore.save('a.png', inChunks(Buffer.from('x')));
  const order = { endpoint: 'fal-ai/clarity-upscaler', prompt: '', source: 'a.png', factor: 2 } as const;
  return falGenerator(url, { mediaStore }).submit(order, job);
}

describe('how a submit ends', () => {
  it.each([
    [307, 'not_taken'],
    [400, 'refused'],
    [401, 'no_access'],
    [402, 'no_access'],
    [403, 'no_access'],
    [404, 'endpoint_gone'],
    [408, 'in_doubt'],
    [410, 'endpoint_gone'],
    [413, 'refused'],
    [422, 'refused'],
    [429, 'not_taken'],
    [500, 'in_doubt'],
    [502, 'in_doubt'],
    [503, 'not_taken'],
    [504, 'in_doubt'],
  ])('%i is %s, after one request', async (status, trouble) => {
    const { url, requests } = await fal((_, response) =>
      json(response, status, { detail: 'x' }, { location: '/' }),
    );
    expect(await troubleOf(url)).toMatchObject({ name: 'ProviderError', trouble });
    expect(requests).toHaveLength(1);
  });

  // Every one of these is retried by the client when it is left to itself.
  it.each<[string, Answer]>([
    ['drops the connection after taking it', (_, response) => void response.socket?.destroy()],
    [
      'is cut off in the middle of the answer',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"request_id":', () => response.socket?.destroy());
      },
    ],
    ['answers something else than JSON', (_, response) => void response.end('<html>')],
    [
      'answers broken JSON',
      (_, response) => void response.setHeader('content-type', 'application/json').end('{'),
    ],
    ['gives no request id', (_, response) => json(response, 200, {})],
    ['gives an id that is a path', (_, response) => json(response, 200, { request_id: '../x' })],
  ])('is in doubt, after one request, when fal %s', async (_, answer) => {
    const { url, requests } = await fal(answer);
    expect(await troubleOf(url)).toMatchObject({ name: 'ProviderError', trouble: 'in_doubt' });
    expect(requests).toHaveLength(1);
  });

  it('is in doubt when fal does not answer in time', async () => {
    const { url, requests } = await fal(() => undefined);
    expect(await troubleOf(url, { submitMilliseconds: 1000 })).toMatchObject({ trouble: 'in_doubt' });
    expect(requests).toHaveLength(1);
  });

  it('was not taken when nobody listens', async () => {
    expect(await troubleOf(await deadAddress())).toMatchObject({ trouble: 'not_taken' });
  });

  it('was not taken when the name does not exist', async () => {
    expect(await troubleOf('http://fal.invalid')).toMatchObject({ trouble: 'not_taken' });
  });

  it.each([
    ['7', 7],
    ['0.5', 1],
    ['Wed, 21 Oct 2015 07:28:30 GMT', 30],
    ['Wed, 21 Oct 2015 07:27:00 GMT', 0],
    ['soon', null],
  ])('knows how long fal asks to wait: %s', async (header, retryAfter) => {
    const headers = { 'retry-after': header, date: 'Wed, 21 Oct 2015 07:28:00 GMT' };
    const { url } = await fal((_, response) => json(response, 429, {}, headers));
    expect(await troubleOf(url)).toMatchObject({ trouble: 'not_taken', retryAfter });
  });

  it('waits no longer than an hour, whatever it reads', async () => {
    const { url } = await fal((_, response) => json(response, 503, {}, { 'retry-after': '99999999999999' }));
    expect(await troubleOf(url)).toMatchObject({ trouble: 'not_taken', retryAfter: 3600 });
  });

  it('says what fal disliked, but repeats no address and no key', async () => {
    const { url } = await fal((_, response) =>
      json(response, 422, {
        detail: [
          { loc: ['body', 'loras', 0, 'path'], msg: 'No https://x.example/a?sig=1 here', type: 'url_type' },
        ],
      }),
    );
    const { message, detail } = (await troubleOf(url)) as ProviderError;
    expect(message).toContain('422 url_type at body.loras.0.path');
    expect(detail).toContain('(No <address> here)');
    expect(message + detail).not.toMatch(/example|sig|test-key/);
  });

  it.each([
    [422, 'refused'],
    [403, 'no_access'],
    [503, 'not_taken'],
  ] as const)(
    'keeps fal’s own words out of the log, which may be the prompt: %i',
    async (status, trouble) => {
      const words = 'me in a bathtub';
      const body = {
        detail: [{ loc: ['body', 'prompt'], msg: words, input: words, type: 'string_too_long' }],
      };
      const { url } = await fal((_, response) => json(response, status, body));
      const error = (await troubleOf(url)) as ProviderError;
      expect(error).toMatchObject({ trouble, detail: expect.stringContaining(words) });
      let log = '';
      createLogger({ level: 'debug', destination: { write: (text) => (log += text) } }).warn('refused', {
        error,
      });
      expect(log).toContain(`${status} string_too_long at body.prompt`);
      expect(log).not.toContain(words);
    },
  );
});
