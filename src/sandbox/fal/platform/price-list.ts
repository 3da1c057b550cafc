/** What one unit of an endpoint's work costs, in dollars. */
export interface Price {
  readonly unit: string;
  readonly unit_price: number;
}

const prices: Readonly<Record<string, Price>> = {
  'fal-ai/flux-lora': { unit: 'megapixel', unit_price: 0.035 },
  'fal-ai/flux-lora/image-to-image': { unit: 'megapixel', unit_price: 0.035 },
  'fal-ai/flux-pro/finetuned': { unit: 'image', unit_price: 0.06 },
  'fal-ai/flux-pro/v1.1-ultra-finetuned': { unit: 'image', unit_price: 0.07 },
  'fal-ai/clarity-upscaler': { unit: 'megapixel', unit_price: 0.03 },
  'fal-ai/flux-lora-portrait-trainer': { unit: 'step', unit_price: 0.0024 },
  'fal-ai/flux-lora-fast-training': { unit: 'step', unit_price: 0.002 },
  'openrouter/router': { unit: 'request', unit_price: 0.0005 },
  'openrouter/router/vision': { unit: 'request', unit_price: 0.0005 },
};

/** One price for all plain pictures: that of `fal-ai/flux/dev` in fal's documentation. */
const plain: Price = { unit: 'image', unit_price: 0.025 };

/** The bill and the price list say the same. */
export const priceOf = (endpoint: string): Price => prices[endpoint] ?? plain;
