import type { ImageOrder } from './image-order.js';

/** Enlarge a stored picture: `factor` times in both directions, 1-4. */
export interface UpscaleOrder {
  readonly endpoint: 'fal-ai/clarity-upscaler';
  readonly prompt: string;
  /** Media-store key of the picture to enlarge; the adapter uploads it. */
  readonly source: string;
  readonly factor: number;
  readonly seed?: number | undefined;
}

/** Everything that can be bought from the image provider. */
export type Order = ImageOrder | UpscaleOrder;
