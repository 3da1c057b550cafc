import sharp from 'sharp';

/** Telegram shows photos in about this size, however large they are. */
const shownPixels = 1280;

/**
 * A picture that is too big for Telegram, as a photo that it takes.
 *
 * @param seconds what that may take: as much as the picture took when it came in
 */
export const smallerCopy = (bytes: Buffer, seconds = 30): Promise<Buffer> =>
  sharp(bytes)
    // A strip may be 20 times as long as wide and no more, so it gets a border rather than being cut.
    .resize(shownPixels, shownPixels, { fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds })
    .jpeg({ quality: 90 })
    .toBuffer()
    .then(withinRatio);

async function withinRatio(bytes: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const least = Math.ceil(Math.max(width, height) / 20);
  if (Math.min(width, height) >= least) return bytes;
  const missing = (side: number) => Math.max(0, Math.ceil((least - side) / 2));
  const [x, y] = [missing(width), missing(height)];
  return sharp(bytes).extend({ left: x, right: x, top: y, bottom: y }).jpeg({ quality: 90 }).toBuffer();
}
