import type { ImageOrder, StartingPicture } from './image-order.js';

export const upscaler = 'fal-ai/clarity-upscaler';

/** Enlarge a stored picture: `factor` times in both directions, 1-4. */
export interface UpscaleOrder {
  readonly endpoint: typeof upscaler;
  readonly prompt: string;
  /** Media-store key of the picture to enlarge; the adapter uploads it. */
  readonly source: string;
  readonly factor: number;
  readonly seed?: number | undefined;
}

/** Everything that can be bought from the image provider. */
export type Order = ImageOrder | UpscaleOrder;

/** The picture that another one is made from; `undefined` for one that is made from words alone, or is enlarged. */
export const startOf = (order: Order): StartingPicture | undefined => ('change' in order ? order : undefined);

/** How much of each model is used: the avatar's, then its companion's. */
export function strengthsIn(order: Order): readonly number[] {
  switch (order.endpoint) {
    case 'fal-ai/flux-lora':
    case 'fal-ai/flux-lora/image-to-image':
      return order.loras.map(({ scale }) => scale);
    case 'fal-ai/flux-pro/finetuned':
    case 'fal-ai/flux-pro/v1.1-ultra-finetuned':
      return [order.finetuneStrength];
    case upscaler:
      return [];
    default:
      return order satisfies never;
  }
}
