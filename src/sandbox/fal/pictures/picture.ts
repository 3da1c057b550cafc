import sharp from 'sharp';
import { seededRandom } from '../seeded-random.js';
import { drawAbstract } from './abstract.js';
import { type Caption, drawCaption } from './caption.js';
import { drawFigure, placesOf } from './figure.js';
import { drawNameplate } from './nameplate.js';
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
  /** Several persons side by side, each with its own identity and name, instead of the one. */
  readonly group?: readonly { readonly identity: number; readonly name: string }[] | undefined;
  /** A picture that shines through as far as it is kept, 0-1. */
  readonly source?: { readonly bytes: Buffer; readonly kept: number } | undefined;
  /** `null`: nothing to read, for a picture that is shown in several languages. */
  readonly caption: Caption | null;
  /** Black, as fal delivers what its safety checker flagged. */
  readonly black: boolean;
}

/** @returns the encoded picture of exactly the ordered size */
export async function drawPicture(order: PictureOrder): Promise<Buffer> {
  const { width, height } = order;
  const picture = order.black
    ? sharp({ create: { width, height, channels: 3, background: '#000' } })
    : sharp(Buffer.from(svgOf(order, await shining(order))), {
        limitInputPixels: false,
        unlimited: true,
      }).flatten();
  return order.format === 'png'
    ? picture.png({ compressionLevel: 3 }).toBuffer()
    : picture.jpeg({ quality: 88 }).toBuffer();
}

/** The picture that this one is made from, between the drawing and its caption. */
async function shining({ width, height, source }: PictureOrder): Promise<string> {
  if (source === undefined) return '';
  const bytes = await sharp(source.bytes).resize(width, height, { fit: 'fill' }).jpeg().toBuffer();
  const address = `data:image/jpeg;base64,${bytes.toString('base64')}`;
  return `<image width="${width}" height="${height}" opacity="${source.kept}" href="${address}"/>`;
}

function svgOf(order: PictureOrder, source: string): string {
  const { width, height, motif } = order;
  const random = seededRandom(order.seed);
  const identity = seededRandom(order.identity);
  const scene =
    motif === 'style' ? drawAbstract(width, height, identity, random) : drawScene(width, height, random);
  const figure = motif === 'person' ? people(order, identity, random) : '';
  const caption = drawCaption(width, height, order.caption);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene}${figure}${source}${caption}</svg>`;
}

function people(
  { width, height, group = [] }: PictureOrder,
  identity: () => number,
  random: () => number,
): string {
  const places = placesOf(width, height, Math.max(1, group.length), random);
  return places
    .map((place, index) => {
      const person = group[index];
      if (person === undefined) return drawFigure(place, height, identity, random);
      return (
        drawFigure(place, height, seededRandom(person.identity), random) +
        drawNameplate(place, width / places.length, person.name)
      );
    })
    .join('');
}
