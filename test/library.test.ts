import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../src/composition/settings/config.js';
import { DomainError } from '../src/domain/errors.js';
import { type Aisha, aishaOn, createAisha } from '../src/library.js';
import { nastyStrings } from './fixtures/nasty-strings.js';
import { createTestDatabase, type TestDatabase } from './support/postgres.js';

let folder: string;
let database: TestDatabase;
let aisha: Aisha | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-library-'));
  database = await createTestDatabase();
});

afterEach(async () => {
  await aisha?.close();
  aisha = null;
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function anAisha(variables: Readonly<Record<string, string>> = {}): Aisha {
  aisha = createAisha({
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.connectionString,
    SANDBOX_IMAGE_MILLISECONDS: '10',
    LOG_LEVEL: 'silent',
    ...variables,
  });
  return aisha;
}

test('nothing is opened before the first image is asked for', async () => {
  const unused = anAisha({
    DATABASE_URL: 'postgres://127.0.0.1:1/nowhere',
    DATA_DIR: join(folder, 'unused'),
  });
  expect(Object.keys(unused.getGenerationConfigPresets())).toHaveLength(8);
  expect(unused.getGenerationConfigPresets().quality).toMatchObject({ steps: 50, guidance: 4 });
  await unused.close();
  await expect(access(join(folder, 'unused'))).rejects.toThrow('ENOENT');
});

test('a caller may hand over any text: it is refused in words, or a picture', async () => {
  const library = anAisha();
  const odd = Object.values(nastyStrings).filter((text) => text.length < 5000);
  const requests = odd.flatMap((text) => [
    { avatar: text, prompt: text },
    { avatar: 'demo-portrait', prompt: 'a knight', owner: text },
    { avatar: 'demo-portrait', prompt: 'a knight', config: { preset: text } },
    { avatar: 'demo-portrait', prompt: 'a knight', config: { aspectRatio: text, [text]: text } as object },
  ]);
  for (const request of requests)
    await expect(library.generateAvatarImage(request), JSON.stringify(request)).rejects.toBeInstanceOf(
      DomainError,
    );
  const made = await library.generateAvatarImage({ avatar: 'demo-portrait', prompt: 'a \0 knight \ud83d' });
  expect(made.prompt).toContain('a \uFFFD knight \uFFFD');
});

test('images come with their bytes, their price and the progress on the way', async () => {
  const phases: string[] = [];
  const made = await anAisha().generateAvatarImage({
    avatar: 'demo-portrait',
    prompt: 'in medieval armor',
    config: { preset: 'portrait', count: 2, seed: 5, format: 'png' },
    onProgress: ({ phase }) => phases.push(phase),
  });
  expect(made).toMatchObject({
    status: 'delivered',
    endpoint: 'fal-ai/flux-lora',
    prompt: 'TOK in medieval armor',
    seed: '5',
    credits: 10,
    images: [{ contentType: 'image/png' }, { contentType: 'image/png' }],
  });
  expect(made).not.toHaveProperty('failure');
  for (const { data, width, height } of made.images)
    expect(await sharp(data).metadata()).toMatchObject({ format: 'png', width, height });
  expect(phases[0]).toBe('queued');
});

test('everything wrong is said at once, and the next call works all the same', async () => {
  const library = anAisha();
  const wrong = { avatar: 'nobody', prompt: 'x', config: { preset: 'best', steps: 99 } };
  await expect(library.generateAvatarImage(wrong)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringMatching(/preset "best".*prompt "x".*steps "99".*avatar "nobody"/s),
  });
  const two = await Promise.all(
    ['a knight', 'a queen'].map((prompt) => library.generateAvatarImage({ prompt })),
  );
  expect(two.map(({ prompt }) => prompt)).toEqual(['TOK a knight', 'TOK a queen']);
});

test('a config is refused by the names it was written in, all of them at once', async () => {
  const library = anAisha();
  const wrong = {
    avatar: 'demo-portrait',
    prompt: 'a knight',
    quality: 'best',
    config: {
      steppes: 20,
      num_inference_steps: 99,
      finetune_strength: 1,
      safety_tolerance: '2',
      colour: 'red',
    },
  };
  const asked = library.generateAvatarImage(wrong as Parameters<Aisha['generateAvatarImage']>[0]);
  await expect(asked).rejects.toMatchObject({
    code: 'invalid_input',
    refusal: { problems: { length: 6 } },
    message: expect.stringMatching(
      /quality is unknown.*steppes is unknown.*colour is unknown.*num_inference_steps "99".*finetune_strength cannot.*safety_tolerance cannot/s,
    ),
  });
});

test('a value that came with a preset is left out where it is of no use; written by hand it is refused', async () => {
  const library = anAisha();
  const portrait = { avatar: 'demo-portrait', prompt: 'a knight' };
  const presets = library.getGenerationConfigPresets();
  const made = await library.generateAvatarImage({ ...portrait, config: { ...presets.fast, seed: 5 } });
  expect(made).toMatchObject({ seed: '5', endpoint: 'fal-ai/flux-lora', images: [{ width: 512 }] });
  for (const config of [
    { ...presets.fast, finetuneStrength: 0.9 },
    { preset: 'fast', finetuneStrength: 0.8 },
    { finetune_strength: 0.8 },
  ])
    await expect(library.generateAvatarImage({ ...portrait, config })).rejects.toThrow(
      /finetune_?[sS]trength cannot be set here/,
    );
  await expect(library.generateAvatarImage({ ...portrait, config: presets.ultra })).rejects.toMatchObject({
    code: 'preset_not_available',
  });
});

test('in live mode the avatar tells whose it is', async () => {
  const live = await createTestDatabase();
  const library = anAisha({ FAL_KEY: 'key', MODE: 'live', DATABASE_URL: live.connectionString });
  await expect(library.generateAvatarImage({ avatar: 'nobody', prompt: 'a knight' })).rejects.toMatchObject({
    code: 'avatar_not_found',
  });
  await expect(library.generateAvatarImage({ prompt: 'a knight' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await library.close();
  await live.drop();
});

test('a database out of reach is an error of the call, and closing is none', async () => {
  const library = anAisha({ DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/nowhere' });
  const asked = library.generateAvatarImage({ prompt: 'a knight' });
  await expect(asked).rejects.toThrow(/127\.0\.0\.1:1 cannot be used/);
  await expect(asked).rejects.not.toThrow(/secret/);
  await expect(library.generateAvatarImage({ prompt: 'a knight' })).rejects.toThrow(/cannot be used/);
  await library.close();
  await library.close();
});

test('what could not be opened is opened anew by the next call, and closing meanwhile is no error', async () => {
  let opened = 0;
  const open = async () => {
    opened += 1;
    throw new Error('away');
  };
  const library = aishaOn(open, loadConfig({}));
  await expect(library.generateAvatarImage({ prompt: 'a knight' })).rejects.toThrow('away');
  const asked = library.generateAvatarImage({ prompt: 'a queen' });
  await Promise.all([library.close(), expect(asked).rejects.toThrow('away')]);
  expect(opened).toBe(2);
});

test('wrong settings are refused when it is made', () => {
  expect(() => createAisha({ MODE: 'test', PRICE_IMAGE: 'x' })).toThrow(/MODE.*PRICE_IMAGE/s);
});
