import type {
  FinetuneOrder,
  LoraOrder,
  LoraVariationOrder,
  UltraFinetuneOrder,
} from '../../../src/domain/generation/image-order.js';
import type { UpscaleOrder } from '../../../src/domain/generation/order.js';

/** A portrait with the preset `balanced`. */
export const anOrder = (changes: Partial<LoraOrder> = {}): LoraOrder => ({
  endpoint: 'fal-ai/flux-lora',
  prompt: 'TOK in medieval armor',
  loras: [{ url: 'https://weights.example/person.safetensors', scale: 1 }],
  imageSize: 'square_hd',
  steps: 28,
  guidance: 3.5,
  count: 1,
  format: 'jpeg',
  safetyChecker: true,
  ...changes,
});

export const aFinetuneOrder = (changes: Partial<FinetuneOrder> = {}): FinetuneOrder => ({
  endpoint: 'fal-ai/flux-pro/finetuned',
  prompt: 'ARTST beautiful landscape',
  finetuneId: 'finetune-of-a-style',
  finetuneStrength: 1,
  imageSize: 'square_hd',
  steps: 28,
  guidance: 3.5,
  safetyTolerance: '2',
  count: 1,
  format: 'jpeg',
  ...changes,
});

export const anUltraOrder = (changes: Partial<UltraFinetuneOrder> = {}): UltraFinetuneOrder => ({
  endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned',
  prompt: 'ARTST beautiful landscape',
  finetuneId: 'finetune-of-a-style',
  finetuneStrength: 1.1,
  aspectRatio: '16:9',
  safetyTolerance: '2',
  safetyChecker: true,
  raw: false,
  count: 1,
  format: 'jpeg',
  ...changes,
});

export const anUpscaleOrder = (changes: Partial<UpscaleOrder> = {}): UpscaleOrder => ({
  endpoint: 'fal-ai/clarity-upscaler',
  prompt: 'TOK in medieval armor',
  source: 'images/source.jpg',
  factor: 2,
  ...changes,
});

export const aVariationOrder = (changes: Partial<LoraVariationOrder> = {}): LoraVariationOrder => ({
  ...anOrder(),
  endpoint: 'fal-ai/flux-lora/image-to-image',
  source: 'images/1.jpg',
  change: 0.7,
  ...changes,
});
