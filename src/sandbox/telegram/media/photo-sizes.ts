import sharp, { type Metadata } from 'sharp';
import { BotApiError, badRequest } from '../bot-api-error.js';

/** Longest sides in pixels that Telegram makes of a photo; the last one is what people look at. */
const sides = [90, 320, 800, 1280];
const maximumBytes = 10 * 1024 * 1024;

export interface SizedPhoto {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * A photo as Telegram keeps it: turned upright, no larger than 1280 pixels, JPEG, in several sizes, smallest first.
 * @throws BotApiError 400 over 10 MB, width + height over 10000, sides in a ratio over 20, or no picture at all
 */
export async function makePhotoSizes(bytes: Buffer): Promise<SizedPhoto[]> {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > maximumBytes) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${maximumBytes} bytes`,
    );
  }
  const { width, height } = await readDimensions(bytes);
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  const longest = Math.max(width, height);
  const wanted = [...sides.filter((side) => side < longest), Math.min(longest, 1280)];
  const largest = await resize(bytes, Math.max(...wanted), 87);
  const smaller = [...new Set(wanted)].filter((side) => side < Math.max(largest.width, largest.height));
  const sizes = await Promise.all(smaller.map((side) => resize(largest.bytes, side, 80)));
  return [...sizes, largest];
}

/** A JPEG of at most 320 pixels for a picture sent as a file; undefined when it is no picture. */
export async function makeThumbnail(bytes: Buffer): Promise<SizedPhoto | undefined> {
  try {
    return await resize(bytes, 320, 80);
  } catch {
    return undefined;
  }
}

async function readDimensions(bytes: Buffer): Promise<{ width: number; height: number }> {
  const { width, height, orientation = 1 } = await readMetadata(bytes);
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

async function readMetadata(bytes: Buffer): Promise<Metadata> {
  try {
    return await sharp(bytes).metadata();
  } catch {
    throw badRequest('IMAGE_PROCESS_FAILED');
  }
}

async function resize(bytes: Buffer, side: number, quality: number): Promise<SizedPhoto> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: 60_000_000 })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (error) {
    throw new BotApiError(400, 'Bad Request: IMAGE_PROCESS_FAILED', undefined, { cause: error });
  }
}
