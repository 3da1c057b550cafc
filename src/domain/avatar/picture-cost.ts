import { type JpegLook, lookAtJpeg } from './jpeg.js';

/** A picture is decoded whole or, if its format allows, shrunk while it is loaded: that costs a sixteenth of the memory. */
const mostPixels = { shrunkWhileLoading: 120_000_000, decodedWhole: 64_000_000 } as const;

/** HEIC and AVIF are decoded whole, in several copies; phones make HEICs of 48 and 50 million. */
export const heifPixelLimit = 50_000_000;

/**
 * Encoders make 10 scans of a progressive JPEG, optimizers some 20. Each is one more walk over the whole picture, and
 * one that says next to nothing is a few hundred bytes long.
 */
export const usualMostScans = 64;

/** What is taken: the types that every decoder here knows. */
export type PictureType = 'jpeg' | 'png' | 'webp';

/** As many first bytes as `pictureType` needs. */
export const signatureBytes = 12;

/** By its first bytes, before any decoder sees them: libvips would try others too, SVG and PDF among them. */
export function pictureType(file: Uint8Array): PictureType | null {
  const head = String.fromCharCode(...file.subarray(0, signatureBytes));
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'webp' : null;
}

/** How many pixels a picture may have; phones make JPEGs of 48 and 50 million. */
export function pixelLimit(format: PictureType | 'avif', jpeg: JpegLook | null): number {
  if (format === 'avif') return heifPixelLimit;
  return format === 'jpeg' && jpeg?.isProgressive === false
    ? mostPixels.shrunkWhileLoading
    : mostPixels.decodedWhole;
}

/** What a file is to a decoder. */
export interface Decodable {
  readonly jpeg: JpegLook | null;
  /** With the end marker, if that was all that was missing: the last two bytes are lost most often. */
  readonly bytes: Uint8Array;
  /** What the decoder may not overlook: where the end was missing, more than the marker may be. */
  readonly failOn: 'truncated' | 'warning';
}

const endMarker = Uint8Array.of(0xff, 0xd9);

/** Looks at the bytes before any decoder does. */
export function decodable(file: Uint8Array): Decodable {
  const jpeg = file[0] === 0xff && file[1] === 0xd8 ? lookAtJpeg(file) : null;
  if (jpeg === null || jpeg.isEnded) return { jpeg, bytes: file, failOn: 'truncated' };
  const bytes = new Uint8Array(file.byteLength + endMarker.byteLength);
  bytes.set(file);
  bytes.set(endMarker, file.byteLength);
  return { jpeg, bytes, failOn: 'warning' };
}
