import sharp from 'sharp';
import type { ContactSheet, SheetEntry } from '../../application/ports/pictures/contact-sheet.js';
import { numeral } from './numeral.js';

/** In tiles; a pair takes two. */
const columns = 4;
const gap = 12;
/** Between the two of a pair, which are seen to belong together. */
const pairGap = 2;
const background = '#2b2b2b';
const discs = { refused: '#c62828', doubtful: '#b26a00' } as const;

interface Placed {
  readonly picture: Uint8Array | null;
  readonly number: number | null;
  readonly fill: string;
  readonly left: number;
  readonly top: number;
}

export class SharpContactSheet implements ContactSheet {
  /** @param tileSeconds what decoding one picture may take */
  constructor(private readonly tileSeconds = 30) {}

  async compose(entries: readonly SheetEntry[]): Promise<Uint8Array> {
    // One alone is looked at closely.
    const side = entries.length === 1 ? 640 : 320;
    const { placed, width, height } = laidOut(entries, side);
    const tiles = await Promise.all(
      placed.map(async ({ picture, left, top }) => ({ input: await this.tile(picture, side), left, top })),
    );
    const size = Math.round(side / 5);
    const numbers = placed.flatMap(({ number, fill, left, top }) =>
      number === null ? [] : [numeral(number, { left: left + 10, top: top + 10, size, fill })],
    );
    const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${numbers.join('')}</svg>`;
    return sharp({ create: { width, height, channels: 3, background } })
      .composite([...tiles, { input: Buffer.from(overlay), left: 0, top: 0 }])
      .jpeg({ quality: 85 })
      .toBuffer();
  }

  private tile(picture: Uint8Array | null, side: number): Promise<Buffer> {
    const blank = { create: { width: side, height: side, channels: 3, background: '#555' } } as const;
    return (picture === null ? sharp(blank) : sharp(picture))
      .resize(side, side, { fit: 'contain', background: '#111' })
      .flatten({ background: '#111' })
      .timeout({ seconds: this.tileSeconds })
      .png()
      .toBuffer();
  }
}

/** Row by row; a pair that does not fit into the rest of a row begins the next. */
function laidOut(entries: readonly SheetEntry[], side: number) {
  const placed: Placed[] = [];
  const step = side + gap;
  let [column, row, widest] = [0, 0, 0];
  for (const { number, tone, picture, like } of entries) {
    const taken = like === null ? 1 : 2;
    if (column + taken > columns) [column, row] = [0, row + 1];
    const [left, top, fill] = [gap + column * step, gap + row * step, discs[tone]];
    placed.push({ picture, number, fill, left, top });
    if (like !== null) placed.push({ ...like, fill: '#000', left: left + side + pairGap, top });
    column += taken;
    widest = Math.max(widest, column);
  }
  return { placed, width: gap + widest * step, height: gap + (row + 1) * step };
}
