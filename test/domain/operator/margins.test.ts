import { expect, test } from 'vitest';
import {
  costOfGivenCredit,
  lossesAmong,
  marginsOf,
  worthOfCredit,
} from '../../../src/domain/operator/margins.js';
import { dollarsOfStar } from '../../../src/domain/operator/numbers.js';
import type { Prices } from '../../../src/domain/operator/price-list.js';
import type { Offer } from '../../../src/domain/payments/offer.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import { anOffer } from '../../support/builders/an-offer.js';

const now = new Date('2026-12-01T00:00:00Z');
const training = { fast: 300, balanced: 500, quality: 800 };
const prices: Prices = {
  priceImage: 5,
  picturePrices: [],
  priceUpscale: 10,
  training: { portrait: training, artistic: training },
};
const offers: Offer[] = [
  anOffer({ id: 'a', credits: 100, stars: 200 }),
  anOffer({ id: 'b', credits: 300, stars: 360 }),
];
const reckon = (changes: Partial<Prices> = {}, providerPrices = usualPrices) =>
  marginsOf({ prices: { ...prices, ...changes }, offers, providerPrices }, now);
const pictureAt = (endpoint: string, preset: string, margins = reckon()) =>
  margins.find(
    ({ sold }) => sold.kind === 'picture' && sold.preset === preset && sold.endpoint === endpoint,
  ) ?? expect.fail();

test('a credit is worth what the cheapest offer brings for it', () => {
  expect(worthOfCredit(offers)).toBeCloseTo(1.2 * dollarsOfStar, 10);
  expect(worthOfCredit([])).toBeNull();
});

test('each preset at each endpoint brings its own price, and costs what it asks there', () => {
  expect(pictureAt('fal-ai/flux-lora', 'balanced')).toMatchObject({ credits: 5, cost: 0.035 });
  expect(pictureAt('fal-ai/flux-lora', 'balanced').brings).toBeCloseTo(0.078, 10);
  expect(pictureAt('fal-ai/flux-pro/finetuned', 'quality')).toMatchObject({ cost: 0.06 });
  expect(pictureAt('fal-ai/flux-pro/v1.1-ultra-finetuned', 'ultra')).toMatchObject({ cost: 0.07 });
  // Fifteen at the three that take sizes each, eight at the one that takes ratios; one enlargement, six trainings.
  expect(reckon()).toHaveLength(7 * 3 + 8 + 1 + 6);
  const list = [{ preset: 'quality', endpoint: null, credits: 9 }] as const;
  const dearer = reckon({ picturePrices: list });
  expect(pictureAt('fal-ai/flux-lora', 'quality', dearer).brings).toBeCloseTo(0.1404, 10);
});

test('an enlargement is reckoned at the megapixels that are paid for, a training with its proof sheet', () => {
  const margins = reckon();
  expect(margins.find(({ sold }) => sold.kind === 'upscale')?.cost).toBeCloseTo(0.129, 10);
  const fast = margins.find(({ sold }) => sold.kind === 'training' && sold.speed === 'fast');
  expect(fast).toMatchObject({ credits: 300 });
  expect(fast?.cost).toBeCloseTo(1000 * 0.0024 + 6 * 0.035, 10);
});

test('what costs more than it brings is a loss; what nobody can reckon is none', () => {
  expect(lossesAmong(reckon())).toEqual([]);
  const [first, ...others] = lossesAmong(reckon({ priceImage: 4 }));
  expect(others).toHaveLength(7);
  expect(first).toMatchObject({ sold: { endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned' }, credits: 4 });
  const unknown = usualPrices.filter(({ endpoint }) => endpoint !== 'fal-ai/flux-lora');
  expect(pictureAt('fal-ai/flux-lora', 'fast', reckon({}, unknown)).cost).toBeNull();
  expect(lossesAmong(reckon({ priceImage: 0 }, unknown)).length).toBeGreaterThan(7);
});

test('a credit that was given away costs what it buys where that is dearest', () => {
  expect(costOfGivenCredit(reckon())).toBeCloseTo(0.07 / 5, 10);
  expect(costOfGivenCredit(reckon({ priceImage: 0, priceUpscale: 0 }))).toBeCloseTo((6 + 0.21) / 500, 10);
});
