import { afterEach, describe, expect, it } from 'vitest';
import { falGenerator } from './fal-generator.js';
import { deadAddress, json, type LoopbackServer, loopbackServer } from './loopback-server.js';

let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Script {
  readonly status?: unknown;
  readonly result?: readonly [status: number, body: unknown, headers?: Record<string, string>];
  readonly cancel?: number;
}

async function fal({ status = { status: 'COMPLETED' }, result = [200, {}], cancel = 202 }: Script) {
  server = await loopbackServer((request, response) => {
    if (request.method === 'PUT') return json(response, cancel, {});
    if (request.path.split('?')[0]?.endsWith('/status')) return json(response, 200, status);
    return json(response, ...result);
  });
  return server;
}

const ticket = 'fal-ai/flux-pro/v1.1-ultra-finetuned/requests/r-1';
const outcomeWith = async (script: Script) => falGenerator((await fal(script)).url).check(ticket);

describe('asking about a job', () => {
  it.each([
    [
      { status: 'IN_QUEUE', queue_position: 3 },
      { kind: 'pending', phase: 'queued', position: 3 },
    ],
    [
      { status: 'IN_QUEUE', queue_position: 'x' },
      { kind: 'pending', phase: 'queued', position: null },
    ],
    [
      { status: 'IN_PROGRESS', logs: null },
      { kind: 'pending', phase: 'running', position: null },
    ],
  ])('reads %j', async (status, outcome) => {
    expect(await outcomeWith({ status })).toEqual(outcome);
  });

  it('uses owner and alias only, as fal does, and asks for the result once it is there', async () => {
    const { url, requests } = await fal({ result: [200, { images: [{ url: 'https://fal.media/a' }] }] });
    await falGenerator(url).check(ticket);
    expect(requests.map(({ path }) => path)).toEqual([
      '/queue/fal-ai/flux-pro/requests/r-1/status?logs=0',
      '/queue/fal-ai/flux-pro/requests/r-1',
    ]);
  });

  it('hands over images, flags, and a seed of any size exactly', async () => {
    const images = [{ url: 'https://fal.media/a' }, { url: 'https://fal.media/b' }];
    const json = `{"images":${JSON.stringify(images)},"has_nsfw_concepts":[false,true],"prompt":"\\"seed\\": 1234567890123456789","seed": 15860307465884635512}`;
    server = await loopbackServer((request, response) => {
      const body = request.path.includes('/status') ? '{"status":"COMPLETED"}' : json;
      response.setHeader('content-type', 'application/json').end(body);
    });
    expect(await falGenerator(server.url).check(ticket)).toEqual({
      kind: 'done',
      images: [
        { url: 'https://fal.media/a', flagged: false },
        { url: 'https://fal.media/b', flagged: true },
      ],
      seed: 15860307465884635512n,
    });
  });

  it('knows the one image of the upscaler', async () => {
    const result = [200, { image: { url: 'https://fal.media/a' }, seed: 7 }] as const;
    const { url } = await fal({ result });
    expect(await falGenerator(url).check('fal-ai/clarity-upscaler/requests/r-1')).toEqual({
      kind: 'done',
      images: [{ url: 'https://fal.media/a', flagged: false }],
      seed: 7n,
    });
  });

  it.each([
    [{ images: [] }, 'no_media'],
    [{}, 'bad_result'],
    [[], 'bad_result'],
    [null, 'bad_result'],
    [{ images: [{}] }, 'bad_result'],
    [{ image: null }, 'bad_result'],
  ])('calls the result %j a failure', async (body, kind) => {
    expect(await outcomeWith({ result: [200, body] })).toMatchObject({ kind: 'failed', failure: { kind } });
  });

  it('refuses a ticket that is not its own', async () => {
    for (const wrong of ['', 'r-1', '/requests/r-1', 'fal-ai/x/requests/../y', 'fal-ai/x/requests/'])
      await expect(falGenerator('http://localhost').check(wrong)).rejects.toThrow('Not a ticket');
  });
});

const detail = (type: string) => ({ detail: [{ loc: ['body', 'prompt'], msg: 'no', type }] });
const typed = (type: string) => ({ detail: 'no', error_type: type });

