import sharp from 'sharp';
import { seededRandom } from '../seeded-random.js';
import { drawAbstract } from './abstract.js';
import { type Caption, drawCaption } from './caption.js';
import { drawFigure } from './figure.js';
import { drawScene } from './scene.js';

/** What to draw. The same order always gives the same bytes. */
export interface PictureOrder {
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'png';
  readonly seed: number;
  /** A landscape, a person before it, or a painting in a style. */
  readonly motif: 'landscape' | 'person' | 'style';
  /** Stands for the weights or the finetune: what stays the same from picture to picture of one avatar. */
  readonly identity: number;
  readonly caption: Caption;
  /** Black, as fal delivers what its safety checker flagged. */
  readonly black: boolean;
}

/** @returns the encoded picture of exactly the ordered size */
export async function drawPicture(order: PictureOrder): Promise<Buffer> {
  const { width, height } = order;
  const picture = order.black
    ? sharp({ create: { width, height, channels: 3, background: '#000' } })
    : sharp(Buffer.from(svgOf(order)), { limitInputPixels: false, unlimited: true }).flatten();
  return order.format === 'png'
    ? picture.png({ compressionLevel: 3 }).toBuffer()
    : picture.jpeg({ quality: 88 }).toBuffer();
}

function svgOf(order: PictureOrder): string {
  const { width, height, motif } = order;
  const random = seededRandom(order.seed);
  const identity = seededRandom(order.identity);
  const scene =
    motif === 'style' ? drawAbstract(width, height, identity, random) : drawScene(width, height, random);
  const figure = motif === 'person' ? drawFigure(width, height, identity, random) : '';
  const caption = drawCaption(width, height, order.caption);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene}${figure}${caption}</svg>`;
}
