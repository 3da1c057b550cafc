import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HeicDecoder, heicSupport } from '../../../src/adapters/photos/heic-decoder.js';
import { gridOf, type HeifItem, heifFile, heifProperties, partsOf } from '../../support/heif-writer.js';
import { heicFixture, phoneColours, phonePhoto, tiledPhoto } from '../../support/phone-photo.js';
import { photograph } from '../../support/photographs.js';

const decoder = new HeicDecoder();

async function decoded(file: Uint8Array, by = decoder) {
  const answer = await by.decode(file);
  if ('refused' in answer) throw new Error(`refused: ${answer.refused}`);
  return answer;
}

/** The name of the colour in each corner, row by row, as the picture is seen. */
async function cornersOf(file: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp((await decoded(file)).picture)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const named = (x: number, y: number): string => {
    const at = (y * info.width + x) * info.channels;
    const [red, green, blue] = [...data.subarray(at, at + 3)].map((level) => level > 100);
    return red ? (green ? 'yellow' : 'red') : green ? 'green' : blue ? 'blue' : 'none';
  };
  const [right, low] = [info.width - 10, info.height - 10];
  return [named(9, 9), named(right, 9), named(9, low), named(right, low)];
}

const upright = ['red', 'green', 'blue', 'yellow'];

/** `heif-enc`'s picture of one colour, with these properties behind its own. */
const plain = (name: string, ...more: Buffer[]): HeifItem => {
  const { data, properties } = partsOf(heicFixture(name));
  return { type: 'hvc1', data, properties: [...properties, ...more] };
};

