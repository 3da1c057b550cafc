import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFalClient, type FalClient } from '@fal-ai/client';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FalHosts, startFalRecorder } from '../../../../src/sandbox/fal/recording/fal-recorder.js';
import { startFalReplay } from '../../../../src/sandbox/fal/recording/fal-replay.js';
import { RecordingFolder } from '../../../../src/sandbox/fal/recording/recording-folder.js';
import { startTemporaryFal, type TemporaryFal, temporaryFolder } from '../temporary-fal.js';

const falKey = 'real-account-key:0123456789abcdef';
const localKey = 'local-key';
const prompt = 'Masha Ivanova at her desk in Tver';
const person = 'masha-ivanova';

/** A second local fal stands for the real one. */
let real: TemporaryFal;
let realGoes: () => Promise<void>;
let folder: string;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  real = await startTemporaryFal({ key: falKey, endpoints: ['masha-team/private-model'] });
  folder = await temporaryFolder();
  let isThere = true;
  realGoes = async () => {
    if (isThere) await real.remove();
    isThere = false;
  };
  closing.push(() => rm(folder, { recursive: true, force: true }), realGoes);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const hostsOf = (address: string): FalHosts => ({
  queue: `${address}/queue`,
  run: `${address}/run`,
  rest: `${address}/rest`,
  api: `${address}/api`,
});

async function aRecorder() {
  const recordings = new RecordingFolder(folder);
  const server = await startFalRecorder({ port: 0, localKey, falKey, hosts: hostsOf(real.url), recordings });
  closing.push(() => server.close());
  return server;
}

async function aReplay() {
  const server = await startFalReplay({ port: 0, key: localKey, recordings: new RecordingFolder(folder) });
  closing.push(() => server.close());
  return server;
}

function clientAt(url: string, key = localKey): FalClient {
  const hosts = hostsOf(url);
  return createFalClient({
    credentials: key,
    retry: { maxRetries: 0 },
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url
        .replace('https://queue.fal.run', hosts.queue)
        .replace('https://fal.run', hosts.run)
        .replace('https://rest.fal.ai', hosts.rest),
    }),
  });
}

/** Everything that a program may send and get: a face, names, a refused input, a file, a stream. */
async function aDayOfWork(client: FalClient): Promise<void> {
  const face = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#c08060' } })
    .jpeg()
    .toBuffer();
  const photo = new File([new Uint8Array(face)], `${person}.jpg`, { type: 'image/jpeg' });
  const input = { prompt, image_url: photo, loras: [{ path: `https://example.com/${person}.safetensors` }] };
  await client.subscribe('fal-ai/flux-lora/image-to-image', { input, logs: true, pollInterval: 10 });
  await client.run('fal-ai/flux/dev', { input: { prompt, sync_mode: true } });
  await client.run('masha-team/private-model', { input: { prompt } });
  await client
    .run('fal-ai/flux/dev', { input: { prompt, num_images: prompt as unknown as number } })
    .catch(() => undefined);
  await client
    .run('fal-ai/flux/dev', { input: { [person]: person, prompt: [prompt] } as never })
    .catch(() => undefined);
  await client.queue.status('fal-ai/flux-lora', { requestId: person }).catch(() => undefined);
  const stream = await client.stream('openrouter/router', { input: { prompt, model: `private/${person}` } });
  await stream.done();
}

const recordedText = () =>
  readdirSync(folder)
    .map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n');