describe('a job that is COMPLETED and failed', () => {
  it.each<[number, unknown, string]>([
    [422, detail('content_policy_violation'), 'content_policy'],
    [422, detail('no_media_generated'), 'no_media'],
    [422, detail('file_download_error'), 'file_unavailable'],
    [422, detail('image_too_small'), 'refused_input'],
    [422, detail('constructor'), 'refused_input'],
    [
      422,
      { detail: [...detail('other').detail, ...detail('content_policy_violation').detail] },
      'content_policy',
    ],
    [422, { detail: 'something' }, 'refused_input'],
    [504, detail('generation_timeout'), 'timeout'],
    [504, detail('unheard_of'), 'timeout'],
    [500, detail('internal_server_error'), 'provider_error'],
    [500, detail('unheard_of'), 'provider_error'],
    [499, typed('client_cancelled'), 'cancelled_elsewhere'],
    [499, null, 'cancelled_elsewhere'],
    [404, { detail: 'Path /finetuned not found' }, 'bad_result'],
    [410, null, 'bad_result'],
  ])('%i %j is a failure: %s', async (status, body, kind) => {
    expect(await outcomeWith({ result: [status, body] })).toMatchObject({
      kind: 'failed',
      failure: { kind },
    });
  });

  it('believes fal that asking again is useless', async () => {
    const result = [500, { detail: 'x' }, { 'x-fal-retryable': 'false' }] as const;
    expect(await outcomeWith({ result })).toMatchObject({ failure: { kind: 'provider_error' } });
  });

  it.each([
    ['request_timeout', 'timeout'],
    ['startup_timeout', 'timeout'],
    ['runner_disconnected', 'provider_error'],
    ['internal_error', 'provider_error'],
    ['client_cancelled', 'cancelled_elsewhere'],
    ['bad_request', 'refused_input'],
    ['unheard_of', 'provider_error'],
  ])('knows from the status that the platform ended it by %s, and asks no further', async (type, kind) => {
    const { url, requests } = await fal({ status: { status: 'COMPLETED', error: 'x', error_type: type } });
    expect(await falGenerator(url).check(ticket)).toMatchObject({ kind: 'failed', failure: { kind } });
    expect(requests).toHaveLength(1);
  });
});

describe('a question without an answer', () => {
  it.each<[number, unknown]>([
    [400, { detail: 'Request is still in progress' }],
    [408, null],
    [429, null],
    [500, { detail: 'oops' }],
    [502, null],
    [503, { detail: 'x' }],
    [504, null],
    [400, typed('bad_request')],
    [503, typed('runner_connection_error')],
    [504, typed('request_timeout')],
    [429, detail('concurrent_requests_limit')],
  ])('%i %j on the result says nothing about the job, and is not repeated', async (status, body) => {
    const { url, requests } = await fal({ result: [status, body, { 'retry-after': '2' }] });
    await expect(falGenerator(url).check(ticket)).rejects.toMatchObject({ trouble: 'not_taken' });
    expect(requests).toHaveLength(2);
  });

  it.each([404, 410])('%i on the status: fal may have forgotten the job', async (status) => {
    server = await loopbackServer((_, response) => json(response, status, { detail: 'not found' }));
    await expect(falGenerator(server.url).check(ticket)).rejects.toMatchObject({ trouble: 'endpoint_gone' });
  });

  it.each([408, 429, 500, 502, 503, 504])('%i on the status says nothing either', async (status) => {
    server = await loopbackServer((_, response) => json(response, status, typed('runner_disconnected')));
    await expect(falGenerator(server.url).check(ticket)).rejects.toMatchObject({ trouble: 'not_taken' });
    expect(server.requests).toHaveLength(1);
  });

  it.each([401, 403])('%i is for the operator', async (status) => {
    server = await loopbackServer((_, response) => json(response, status, { detail: 'x' }));
    await expect(falGenerator(server.url).check(ticket)).rejects.toMatchObject({ trouble: 'no_access' });
  });

  it('so does a status nobody knows, a page instead of JSON, silence, and nobody there', async () => {
    const notTaken = { name: 'ProviderError', trouble: 'not_taken' };
    const { url } = await fal({ status: { status: 'SLEEPING' } });
    await expect(falGenerator(url).check(ticket)).rejects.toMatchObject(notTaken);
    await server?.close();
    server = await loopbackServer((_, response) => void response.end('<html>'));
    await expect(falGenerator(server.url).check(ticket)).rejects.toMatchObject(notTaken);
    await server.close();
    server = await loopbackServer(() => undefined);
    const impatient = falGenerator(server.url, { questionMilliseconds: 30 });
    await expect(impatient.check(ticket)).rejects.toMatchObject(notTaken);
    await expect(falGenerator(await deadAddress()).check(ticket)).rejects.toMatchObject(notTaken);
  });
});

describe('cancelling', () => {
  it.each([202, 400, 404])('is content with %i', async (cancel) => {
    const { url, requests } = await fal({ cancel });
    await falGenerator(url).cancel(ticket);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /queue/fal-ai/flux-pro/requests/r-1/cancel',
    ]);
  });

  it.each([
    [401, 'no_access'],
    [503, 'not_taken'],
  ])('throws at %i', async (cancel, trouble) => {
    await expect(falGenerator((await fal({ cancel })).url).cancel(ticket)).rejects.toMatchObject({ trouble });
  });
});
