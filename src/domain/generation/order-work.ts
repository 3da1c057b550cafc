import type { Work } from '../provider-prices.js';
import { type Dimensions, pixels } from './aspect-ratio.js';
import { type Order, upscaler } from './order.js';

const area = ({ width, height }: Dimensions): number => width * height;

/** What the order asks its endpoint for. `source`: the size of the picture that is enlarged. */
export function workOf(order: Order, source?: Dimensions): Work {
  const { endpoint } = order;
  switch (order.endpoint) {
    case 'fal-ai/flux-lora':
    case 'fal-ai/flux-lora/image-to-image':
    case 'fal-ai/flux-pro/finetuned':
      return { endpoint, images: order.count, pixels: area(pixels(order.imageSize)), steps: order.steps };
    case 'fal-ai/flux-pro/v1.1-ultra-finetuned':
      return { endpoint, images: order.count, pixels: area(pixels(order.aspectRatio)) };
    case upscaler:
      return { endpoint, images: 1, ...(source && { pixels: area(source) * order.factor ** 2 }) };
    default:
      return order satisfies never;
  }
}
