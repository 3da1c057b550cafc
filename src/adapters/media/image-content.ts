import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { BadDownload } from '../../application/ports/image-downloads.js';
import { decodable, type PictureType, pixelLimit, usualMostScans } from '../../domain/avatar/picture-cost.js';

/** The types that are kept, by their content. */
export const imageTypes = {
  jpeg: { extension: '.jpg', contentType: 'image/jpeg' },
  png: { extension: '.png', contentType: 'image/png' },
  webp: { extension: '.webp', contentType: 'image/webp' },
} as const satisfies Readonly<Record<PictureType, object>>;

/** Names that the same picture had as a file of another type. */
export const otherNames = (name: string, extension: string): string[] =>
  Object.values(imageTypes)
    .filter((type) => type.extension !== extension)
    .map((type) => name + type.extension);

/** By the end of its name. */
export const contentTypeOf = (key: string): string =>
  Object.values(imageTypes).find(({ extension }) => key.endsWith(extension))?.contentType ??
  'application/octet-stream';

/** Longer side of a thumbnail in pixels. */
const thumbnailPixels = 320;

/** Telegram takes files of 50 MB. */
const mostKeptBytes = 48_000_000;

interface Most {
  /** Less than the format allows. */
  readonly pixels?: number | undefined;
  /** Of a JPEG: 64. */
  readonly scans?: number | undefined;
  /** What decoding one picture may take: 30. The largest that fal makes takes two. */
  readonly seconds?: number | undefined;
}

/**
 * Decodes the whole picture once: that proves it complete and gives the thumbnail. Before that, its
 * scans and pixels are counted. `most` narrows the limits. `mended`: the bytes to keep instead, when the end
 * marker of a JPEG was missing, over which others would stumble, or when the file is larger than a chat takes.
 *
 * @throws BadDownload when it is truncated, damaged, of another type, has too many pixels or scans
 */
export async function inspect(file: string, most: Most = {}) {
  const { seconds = 30, scans = usualMostScans } = most;
  const { jpeg, bytes, failOn } = decodable(await readFile(file));
  if ((jpeg?.scans ?? 0) > scans)
    throw new BadDownload(`a JPEG of ${jpeg?.scans} scans, more than ${scans}`, false);
  const image = sharp(bytes, { failOn, limitInputPixels: false });
  const { format, width, height, autoOrient } = await decoding(image.metadata());
  if (!isImageType(format)) throw new BadDownload(`neither JPEG nor PNG nor WebP but ${format}`, true);
  const pixels = Math.min(pixelLimit(format, jpeg), most.pixels ?? Number.POSITIVE_INFINITY);
  if (width * height > pixels) throw new BadDownload(`${width}x${height} pixels, more than ${pixels}`, false);
  const thumbnail = await decoding(
    image
      .autoOrient()
      .resize(thumbnailPixels, thumbnailPixels, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .timeout({ seconds })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
  const { width: shownWidth, height: shownHeight } = autoOrient;
  const size = { thumbnail, width: shownWidth, height: shownHeight };
  if (bytes.byteLength > mostKeptBytes)
    return { ...size, type: 'jpeg' as const, mended: await decoding(smaller(image, seconds)) };
  return { ...size, type: format, mended: jpeg?.isEnded === false ? bytes : null };
}

/** Keeps all pixels, with losses that nobody sees: a larger file could not be sent at all. */
const smaller = (image: Sharp, seconds: number): Promise<Buffer> =>
  image
    .clone()
    .autoOrient()
    .flatten({ background: 'white' })
    .timeout({ seconds })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer();

async function decoding<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new BadDownload('the picture is damaged or not whole', true, { cause: error });
  }
}

const isImageType = (format: string): format is PictureType => format in imageTypes;
