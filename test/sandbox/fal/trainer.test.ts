import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf } from './client.js';
import { resultOf, submit } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';
import { zipOf } from './zip.js';

const portrait = 'fal-ai/flux-lora-portrait-trainer';
const style = 'fal-ai/flux-lora-fast-training';
const photos = zipOf({
  '01.jpg': Buffer.from('a'),
  '02.png': Buffer.from('b'),
  'notes.txt': Buffer.from('c'),
});

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal();
});
afterAll(() => fal.remove());

const upload = (content: Uint8Array, name = 'photos.zip') =>
  clientOf(fal).storage.upload(new File([new Uint8Array(content)], name, { type: 'application/zip' }));

const train = async (input: Record<string, unknown>, endpoint = portrait) =>
  resultOf(await submit(fal, input, { endpoint }));

/** Reads a safetensors file as its specification says, checking every promise of its header. */
function readSafetensors(file: Buffer) {
  const headerLength = Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata, ...tensors } = JSON.parse(file.toString('utf8', 8, 8 + headerLength));
  let end = 0;
  for (const { dtype, shape, data_offsets: offsets } of Object.values<{
    dtype: string;
    shape: number[];
    data_offsets: [number, number];
  }>(tensors)) {
    expect(dtype).toBe('F32');
    expect(offsets).toEqual([end, end + 4 * shape.reduce((product, side) => product * side, 1)]);
    end = offsets[1];
  }
  expect(8 + headerLength + end).toBe(file.length);
  return { metadata, names: Object.keys(tensors) };
}

describe('the trainers of the local fal', () => {
  it.each([
    [portrait, { trigger_phrase: 'ohwx person', steps: 1000 }, 'ohwx person'],
    [style, { trigger_word: 'ARTST', is_style: true }, 'ARTST'],
  ])('%s makes real weights from an archive', async (endpoint, input, trigger) => {
    const { status, body } = await train({ ...input, images_data_url: await upload(photos) }, endpoint);
    expect(status).toBe(200);
    const file = body.diffusers_lora_file as { url: string; file_size: number };
    expect(file).toMatchObject({
      file_name: 'pytorch_lora_weights.safetensors',
      content_type: 'application/octet-stream',
    });
    const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
    expect(bytes.length).toBe(file.file_size);
    const { metadata, names } = readSafetensors(bytes);
    expect(metadata).toMatchObject({ sandbox: 'true', trigger });
    expect(names.every((name) => /lora_[AB]\.weight$/.test(name))).toBe(true);
    const config = body.config_file as { url: string };
    expect(await (await fetch(config.url)).json()).toMatchObject({ instance_prompt: trigger, images: 2 });
    expect((await resultOf(await submit(fal, { loras: [{ path: file.url, scale: 1 }] }))).status).toBe(200);
  });

  it('give weights the name that a picture of two people tells them apart by', async () => {
    const { body } = await train({ trigger_phrase: 'KOVUX47', images_data_url: await upload(photos) });
    const { url } = body.diffusers_lora_file as { url: string };
    // Put there again, as weights that had expired are.
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const again = await upload(bytes, 'mine.safetensors');
    const elsewhere = 'https://v3.fal.media/files/demo/grandma.safetensors';
    const broken = await upload(Buffer.from('no weights at all'), 'broken.safetensors');
    for (const [paths, names] of [
      [
        [url, elsewhere],
        ['KOVUX47', 'grandma'],
      ],
      [
        [broken, again],
        ['broken', 'KOVUX47'],
      ],
      [[again], undefined],
    ] as const) {
      const loras = paths.map((path) => ({ path, scale: 1 }));
      const request = await submit(fal, { loras });
      expect((await resultOf(request)).status).toBe(200);
      const file = join(fal.folder, 'requests', `${request.request_id}.json`);
      expect(JSON.parse(await readFile(file, 'utf8')).outcome.names).toEqual(names);
    }
  });

  it('counts its steps in the logs', async () => {
    const job = await submit(
      fal,
      { images_data_url: await upload(photos), steps: 2500 },
      { endpoint: portrait },
    );
    await resultOf(job);
    const client = clientOf(fal);
    const status = await client.queue.status(portrait, { requestId: job.request_id, logs: true });
    const lines = 'logs' in status ? status.logs.map(({ message }) => message) : [];
    expect(lines).toContain('step 125/2500');
    expect(lines).toContain('step 2500/2500');
  });

  it.each([
    [
      'an archive that is gone',
      () => `${fal.url}/files/uploads/00000000-0000-4000-8000-000000000000/a.zip`,
      'file_download_error',
    ],
    ['an archive elsewhere in the world', () => 'https://example.com/photos.zip', 'file_download_error'],
    [
      'nothing but text in the archive',
      () => upload(zipOf({ 'a.txt': Buffer.from('x') })),
      'archive_file_count_below_minimum',
    ],
    ['no archive at all', () => upload(Buffer.from('hello')), 'invalid_archive'],
    ['a cut archive', () => upload(photos.subarray(0, -30)), 'invalid_archive'],
    ['an archive with another name', () => upload(photos, 'photos.bin'), 'invalid_archive'],
  ])('fails with %s', async (_, url, type) => {
    const { status, body } = await train({ images_data_url: await url() });
    expect(status).toBe(422);
    expect(body.detail).toMatchObject([{ type, loc: ['body', 'images_data_url'] }]);
  });

  it('fetches an archive from another server on this machine', async () => {
    const server = createServer((_, response) => response.end(photos)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await train({ images_data_url: `http://127.0.0.1:${port}/photos.zip` })).status).toBe(200);
    server.close();
  });

  it('refuses steps out of range and a missing archive', async () => {
    const url = await upload(photos);
    expect((await train({ images_data_url: url, steps: 0 })).status).toBe(422);
    expect(await train({})).toMatchObject({ status: 422, body: { detail: [{ type: 'missing' }] } });
  });

  it('draws with its own weights only while they exist', async () => {
    const gone = `${fal.url}/files/outputs/00000000-0000-4000-8000-000000000000/pytorch_lora_weights.safetensors`;
    const { body } = await resultOf(await submit(fal, { loras: [{ path: gone, scale: 1 }] }));
    expect(body.detail).toMatchObject([{ type: 'file_download_error' }]);
  });
});
