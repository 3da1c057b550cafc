import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { gridOf, type HeifItem, type HeifParts, heifFile, heifProperties, partsOf } from './heif-writer.js';

/** A small file that Debian's `heif-enc` made; `docs/decisions/0042` says how. */
export const heicFixture = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/heic/${name}.heic`, import.meta.url));

/** Corners, as they lie in the grid. */
const corners = ['red', 'green', 'blue', 'yellow'] as const;

interface PhoneShape {
  readonly columns?: number;
  readonly rows?: number;
  /** What of the grid is shown. */
  readonly width?: number;
  readonly height?: number;
  /** Quarter turns against the clock. */
  readonly turns?: number;
  readonly profile?: Buffer;
  /** Changes what is written, to break it. */
  readonly spoilt?: (parts: HeifParts) => HeifParts;
}

/**
 * A photo as an iPhone writes it, of plain colours: many hidden tiles in a grid, which is turned by a property and by
 * what the Exif says; beside it a thumbnail, a depth image, a gain map and what joins it with the photo.
 */
export function phonePhoto(shape: PhoneShape = {}): Buffer {
  const { columns = 8, rows = 6, width = 1000, height = 760, turns = 3, profile, spoilt } = shape;
  const tiles = corners.map((colour): HeifItem => {
    const { data, properties } = partsOf(heicFixture(`tile-${colour}`));
    return { type: 'hvc1', data, properties, isHidden: true };
  });
  const grid = Array.from({ length: columns * rows }, (_, place) => {
    const isRight = place % columns >= columns / 2;
    const isLow = place >= (rows / 2) * columns;
    return tiles[(isLow ? 2 : 0) + (isRight ? 1 : 0)] as HeifItem;
  });
  const main = grid.length + 1;
  const [thumbnail, depth, gain, joined, exif] = [main + 1, main + 2, main + 3, main + 4, main + 5];
  const grey = partsOf(heicFixture('tile-grey'));
  const beside = (...more: Buffer[]): HeifItem => ({
    type: 'hvc1',
    data: grey.data,
    properties: [...grey.properties, ...more],
    isHidden: true,
  });
  const shown = [
    heifProperties.size(width, height),
    ...(turns === 0 ? [] : [heifProperties.rotation(turns)]),
    ...(profile === undefined ? [] : [heifProperties.profile(profile)]),
  ];
  const all = grid.map((_, index) => index + 1);
  const parts: HeifParts = {
    items: [
      ...grid,
      { type: 'grid', data: gridOf(columns, rows, width, height), properties: shown },
      beside(heifProperties.rotation(turns)),
      beside(heifProperties.auxiliary('urn:mpeg:hevc:2015:auxid:2')),
      beside(heifProperties.auxiliary('urn:com:apple:photo:2020:aux:hdrgainmap')),
      { type: 'tmap', data: Buffer.alloc(62), properties: [heifProperties.size(width, height)] },
      { type: 'Exif', data: partsOf(heicFixture('orientation-6')).exif ?? Buffer.alloc(0), isHidden: true },
    ],
    primary: main,
    references: [
      { type: 'dimg', from: main, to: all },
      { type: 'thmb', from: thumbnail, to: [main] },
      { type: 'auxl', from: depth, to: [main, joined] },
      { type: 'auxl', from: gain, to: [main] },
      { type: 'dimg', from: joined, to: [main, gain] },
      { type: 'cdsc', from: exif, to: [main, joined] },
    ],
  };
  return heifFile(spoilt === undefined ? parts : spoilt(parts));
}

/**
 * A grid of one and the same tile, so many beside and below one another, which shows so much in width and height;
 * `claimed` is what the file says of it. Given a function, it says the tile of each place.
 */
export function tiledPhoto(
  tile: string | ((place: number) => string),
  [columns, rows]: readonly [number, number],
  shown: readonly [number, number],
  claimed = shown,
  ...more: readonly Buffer[]
): Buffer {
  const all = Array.from({ length: columns * rows }, (_, place): HeifItem => {
    const { data, properties } = partsOf(heicFixture(typeof tile === 'string' ? tile : tile(place)));
    return { type: 'hvc1', data, properties, isHidden: true };
  });
  const main = all.length + 1;
  const grid: HeifItem = {
    type: 'grid',
    data: gridOf(columns, rows, ...shown),
    properties: [heifProperties.size(...claimed), ...more],
  };
  const to = all.map((_, index) => index + 1);
  return heifFile({
    items: [...all, grid],
    primary: main,
    references: [{ type: 'dimg', from: main, to }],
  });
}

/** The colours of a phone: more than those of a screen. */
export async function phoneColours(): Promise<Buffer> {
  const red = sharp({ create: { width: 8, height: 8, channels: 3, background: '#cc0000' } });
  const { icc } = await sharp(await red.withIccProfile('p3').png().toBuffer()).metadata();
  if (icc === undefined) throw new Error('sharp wrote no colour profile');
  return icc;
}

/** 12 megapixels and 3 MB, as a phone's camera has them, with the grain of its sensor and one person in it. */
export async function phonePortrait(): Promise<Buffer> {
  const tile = (place: number) => (place === 5 ? 'portrait' : 'grain');
  const size = [4000, 3000] as const;
  return tiledPhoto(tile, [4, 4], size, size, heifProperties.profile(await phoneColours()));
}
