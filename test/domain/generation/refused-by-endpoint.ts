import type {
  ImageOrder,
  LoraOrder,
  LoraVariationOrder,
} from '../../../src/domain/generation/image-order.js';

const between = (value: number, from: number, to: number) => value >= from && value <= to;
const wholeBetween = (value: number, from: number, to: number) =>
  Number.isInteger(value) && between(value, from, to);

const sizes = ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'];
const ratios = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21'];

/** Written from fal's schemas alone, without the tables under test: the names of fields fal would refuse. */
export function refusedByEndpoint(order: ImageOrder): string[] {
  const checks: Record<string, boolean> = {
    prompt: order.prompt.trim().length > 0,
    count: wholeBetween(order.count, 1, 4),
    seed: order.seed === undefined || wholeBetween(order.seed, 0, 4_294_967_295),
    format: ['jpeg', 'png'].includes(order.format),
    ...ofEndpoint(order),
  };
  const known = [...Object.keys(checks), 'endpoint'];
  return [
    ...Object.keys(checks).filter((field) => !checks[field]),
    ...Object.keys(order).filter((field) => !known.includes(field)),
  ];
}

function ofEndpoint(order: ImageOrder): Record<string, boolean> {
  switch (order.endpoint) {
    case 'fal-ai/flux-lora':
      return ofLora(order);
    case 'fal-ai/flux-lora/image-to-image':
      return { ...ofLora(order), source: order.source !== '', change: between(order.change, 0.01, 1) };
    case 'fal-ai/flux-pro/finetuned':
      return {
        finetuneId: order.finetuneId !== '',
        finetuneStrength: between(order.finetuneStrength, 0, 2),
        imageSize: sizes.includes(order.imageSize),
        steps: wholeBetween(order.steps, 1, 50),
        guidance: between(order.guidance, 1.5, 5),
        safetyTolerance: ['1', '2', '3'].includes(order.safetyTolerance),
      };
    case 'fal-ai/flux-pro/v1.1-ultra-finetuned':
      return {
        finetuneId: order.finetuneId !== '',
        finetuneStrength: between(order.finetuneStrength, 0, 2),
        aspectRatio: ratios.includes(order.aspectRatio),
        safetyTolerance: ['1', '2', '3'].includes(order.safetyTolerance),
        safetyChecker: order.safetyChecker,
        raw: typeof order.raw === 'boolean',
      };
    default:
      return order satisfies never;
  }
}

const ofLora = (order: LoraOrder | LoraVariationOrder): Record<string, boolean> => ({
  loras: order.loras.length > 0 && order.loras.every(({ scale }) => between(scale, 0, 4)),
  imageSize: sizes.includes(order.imageSize),
  steps: wholeBetween(order.steps, 1, 50),
  guidance: between(order.guidance, 0, 35),
  safetyChecker: order.safetyChecker,
});
