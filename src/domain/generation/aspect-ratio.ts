/** Every aspect ratio a user can pick. The last four exist on ultra only. */
export const aspectRatios = ['1:1', '3:4', '4:3', '9:16', '16:9', '21:9', '9:21', '2:3', '3:2'] as const;
export type AspectRatio = (typeof aspectRatios)[number];

const ratioOfSize = {
  square: '1:1',
  square_hd: '1:1',
  portrait_4_3: '3:4',
  portrait_16_9: '9:16',
  landscape_4_3: '4:3',
  landscape_16_9: '16:9',
} as const satisfies Readonly<Record<string, AspectRatio>>;

/** The names fal gives to its fixed sizes. */
export type ImageSize = keyof typeof ratioOfSize;
export const imageSizes = Object.keys(ratioOfSize) as readonly ImageSize[];

/** In pixels. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Source of the named sizes: fal's `ImageSize` schema. Of the ratios: ultra renders about four megapixels. */
const dimensions: Readonly<Record<ImageSize | AspectRatio, Dimensions>> = {
  square: { width: 512, height: 512 },
  square_hd: { width: 1024, height: 1024 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
  '1:1': { width: 2048, height: 2048 },
  '3:4': { width: 1792, height: 2368 },
  '4:3': { width: 2368, height: 1792 },
  '9:16': { width: 1536, height: 2752 },
  '16:9': { width: 2752, height: 1536 },
  '21:9': { width: 3136, height: 1344 },
  '9:21': { width: 1344, height: 3136 },
  '2:3': { width: 1664, height: 2496 },
  '3:2': { width: 2496, height: 1664 },
};

/**
 * The named size that shows `ratio`, or `null` when there is none (ultra's own ratios).
 * 1:1 has two sizes: a preset that is `square` (512 px) stays so, every other becomes `square_hd`.
 */
export function imageSizeFor(ratio: AspectRatio, presetSize: ImageSize | null): ImageSize | null {
  if (ratio === '1:1') return presetSize === 'square' ? 'square' : 'square_hd';
  return imageSizes.find((size) => ratioOfSize[size] === ratio) ?? null;
}

export const aspectRatioOf = (size: ImageSize): AspectRatio => ratioOfSize[size];

/** The picture's size in pixels: of a named size exactly, of a ratio what ultra makes of it. */
export const pixels = (size: ImageSize | AspectRatio): Dimensions => dimensions[size];
