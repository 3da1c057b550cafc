import sharp from 'sharp';
import { expect, it } from 'vitest';
import { SharpContactSheet } from '../../../src/adapters/photos/sharp-contact-sheet.js';

const sheets = new SharpContactSheet();

const plain = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 200, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** The colour in the middle of a tile, counted from 0. */
async function middleOf(sheet: Uint8Array, column: number, row: number): Promise<number[]> {
  const at = { left: 12 + column * 332 + 160, top: 12 + row * 332 + 160, width: 1, height: 1 };
  return [...(await sharp(sheet).extract(at).raw().toBuffer())];
}

it('stands them in rows of four, and keeps a pair together', async () => {
  const [red, green, blue] = await Promise.all(['#f00', '#0f0', '#00f'].map(plain));
  const alone = (number: number, picture: Buffer | null | undefined) =>
    ({ number, tone: 'refused', picture: picture ?? null, like: null }) as const;
  const like = { number: 1, picture: red ?? null };
  const pair = { number: 9, tone: 'doubtful', picture: green ?? null, like } as const;
  const sheet = await sheets.compose([alone(1, red), alone(2, blue), alone(3, null), pair]);
  expect(await sharp(sheet).metadata()).toMatchObject({ format: 'jpeg', width: 1008, height: 676 });
  const near = (colour: number[]) => colour.map((level) => Math.round(level / 255));
  expect(near(await middleOf(sheet, 0, 0))).toEqual([1, 0, 0]);
  expect(near(await middleOf(sheet, 1, 0))).toEqual([0, 0, 1]);
  // The pair found no room in the first row.
  expect(near(await middleOf(sheet, 0, 1))).toEqual([0, 1, 0]);
  expect(near(await middleOf(sheet, 1, 1))).toEqual([1, 0, 0]);
});

it('says by the colour of the number what is wrong', async () => {
  const picture = await plain('#888');
  const corner = async (tone: 'refused' | 'doubtful', number: number | null) => {
    const sheet = await sheets.compose([
      { number, tone, picture, like: null },
      { number, tone, picture, like: null },
    ]);
    // On the disc, beside the digit.
    const [red = 0, , blue = 0] = await sharp(sheet)
      .extract({ left: 12 + 10 + 32, top: 12 + 10 + 5, width: 1, height: 1 })
      .raw()
      .toBuffer();
    return red - blue;
  };
  expect(await corner('refused', 3)).toBeGreaterThan(100);
  expect(await corner('doubtful', 3)).toBeGreaterThan(100);
  expect(await corner('refused', null)).toBeLessThan(10);
});
