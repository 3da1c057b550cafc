import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/composition/settings/config.js';
import { openProviderPrices } from '../../src/composition/settings/open-provider-prices.js';
import { usualPrices } from '../../src/domain/provider-prices.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-prices-'));
  path = join(folder, 'prices.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = async (text: string) => {
  await writeFile(path, text);
  return openProviderPrices(loadConfig({ FAL_PRICES_FILE: path }));
};

test('without a file the prices are those that come with the program', async () => {
  expect(await openProviderPrices(loadConfig({}))).toEqual(usualPrices);
});

test("the operator's file stands in for the prices of the endpoints that it names", async () => {
  const own = { endpoint: 'fal-ai/flux-lora', unit: 'image', dollars: 0.03, from: '2026-12-01' };
  const prices = await open(JSON.stringify([own]));
  expect(prices.filter(({ endpoint }) => endpoint === own.endpoint)).toEqual([own]);
  expect(prices).toHaveLength(usualPrices.length);
});

test.each([
  ['[{"endpoint": "fal-ai/flux-lora", "unit": "hour", "dollars": "1", "form": 1}]', /unit.*dollars.*form/s],
  ['{}', /no list of prices/],
  ['[', /no JSON/],
])('what is wrong with it is said at the start: %s', async (text, words) => {
  const said = await open(text).then(String, ({ message }: Error) => message);
  expect(said).toContain(`FAL_PRICES_FILE "${path}"`);
  for (const word of words.source.replace(/\.\*/g, '|').split('|')) expect(said).toContain(word);
});
