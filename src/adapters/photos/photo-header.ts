import type { PhotoRefusal } from '../../domain/avatar/photo.js';

/** Types by their first bytes; libvips would try others too, SVG and PDF among them. */
export type PhotoType = 'jpeg' | 'png' | 'webp';

const heicBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/**
 * Looked at before any decoder sees a byte. HEIC as phones make it is HEVC, which the image library is not built
 * to decode: its owner is told so instead of "damaged".
 */
export function typeOf(file: Uint8Array): PhotoType | PhotoRefusal {
  const head = Buffer.from(file.subarray(0, 32)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.slice(4, 8) === 'ftyp' && heicBrands.has(head.slice(8, 12))) return 'heic_not_readable';
  return 'not_an_image';
}
