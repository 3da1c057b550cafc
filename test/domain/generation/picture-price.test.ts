import { expect, test } from 'vitest';
import { nothingRetired } from '../../../src/domain/generation/endpoint-catalogue.js';
import {
  type PicturePrice,
  pictureBounds,
  picturePrice,
  pricedPictures,
  quotedPrice,
} from '../../../src/domain/generation/picture-price.js';

const finetuned = 'fal-ai/flux-pro/finetuned';
const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';
const lora = 'fal-ai/flux-lora';

const line = (credits: number, of: Partial<PicturePrice>): PicturePrice => ({
  preset: null,
  endpoint: null,
  credits,
  ...of,
});
const prices = {
  priceImage: 5,
  picturePrices: [
    line(3, { preset: 'fast' }),
    line(8, { preset: 'quality' }),
    line(12, { endpoint: ultra }),
    line(9, { preset: 'quality', endpoint: finetuned }),
  ],
};
const usual = { priceImage: 5, picturePrices: [] };

test('what the list does not name has the usual price', () => {
  for (const priced of pricedPictures) expect(picturePrice(usual, priced)).toBe(5);
  expect(picturePrice(prices, { preset: 'balanced', endpoint: lora, steps: 28 })).toBe(5);
});

test('the price of both comes before that of the preset, and that before the one of the endpoint', () => {
  expect(picturePrice(prices, { preset: 'quality', endpoint: finetuned, steps: 50 })).toBe(9);
  expect(picturePrice(prices, { preset: 'quality', endpoint: ultra, steps: null })).toBe(8);
  expect(picturePrice(prices, { preset: 'ultra', endpoint: ultra, steps: null })).toBe(12);
});

test('a draft of 50 steps costs no less than what has 50 steps', () => {
  const fast = (steps: number) => picturePrice(prices, { preset: 'fast', endpoint: lora, steps });
  expect([fast(1), fast(20), fast(21), fast(40), fast(50)]).toEqual([3, 3, 5, 5, 8]);
  // Fewer steps make nothing cheaper: whoever wants a draft asks for one.
  expect(picturePrice(prices, { preset: 'quality', endpoint: lora, steps: 1 })).toBe(8);
  expect(picturePrice(usual, { preset: 'fast', endpoint: lora, steps: 50 })).toBe(5);
});

test('a request is quoted for the place where it goes now', () => {
  const quote = (retired: readonly string[], kind: 'finetune' | 'lora' = 'finetune') =>
    quotedPrice(
      prices,
      { kind },
      { preset: 'balanced', overrides: {}, catalogue: { retired: new Set(retired) } },
    );
  expect(quote([])).toBe(5);
  expect(quote([finetuned])).toBe(12);
  expect(quote([lora], 'lora')).toBe(5);
  const quoted = { preset: 'fast', overrides: { steps: 50 }, catalogue: nothingRetired } as const;
  expect(quotedPrice(prices, { kind: 'lora' }, quoted)).toBe(8);
});

test('the cheapest and the dearest are those that can be had', () => {
  expect(pictureBounds(usual)).toEqual({ from: 5, to: 5 });
  expect(pictureBounds(prices)).toEqual({ from: 3, to: 12 });
  // Ultra has no other place.
  expect(pictureBounds({ priceImage: 5, picturePrices: [line(1, { preset: 'ultra' })] })).toEqual({
    from: 1,
    to: 5,
  });
});
