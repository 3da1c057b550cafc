import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/composition/settings/config.js';
import { openPrices } from '../../src/composition/settings/open-price-list.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-price-list-'));
  path = join(folder, 'prices.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = async (list: unknown) => {
  await writeFile(path, typeof list === 'string' ? list : JSON.stringify(list));
  return openPrices(loadConfig({ PRICES_FILE: path, PRICE_IMAGE: '6' }));
};

test('without a file everything costs what the settings say', async () => {
  expect(await openPrices(loadConfig({ PRICE_IMAGE: '6', PRICE_UPSCALE: '11' }))).toEqual({
    priceImage: 6,
    picturePrices: [],
    priceUpscale: 11,
    training: {
      portrait: { fast: 60, balanced: 150, quality: 240 },
      artistic: { fast: 150, balanced: 150, quality: 150 },
    },
  });
});

test('the file names prices by preset, endpoint, training and speed; the rest stays', async () => {
  const prices = await open([
    { preset: 'fast', credits: 3 },
    { preset: 'quality', endpoint: 'fal-ai/flux-lora', credits: 8 },
    { endpoint: 'fal-ai/clarity-upscaler', credits: 12 },
    { training: 'portrait', speed: 'quality', credits: 700 },
    { training: 'artistic', credits: 180 },
    { training: 'artistic', speed: 'fast', credits: 0 },
  ]);
  expect(prices).toEqual({
    priceImage: 6,
    picturePrices: [
      { preset: 'fast', endpoint: null, credits: 3 },
      { preset: 'quality', endpoint: 'fal-ai/flux-lora', credits: 8 },
    ],
    priceUpscale: 12,
    training: {
      portrait: { fast: 60, balanced: 150, quality: 700 },
      artistic: { fast: 0, balanced: 180, quality: 180 },
    },
  });
});

test.each([
  ['an unknown name', { preset: 'fastest', credits: 1 }, 'prices[0].preset "fastest" '],
  ['an unknown endpoint', { endpoint: 'fal-ai/flux-2', credits: 1 }, 'prices[0].endpoint "fal-ai/flux-2" '],
  ['an unknown type', { training: 'pets', credits: 1 }, 'prices[0].training "pets" '],
  ['an unknown speed', { training: 'portrait', speed: 'slow', credits: 1 }, 'prices[0].speed "slow" '],
  ['an unknown key', { preset: 'fast', credits: 1, price: 2 }, 'prices[0].price is unknown'],
  ['no price', { preset: 'fast' }, 'prices[0].credits "NaN" '],
  ['half a credit', { preset: 'fast', credits: 1.5 }, 'prices[0].credits "1.5" '],
  ['a debt', { preset: 'fast', credits: -1 }, 'prices[0].credits "-1" '],
  ['a price of nothing in particular', { credits: 1 }, 'prices[0].preset '],
  ['a training with a preset', { training: 'portrait', preset: 'fast', credits: 1 }, 'prices[0].preset '],
  [
    'a training with an endpoint',
    { training: 'portrait', endpoint: 'fal-ai/flux-lora', credits: 1 },
    'prices[0].endpoint ',
  ],
  ['a speed without a training', { preset: 'fast', speed: 'fast', credits: 1 }, 'prices[0].speed '],
  [
    'two that never meet',
    { preset: 'ultra', endpoint: 'fal-ai/flux-lora', credits: 1 },
    'prices[0].endpoint ',
  ],
  [
    'an enlargement by preset',
    { preset: 'fast', endpoint: 'fal-ai/clarity-upscaler', credits: 1 },
    'prices[0].endpoint ',
  ],
])('%s is refused', async (_, entry, words) => {
  await expect(open([entry])).rejects.toThrow(words);
});

test('one message names everything that is wrong, and the file', async () => {
  const said = await open([
    { preset: 'fast', credits: 3 },
    { preset: 'fast', credits: 4 },
    { preset: 'slow', credits: 'five' },
  ]).then(String, ({ message }: Error) => message);
  expect(said).toContain(`PRICES_FILE "${path}" is not as it should be`);
  expect(said).toContain('prices[1].credits "4" ');
  expect(said).toContain('one price for fast');
  expect(said).toContain('prices[2].preset "slow" ');
  expect(said).toContain('prices[2].credits "NaN" ');
});

test.each(['{}', '[', '[1]'])('what is no list is refused: %s', async (text) => {
  await expect(open(text)).rejects.toThrow(`PRICES_FILE "${path}"`);
});