describe('HeicDecoder', () => {
  it.each(['eight-bit', 'ten-bit'])('reads what an encoder made of a photo, %s', async (name) => {
    const { picture, width, height } = await decoded(heicFixture(name));
    expect({ width, height }).toEqual({ width: 640, height: 800 });
    const difference = await sharp(await photograph(640, 800))
      .composite([{ input: Buffer.from(picture), blend: 'difference' }])
      .toBuffer();
    for (const { mean } of (await sharp(difference).stats()).channels) expect(mean).toBeLessThan(8);
  });

  it('reads a photo as a phone writes it: tiles, turned, with depth and gain map', async () => {
    const file = phonePhoto();
    expect(await decoded(file)).toMatchObject({ width: 760, height: 1000 });
    // A quarter with the clock: what lies below on the left comes to the top.
    expect(await cornersOf(file)).toEqual(['blue', 'red', 'yellow', 'green']);
  });

  // Quarter turns against the clock, then a mirror; what the Exif says besides is the same, as phones write it.
  it.each([
    [1, []],
    [2, [heifProperties.mirror(1)]],
    [3, [heifProperties.rotation(2)]],
    [4, [heifProperties.mirror(0)]],
    [5, [heifProperties.rotation(3), heifProperties.mirror(1)]],
    [6, [heifProperties.rotation(3)]],
    [7, [heifProperties.rotation(3), heifProperties.mirror(0)]],
    [8, [heifProperties.rotation(1)]],
  ])('turns a photo of orientation %s once', async (orientation, turns) => {
    const name = `orientation-${orientation}`;
    const exif: HeifItem = {
      type: 'Exif',
      data: partsOf(heicFixture(name)).exif ?? Buffer.alloc(0),
      isHidden: true,
    };
    const references = [{ type: 'cdsc', from: 2, to: [1] }];
    const file = heifFile({ items: [plain(name, ...turns), exif], primary: 1, references });
    expect(await decoded(file)).toMatchObject({ width: 96, height: 64 });
    expect(await cornersOf(file)).toEqual(upright);
  });

  it('shows of a photo what was left of it when it was cut, and turns that', async () => {
    const colours = ['tile-red', 'tile-green', 'tile-blue', 'tile-yellow'];
    const cutAndTurned = (...more: Buffer[]) =>
      tiledPhoto((place) => colours[place] ?? '', [2, 2], [256, 256], [256, 256], ...more);
    const [middle, turned] = [heifProperties.middle(200, 160), heifProperties.rotation(3)];
    const file = cutAndTurned(middle, turned);
    expect(await decoded(file)).toMatchObject({ width: 160, height: 200 });
    expect(await cornersOf(file)).toEqual(['blue', 'red', 'yellow', 'green']);
  });

  it.each([
    [[], upright],
    [[1], ['green', 'yellow', 'red', 'blue']],
    [
      [1, 'mirror'],
      ['yellow', 'green', 'blue', 'red'],
    ],
    [
      ['mirror', 1],
      ['red', 'blue', 'green', 'yellow'],
    ],
    [
      ['mirror', 1, 'mirror', 2],
      ['green', 'yellow', 'red', 'blue'],
    ],
  ])('turns a photo of tiles by %j in this order', async (turns, corners) => {
    const colours = ['tile-red', 'tile-green', 'tile-blue', 'tile-yellow'];
    const properties = turns.map((turn) =>
      typeof turn === 'number' ? heifProperties.rotation(turn) : heifProperties.mirror(1),
    );
    const file = tiledPhoto((place) => colours[place] ?? '', [2, 2], [250, 240], [250, 240], ...properties);
    expect(await cornersOf(file)).toEqual(corners);
  });

  it('does not turn by what only the Exif says: in a HEIF file that is a remark', async () => {
    expect(await decoded(heicFixture('orientation-6'))).toMatchObject({ width: 64, height: 96 });
  });

  it('takes the picture that the file is of, though another comes first', async () => {
    const file = heifFile({ items: [plain('tile-red'), plain('tile-green')], primary: 2 });
    expect(await cornersOf(file)).toEqual(['green', 'green', 'green', 'green']);
  });

  it('keeps the colours of a phone, which are not those of a screen', async () => {
    const profile = await phoneColours();
    const red = async (file: Buffer) => {
      const shown = sharp((await decoded(file)).picture).toColourspace('srgb');
      return (await shown.extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer())[0] ?? 0;
    };
    const without = await red(phonePhoto({ turns: 0 }));
    expect((await red(phonePhoto({ turns: 0, profile }))) - without).toBeGreaterThan(10);
  });

  it('is not disturbed by what iOS 18 writes: depth of a picture that there is not', async () => {
    const file = phonePhoto({
      spoilt: (parts) => ({
        ...parts,
        references: [...(parts.references ?? []), { type: 'auxl', from: 99, to: [parts.primary] }],
      }),
    });
    expect((await decoded(file)).width).toBe(760);
  });

  it.each([
    ['half of a photo', () => heicFixture('eight-bit').subarray(0, 5000), 'damaged'],
    ['a phone’s photo without its end', () => phonePhoto().subarray(0, -60), 'damaged'],
    [
      'one with a hole, where a tile cannot be read',
      () =>
        phonePhoto({
          spoilt: ({ items, ...parts }) => ({
            ...parts,
            items: items.map((item, nth) => (nth === 30 ? { ...item, data: Buffer.from('no tile') } : item)),
          }),
        }),
      'damaged',
    ],
    [
      'one with fewer tiles than it has places for',
      () =>
        phonePhoto({
          spoilt: (parts) => ({
            ...parts,
            references: [{ type: 'dimg', from: parts.primary, to: [1, 2, 3] }],
          }),
        }),
      'damaged',
    ],
    ['a first box alone', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'damaged'],
    [
      'a grid that is made of itself',
      () =>
        heifFile({
          items: [
            { type: 'grid', data: gridOf(1, 1, 512, 512), properties: [heifProperties.size(512, 512)] },
          ],
          primary: 1,
          references: [{ type: 'dimg', from: 1, to: [1] }],
        }),
      'damaged',
    ],
    [
      '26 megapixels that it calls 10,000 pixels',
      () => tiledPhoto('tile-large', [10, 10], [5120, 5120], [100, 100]),
      'damaged',
    ],
    ['51 megapixels', () => tiledPhoto('tile-large', [16, 13], [8000, 6400]), 'too_many_pixels'],
  ])('refuses %s, and reads the next', async (_, file, refused) => {
    expect(await decoder.decode(file())).toEqual({ refused });
    expect((await decoded(heicFixture('tile-red'))).width).toBe(128);
  });

  it('gives up what takes too long or too much memory, and reads the next', async () => {
    const large = tiledPhoto('tile-large', [8, 6], [4032, 3024]);
    const hasty = new HeicDecoder({ seconds: 0.001 });
    expect(await hasty.decode(large)).toEqual({ refused: 'too_costly' });
    // Cut out of a larger one, it is decoded whole.
    const shown = [4032, 3024] as const;
    const cut = tiledPhoto('tile-large', [8, 6], shown, shown, heifProperties.middle(4000, 3000));
    const narrow = new HeicDecoder({ mostBytes: 40 * 2 ** 20 });
    expect(await narrow.decode(cut)).toEqual({ refused: 'too_costly' });
    expect((await decoded(tiledPhoto('tile-large', [4, 3], [2048, 1536]), narrow)).width).toBe(2048);
    expect((await decoded(large)).width).toBe(4032);
  });

  /** A package that finds no picture in any file, after it has done that. */
  async function libraryThat(does: string) {
    const library = await mkdtemp(join(tmpdir(), 'heic-library-'));
    await writeFile(join(library, 'package.json'), '{"version": "1.0.0"}');
    await writeFile(
      join(library, 'wasm-bundle.js'),
      `const { appendFileSync, existsSync } = require('node:fs');
       const [log, gate] = ['${library}/log', '${library}/gate'];
       let used = 0;
       exports.HeifDecoder = class { decode() { ${does}; return []; } };`,
    );
    const said = () => readFile(join(library, 'log'), 'utf8').catch(() => '');
    return { library, said };
  }

  it('trusts no thread that has refused a file: the next one gets another', async () => {
    const { library, said } = await libraryThat('appendFileSync(log, String(used += 1))');
    const one = new HeicDecoder({ library, threads: 1 });
    await one.decode(heicFixture('eight-bit'));
    await one.decode(heicFixture('eight-bit'));
    expect(await said()).toBe('11');
    await rm(library, { recursive: true });
  });

  it('hands over a picture so small that it shares its memory with others', async () => {
    const profile = Buffer.alloc(500, 'profile');
    const tiny = phonePhoto({ columns: 2, rows: 2, width: 64, height: 64, profile });
    expect(await decoded(tiny)).toMatchObject({ width: 64, height: 64 });
  });

  it('decodes two at a time where there are two cores, and never more', async () => {
    const { library, said: begunAndEnded } = await libraryThat(
      "appendFileSync(log, '('); while (!existsSync(gate)); appendFileSync(log, ')')",
    );
    const two = new HeicDecoder({ library, threads: 2, seconds: 60 });
    const all = Promise.all(Array.from({ length: 6 }, () => two.decode(heicFixture('eight-bit'))));
    await expect.poll(begunAndEnded).toBe('((');
    await writeFile(join(library, 'gate'), '');
    expect(await all).toEqual(Array.from({ length: 6 }, () => ({ refused: 'damaged' })));
    let open = 0;
    const atOnce = [...(await begunAndEnded())].map((mark) => (open += mark === '(' ? 1 : -1));
    expect(atOnce).toHaveLength(12);
    expect(Math.max(...atOnce)).toBe(2);
    await rm(library, { recursive: true });
  });

  it('says so where the package is not installed', async () => {
    expect(heicSupport()).toMatch(/^\d+\.\d+/);
    const library = 'libheif-js-that-nobody-has';
    expect(heicSupport(library)).toBeNull();
    const without = new HeicDecoder({ library });
    expect(await without.decode(heicFixture('eight-bit'))).toEqual({ refused: 'heic_not_readable' });
  });

  it('reads 48 megapixels within 400 MB, lets others be answered meanwhile, and gives the memory back', async () => {
    const file = tiledPhoto('tile-large', [16, 12], [8064, 6048]);
    const once = new HeicDecoder({ idleSeconds: 0 });
    const before = process.memoryUsage().rss;
    let most = 0;
    const round = async () => {
      let longestGap = 0;
      let last = performance.now();
      const pulse = setInterval(() => {
        longestGap = Math.max(longestGap, performance.now() - last - 10);
        last = performance.now();
        most = Math.max(most, process.memoryUsage().rss - before);
      }, 10);
      expect(await decoded(file, once)).toMatchObject({ width: 8064, height: 6048 });
      clearInterval(pulse);
      return longestGap;
    };
    // What it blocks, it blocks each time; a busy machine has better moments.
    const gaps = [await round()];
    while (Math.min(...gaps) >= 500 && gaps.length < 5) gaps.push(await round());
    expect(Math.min(...gaps)).toBeLessThan(500);
    expect(most).toBeLessThan(400 * 2 ** 20);
    await expect.poll(() => process.memoryUsage().rss - before).toBeLessThan(most - 100 * 2 ** 20);
  });
});
