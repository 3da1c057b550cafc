import sharp from 'sharp';

/** Telegram shows photos in about this size, however large they are. */
const longerSide = 1280;
/** A picture of a phone's camera has 12 to 50 million. */
const mostPixels = 60_000_000;
const least = 512;
const seconds = 20;

/**
 * A picture as a chat shows it: upright, no larger than shown, without metadata.
 * @throws Error with a reason for the operator when it is none that can be shown
 */
export async function asExample(file: Uint8Array): Promise<Buffer> {
  const picture = sharp(file, { limitInputPixels: mostPixels }).timeout({ seconds });
  const { format, width = 0, height = 0 } = await picture.metadata();
  if (!['jpeg', 'png', 'webp'].includes(format ?? '')) throw new Error('is no JPEG, PNG or WebP');
  if (Math.min(width, height) < least) throw new Error(`is smaller than ${least} pixels on its shorter side`);
  if (Math.max(width, height) > 3 * Math.min(width, height)) throw new Error('is too long and narrow');
  return picture
    .rotate()
    .resize(longerSide, longerSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 88 })
    .toBuffer();
}

const width = 1280;
const height = 960;
const gap = 8;
const large = Math.round(((width - gap) * 3) / 5);
const small = width - gap - large;
const half = (height - gap) / 2;

/** One large and two small beside it: all that is seen at once on a phone. */
export async function mosaicOf(pictures: readonly Uint8Array[]): Promise<Buffer> {
  const places = [
    { left: 0, top: 0, width: large, height },
    { left: large + gap, top: 0, width: small, height: half },
    { left: large + gap, top: half + gap, width: small, height: half },
  ];
  const tiles = await Promise.all(
    places.map(async ({ left, top, ...size }, index) => ({
      input: await sharp(pictures[index])
        .resize({ ...size, fit: 'cover', position: 'attention' })
        .toBuffer(),
      left,
      top,
    })),
  );
  return sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite(tiles)
    .jpeg({ quality: 88 })
    .toBuffer();
}