describe('a recording', () => {
  it('has no key, no word of a prompt, no name, no picture and no address of one', async () => {
    const { url } = await aRecorder();
    await aDayOfWork(clientAt(url));
    const text = recordedText();
    expect(readdirSync(folder).length).toBeGreaterThan(8);
    for (const word of [
      ...falKey.split(':'),
      localKey,
      ...prompt.split(' ').filter((word) => word.length > 2),
    ])
      expect(text).not.toMatch(new RegExp(`\\b${word}\\b`, 'i'));
    expect(text.toLowerCase()).not.toMatch(/masha|ivanova/);
    expect(text).not.toContain(real.url);
    expect(text).not.toMatch(/base64|\/files\/|[A-Za-z0-9+/]{60,}|[0-9a-f]{8}-[0-9a-f]{4}-/);
    for (const { requestId } of real.requests()) expect(text).not.toContain(requestId);
  });

  it('has the shapes that a program goes by', async () => {
    const { url } = await aRecorder();
    await aDayOfWork(clientAt(url));
    const all = new RecordingFolder(folder).all();
    const submit = all.find(({ request: { path } }) => path === '/fal-ai/flux-lora/image-to-image');
    expect(submit?.answer).toEqual({
      status: 200,
      headers: { 'x-fal-request-id': '<text>' },
      kind: 'json',
      body: {
        status: 'IN_QUEUE',
        request_id: '<id>',
        gateway_request_id: '<id>',
        response_url: '<queue>/fal-ai/flux-lora/requests/{id}',
        status_url: '<queue>/fal-ai/flux-lora/requests/{id}/status',
        cancel_url: '<queue>/fal-ai/flux-lora/requests/{id}/cancel',
        queue_position: 0,
      },
    });
    expect(submit?.request.body).toEqual({
      prompt: '<text>',
      image_url: '<url .jpg>',
      loras: [{ path: '<url .safetensors>' }],
    });
    const result = all.find(({ request: { path } }) => path === '/fal-ai/flux-lora/requests/{id}');
    expect(result?.answer.body).toMatchObject({
      images: [{ url: '<url .jpeg>', width: 40, content_type: 'image/jpeg' }],
      prompt: '<text>',
    });
    const refused = all.find(({ answer }) => answer.status === 422);
    expect(refused?.answer.body).toMatchObject({
      detail: [{ type: expect.stringMatching(/_type$/), msg: '<text>' }],
    });
  });

  it('is paid for by nobody but who shows the local key', async () => {
    const { url } = await aRecorder();
    for (const key of ['another', falKey]) {
      const asked = clientAt(url, key).run('fal-ai/flux/dev', { input: { prompt } });
      await expect(asked).rejects.toMatchObject({ status: 401 });
    }
    expect(real.requests()).toEqual([]);
    await clientAt(url).run('fal-ai/flux/dev', { input: { prompt } });
    expect(real.requests()).toHaveLength(1);
  });

  it('of a fal that cannot be reached is a 502, and nothing is kept', async () => {
    const { url } = await aRecorder();
    await realGoes();
    await expect(clientAt(url).run('fal-ai/flux/dev', { input: { prompt } })).rejects.toMatchObject({
      status: 502,
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a replay', () => {
  it('answers the whole way of a picture again, with a placeholder for it', async () => {
    const recorder = await aRecorder();
    await aDayOfWork(clientAt(recorder.url));
    await realGoes();
    const { url } = await aReplay();
    const client = clientAt(url);
    const input = { prompt: 'another', image_url: 'https://example.com/a.jpg' };
    const { data, requestId } = await client.subscribe('fal-ai/flux-lora/image-to-image', {
      input,
      pollInterval: 10,
    });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const [image] = data.images;
    const bytes = await (await fetch(image?.url ?? '')).arrayBuffer();
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg' });
    const stream = await client.stream('openrouter/router', { input: { prompt: 'x', model: 'y' } });
    expect(await stream.done()).toHaveProperty('output');
  });

  it('says what was not recorded, and takes no other key', async () => {
    const { url } = await aReplay();
    await expect(clientAt(url).run('fal-ai/flux/dev', { input: { prompt } })).rejects.toMatchObject({
      status: 501,
      body: { detail: 'Nothing was recorded for POST run/fal-ai/flux/dev' },
    });
    await expect(clientAt(url, 'x').run('fal-ai/flux/dev', { input: { prompt } })).rejects.toMatchObject({
      status: 401,
    });
  });
});
