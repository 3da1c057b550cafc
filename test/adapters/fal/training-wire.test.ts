import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { FalAvatarTrainer } from '../../../src/adapters/fal/fal-avatar-trainer.js';
import { stepIn, trainingFromWire } from '../../../src/adapters/fal/fal-training-wire.js';
import { FalWeightsLibrary } from '../../../src/adapters/fal/files/fal-weights-library.js';
import { trainingOrder } from '../../../src/domain/training/training-order.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import type { LocalFal } from '../../../src/sandbox/fal/local-fal-options.js';
import { picture } from '../../contracts/media-store.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { safetensors } from '../../support/safetensors.js';
import { silentLogger } from './silent-logger.js';

describe('what fal gets for a training', () => {
  let fal: LocalFal;
  let folder: string;
  let trainer: FalAvatarTrainer;
  const account = () => ({ apiKey: 'test-key', queueUrl: fal.queueUrl, restUrl: fal.restUrl });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fal-training-'));
    fal = await startLocalFal({ folder, trainingMilliseconds: 0 });
    trainer = new FalAvatarTrainer({ ...account(), logger: silentLogger });
  });
  afterAll(async () => {
    await fal.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      'portrait',
      {
        trigger_phrase: 'KOVUX47',
        steps: 2500,
        learning_rate: 9e-5,
        multiresolution_training: true,
        subject_crop: true,
        create_masks: true,
      },
    ],
    ['artistic', { trigger_word: 'KOVUX47', steps: 2500, is_style: true }],
  ] as const)('is exactly the input of the %s trainer', async (type, input) => {
    const archive = await trainer.upload([await picture('jpeg', 64, 64)]);
    const order = trainingOrder(type, 'balanced', { trigger: 'KOVUX47', photos: [] });
    await trainer.submit(order, archive, { reference: 'training:1:1' });
    const sent = fal.requests().at(-1);
    expect(sent?.endpoint).toBe(order.endpoint);
    expect(sent?.input).toEqual({ images_data_url: archive, ...input });
    expect(sent?.headers['x-fal-store-io']).toBe('0');
    expect(JSON.parse(sent?.headers['x-fal-object-lifecycle-preference'] ?? '')).toEqual({
      expiration_duration_seconds: 30 * 86_400,
    });
  });

  it('finds every photo in the archive, whole and by its number, without metadata, for hours only', async () => {
    const photos = await Promise.all([1, 2, 3].map((number) => picture('jpeg', 60 + number, 64)));
    const archive = await trainer.upload(photos);
    expect(archive.endsWith('.zip')).toBe(true);
    const zip = await fromBufferPromise(Buffer.from(await (await fetch(archive)).arrayBuffer()));
    const found: { name: string; bytes: Buffer }[] = [];
    for await (const entry of zip.eachEntry()) {
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
      found.push({ name: entry.fileName, bytes: Buffer.concat(chunks) });
    }
    expect(found.map(({ name }) => name)).toEqual(['photo-01.jpg', 'photo-02.jpg', 'photo-03.jpg']);
    expect(found.map(({ bytes }) => bytes)).toEqual(photos);
    for (const { bytes } of found) expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  it('has kept weights at an address of their own, put there once for all who ask at the same time', async () => {
    const mediaStore = new MemoryMediaStore();
    mediaStore.files.set('weights/1.safetensors', safetensors());
    const library = new FalWeightsLibrary({ ...account(), mediaStore });
    const [one, other] = await Promise.all([1, 2].map(() => library.publish('weights/1.safetensors')));
    expect(one).toBe(other);
    const served = Buffer.from(await (await fetch(one ?? '')).arrayBuffer());
    expect(served).toEqual(safetensors());
    await expect(library.publish('weights/2.safetensors')).rejects.toThrow();
  });
});

describe('what fal says of a training', () => {
  it.each([
    ['a result without a file', { config_file: { url: 'https://fal.media/config.json' } }],
    ['an empty address', { diffusers_lora_file: { url: '' } }],
    ['an address that is none', { diffusers_lora_file: { url: 'soon' } }],
    ['nothing', null],
  ])('is no success with %s', (_, output) => {
    expect(trainingFromWire(output)).toMatchObject({ kind: 'failed', failure: { kind: 'bad_result' } });
  });

  it.each([
    [null, null],
    [[], null],
    [['Downloading 7/12 files', 'step 125/2500', 'step 250/2500'], 250],
    [[' 45%|####5     | 1125/2500 [03:10<03:52,  5.91it/s]', '(epoch 2/4)'], 1125],
    [['step 2600/2500'], null],
  ])('gives the furthest step of %j', (messages, step) => {
    expect(stepIn(messages?.map((message) => ({ message })) ?? null).step).toBe(step);
  });
});
