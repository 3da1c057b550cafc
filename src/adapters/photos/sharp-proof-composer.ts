import sharp from 'sharp';
import type { ProofComposer } from '../../application/ports/pictures/proof-composer.js';
import { numeral } from './numeral.js';

/** Sides in pixels: three across are well below what chats shrink photos to. */
const usualSide = 512;
const gap = 8;
/** Of the side: a number is read on a phone, too. */
const badgeShare = 0.14;
const background = '#2b2b2b';

export class SharpProofComposer implements ProofComposer {
  /** @param tileSeconds what decoding one picture may take */
  constructor(private readonly tileSeconds = 30) {}

  async compose(
    pictures: ReadonlyArray<Uint8Array | null>,
    columns: number,
    cell = usualSide,
  ): Promise<Uint8Array> {
    const badge = Math.max(64, Math.round(cell * badgeShare));
    const rows = Math.ceil(pictures.length / columns);
    const width = columns * (cell + gap) + gap;
    const height = rows * (cell + gap) + gap;
    const placed = pictures.map((picture, index) => ({
      picture,
      left: gap + (index % columns) * (cell + gap),
      top: gap + Math.floor(index / columns) * (cell + gap),
    }));
    const tiles = await Promise.all(
      placed.map(async ({ picture, left, top }) => ({
        input: picture === null ? await emptyTile(cell) : await tile(picture, cell, this.tileSeconds),
        left,
        top,
      })),
    );
    const numbers = placed.map(({ left, top }, index) =>
      numeral(index + 1, { left: left + 12, top: top + 12, size: badge }),
    );
    const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${numbers.join('')}</svg>`;
    return sharp({ create: { width, height, channels: 3, background } })
      .composite([...tiles, { input: Buffer.from(overlay), left: 0, top: 0 }])
      .jpeg({ quality: 88 })
      .toBuffer();
  }

  async beside(sheet: Uint8Array, original: Uint8Array): Promise<Uint8Array> {
    const { width, height } = await sharp(sheet).metadata();
    const photo = await sharp(original)
      .resize(usualSide, height - 2 * gap, { fit: 'cover', position: 'attention' })
      .flatten({ background })
      .timeout({ seconds: this.tileSeconds })
      .png()
      .toBuffer();
    return sharp({ create: { width: gap + usualSide + width, height, channels: 3, background } })
      .composite([
        { input: photo, left: gap, top: gap },
        { input: Buffer.from(sheet), left: gap + usualSide, top: 0 },
      ])
      .jpeg({ quality: 88 })
      .toBuffer();
  }
}

const tile = (picture: Uint8Array, usualSide: number, seconds: number): Promise<Buffer> =>
  sharp(picture)
    .resize(usualSide, usualSide, { fit: 'cover' })
    .flatten({ background })
    .timeout({ seconds })
    .png()
    .toBuffer();

const emptyTile = (usualSide: number): Promise<Buffer> =>
  sharp({ create: { width: usualSide, height: usualSide, channels: 3, background: '#555' } })
    .png()
    .toBuffer();
