import { expect, test } from 'vitest';
import { upscalePrice } from '../../../src/domain/generation/upscale.js';

test.each([
  [1024, 1024, 10],
  [768, 1024, 10],
  [2048, 2048, 40],
  [2752, 1536, 40],
  [1536, 2752, 40],
])('enlarging %i × %i costs %i: by the megapixels that fal asks for', (width, height, credits) => {
  expect(upscalePrice(10, { width, height })).toBe(credits);
});

test('0 stays 0', () => {
  expect(upscalePrice(0, { width: 2048, height: 2048 })).toBe(0);
});
