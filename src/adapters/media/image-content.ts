import sharp from 'sharp';
import { BadDownload } from '../../application/ports/image-downloads.js';

/** The types that are kept, by their content. */
export const imageTypes = {
  jpeg: { extension: '.jpg', contentType: 'image/jpeg' },
  png: { extension: '.png', contentType: 'image/png' },
  webp: { extension: '.webp', contentType: 'image/webp' },
} as const;

type ImageType = keyof typeof imageTypes;

/** As many first bytes as `looksLikeImage` needs. */
export const signatureBytes = 12;

/** Longer side of a thumbnail in pixels. */
const thumbnailPixels = 320;

/** Looked at before any decoder sees the bytes: libvips would try others too, SVG and PDF among them. */
export function looksLikeImage(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, signatureBytes)).toString('latin1');
  return (
    text.startsWith('\xff\xd8\xff') ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    (text.startsWith('RIFF') && text.slice(8) === 'WEBP')
  );
}

/**
 * Decodes the whole picture once: that proves it complete and gives the thumbnail.
 *
 * @throws BadDownload when it is truncated, damaged, of another type or has too many pixels
 */
export async function inspect(picture: string, maximumPixels: number) {
  const image = sharp(picture, { failOn: 'truncated', limitInputPixels: false });
  const { format, width, height, autoOrient } = await decoding(image.metadata());
  if (!isImageType(format)) throw new BadDownload(`neither JPEG nor PNG nor WebP but ${format}`, true);
  if (width * height > maximumPixels)
    throw new BadDownload(`${width}x${height} pixels, more than ${maximumPixels}`, false);
  const thumbnail = await decoding(
    image
      .autoOrient()
      .resize(thumbnailPixels, thumbnailPixels, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
  return { type: format, thumbnail, width: autoOrient.width, height: autoOrient.height };
}

async function decoding<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new BadDownload('the picture is damaged or not whole', true, { cause: error });
  }
}

const isImageType = (format: string): format is ImageType => format in imageTypes;
