import sharp from 'sharp';
import { expect, it } from 'vitest';
import { SharpProofComposer } from '../../../src/adapters/photos/sharp-proof-composer.js';
import { jpegOfManyScans } from '../../support/jpeg-of-many-scans.js';

const plain = (background: string) =>
  sharp({ create: { width: 300, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer();

it('puts the pictures in rows, each in its place and with a number, and leaves a gap for a missing one', async () => {
  const [red, green] = [await plain('#f00'), await plain('#0f0')];
  const sheet = await new SharpProofComposer().compose([red, green, null, green, red, red], 3);
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 3 * 520 + 8, height: 2 * 520 + 8 });
  const colourAt = (column: number, row: number, dx: number, dy: number) => {
    const at = ((8 + row * 520 + dy) * info.width + 8 + column * 520 + dx) * info.channels;
    return [data[at], data[at + 1], data[at + 2]].map((value) => Math.round((value ?? 0) / 128));
  };
  expect(colourAt(0, 0, 256, 256)).toEqual([2, 0, 0]);
  expect(colourAt(1, 0, 256, 256)).toEqual([0, 2, 0]);
  expect(colourAt(2, 0, 256, 256)).toEqual([1, 1, 1]);
  expect(colourAt(0, 1, 256, 256)).toEqual([0, 2, 0]);
  // The disc of the number, and the stroke of a 1 in it.
  expect(colourAt(0, 0, 20, 48)).toEqual([1, 0, 0]);
  expect(colourAt(0, 0, 50, 50)).toEqual([2, 2, 2]);
});

it('puts a photo at the left of a sheet, as high as that', async () => {
  const composer = new SharpProofComposer();
  const sheet = await composer.compose([await plain('#f00'), await plain('#f00')], 1);
  const both = await composer.beside(sheet, await plain('#00f'));
  const { data, info } = await sharp(both).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 520 + 528, height: 2 * 520 + 8 });
  const colourAt = (x: number, y: number) =>
    [0, 1, 2].map((channel) => Math.round((data[(y * info.width + x) * info.channels + channel] ?? 0) / 128));
  for (const y of [20, 500, 1020]) expect(colourAt(256, y)).toEqual([0, 0, 2]);
  expect(colourAt(520 + 256, 300)).toEqual([2, 0, 0]);
});

it('gives a picture up that takes too long to decode', async () => {
  const sheet = new SharpProofComposer(1).compose([jpegOfManyScans(7000, 7000, 500)], 3);
  await expect(sheet).rejects.toThrow(/^timeout/);
});
