import { isObject } from './input-fields.js';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** fal's names for `image_size`, with the pixels it draws for them. */
export const imageSizes: Readonly<Record<string, PixelSize>> = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
};

/** What ultra draws for an `aspect_ratio`: about four megapixels each. */
export const ultraSizes: Readonly<Record<string, PixelSize>> = {
  '21:9': { width: 3136, height: 1344 },
  '16:9': { width: 2752, height: 1536 },
  '4:3': { width: 2368, height: 1792 },
  '3:2': { width: 2496, height: 1664 },
  '1:1': { width: 2048, height: 2048 },
  '2:3': { width: 1664, height: 2496 },
  '3:4': { width: 1792, height: 2368 },
  '9:16': { width: 1536, height: 2752 },
  '9:21': { width: 1344, height: 3136 },
};

/** The longest side in pixels that the local fal draws. */
export const longestSide = 4096;

export function sizeFor(
  wanted: unknown,
  sizes: Readonly<Record<string, PixelSize>>,
  normal: string,
): PixelSize {
  if (isObject(wanted) && typeof wanted.width === 'number' && typeof wanted.height === 'number') {
    return { width: wanted.width, height: wanted.height };
  }
  const size = sizes[typeof wanted === 'string' ? wanted : normal];
  if (size === undefined) throw new Error(`There is no size ${String(wanted)}`);
  return size;
}
