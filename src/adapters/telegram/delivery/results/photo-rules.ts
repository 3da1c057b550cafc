import type { StoredImage } from '../../../../domain/stored-image.js';

/** Bytes. */
const photoLimit = 10 * 1024 * 1024;

/** Whether Telegram takes it as a photo: 10 MB, width and height of 10000 together, a ratio of 20. */
export function fitsAsPhoto({
  width,
  height,
  bytes,
}: Pick<StoredImage, 'width' | 'height' | 'bytes'>): boolean {
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height));
  return bytes <= photoLimit && width + height <= 10_000 && ratio <= 20;
}

/** Telegram shows photos with about 1280 pixels: of larger pictures people want the file, too. */
const shownWhole = 1_500_000;

/** Whether the original, of up to `documentLimit` bytes, follows the photo by itself. */
export const isWorthAFile = (
  { width, height, bytes }: Pick<StoredImage, 'width' | 'height' | 'bytes'>,
  documentLimit: number,
): boolean => width * height > shownWhole && bytes <= documentLimit;
