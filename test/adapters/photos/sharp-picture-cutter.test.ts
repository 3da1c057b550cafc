import sharp from 'sharp';
import { expect, it } from 'vitest';
import { SharpPictureCutter } from '../../../src/adapters/photos/sharp-picture-cutter.js';
import { photograph } from '../../support/photographs.js';

it.each([
  [{ left: 100, top: 50, width: 600, height: 700 }, [600, 700]],
  // Enlarged to what can be trained on, with its proportions.
  [{ left: 0, top: 0, width: 256, height: 384 }, [512, 768]],
])('cuts %o out as a picture of %o', async (part, size) => {
  const cut = await new SharpPictureCutter().cut(await photograph(900, 800), part);
  const { width, height, format } = await sharp(cut).metadata();
  expect([width, height, format]).toEqual([...size, 'jpeg']);
});
