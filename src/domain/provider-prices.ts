import type { Problem } from './errors.js';

/**
 * What a price is for. `megapixel`: a million pixels of what comes out. `begun_megapixel`: each picture's are rounded up,
 * and one of 1024 × 1024 has one.
 */
export const priceUnits = ['image', 'megapixel', 'begun_megapixel', 'step'] as const;
export type PriceUnit = (typeof priceUnits)[number];

/** What an endpoint asks for a unit of its work. */
export interface ProviderPrice {
  readonly endpoint: string;
  readonly unit: PriceUnit;
  readonly dollars: number;
  /** The first day that it holds on, in UTC: `2026-11-27`. */
  readonly from: string;
}

/** What one job asks an endpoint for. Nothing of a kind that is not known. */
export interface Work {
  readonly endpoint: string;
  readonly images?: number;
  /** Of one picture that comes out, in pixels. */
  readonly pixels?: number;
  readonly steps?: number;
}

/**
 * Where each was read, on 2026-11-27. fal's own pages: the upscaler, $0.03 per megapixel. Quoted from them by others:
 * flux-lora, $0.035 per megapixel, rounded up; the portrait trainer, $0.0024 per step; the style trainer, $2 per 1000
 * steps. A picture made from a picture was seen nowhere and is taken for one made from words. For the finetunes stands
 * what their maker, Black Forest Labs, asks for a picture; fal's own price was not seen.
 */
export const usualPrices: readonly ProviderPrice[] = (
  [
    ['fal-ai/flux-lora', 'begun_megapixel', 0.035],
    ['fal-ai/flux-lora/image-to-image', 'begun_megapixel', 0.035],
    ['fal-ai/flux-pro/finetuned', 'image', 0.06],
    ['fal-ai/flux-pro/v1.1-ultra-finetuned', 'image', 0.07],
    ['fal-ai/clarity-upscaler', 'megapixel', 0.03],
    ['fal-ai/flux-lora-portrait-trainer', 'step', 0.0024],
    ['fal-ai/flux-lora-fast-training', 'step', 0.002],
  ] as const
).map(([endpoint, unit, dollars]) => ({ endpoint, unit, dollars, from: '2026-11-27' }));

/** The operator's own come first: of an endpoint that they name, no usual one is left. */
export const pricesWith = (own: readonly ProviderPrice[]): readonly ProviderPrice[] => [
  ...own,
  ...usualPrices.filter(({ endpoint }) => own.every((each) => each.endpoint !== endpoint)),
];

const begunMegapixel = 1024 * 1024;

/**
 * What the work will cost, in millionths of a dollar: these add up without rounding. Before the first day of its
 * endpoint's prices the first one holds. `null`: nobody knows what the endpoint asks.
 */
export function costOf(work: Work, prices: readonly ProviderPrice[], now: Date): number | null {
  const day = now.toISOString().slice(0, 10);
  const known = prices
    .filter(({ endpoint }) => endpoint === work.endpoint)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  const price = known.filter(({ from }) => from <= day).at(-1) ?? known[0];
  const units = price === undefined ? null : unitsOf(work, price.unit);
  return price === undefined || units === null ? null : Math.round(units * price.dollars * 1_000_000);
}

function unitsOf({ images, pixels, steps }: Work, unit: PriceUnit): number | null {
  switch (unit) {
    case 'image':
      return images ?? null;
    case 'megapixel':
      return images === undefined || pixels === undefined ? null : (images * pixels) / 1_000_000;
    case 'begun_megapixel':
      return images === undefined || pixels === undefined
        ? null
        : images * Math.ceil(pixels / begunMegapixel);
    case 'step':
      return steps === undefined ? null : steps * (images ?? 1);
    default:
      return unit satisfies never;
  }
}

/** Everything that is wrong with a list of prices, as data: fields are named `prices[0].dollars`. */
export function priceProblems(prices: readonly ProviderPrice[]): Problem[] {
  return prices.flatMap(({ endpoint, unit, dollars, from }, index) => {
    const checks: readonly (readonly [boolean, string, unknown, string])[] = [
      [/^[\w.-]+(\/[\w.-]+)+$/.test(endpoint), 'endpoint', endpoint, 'the name of an endpoint at fal'],
      [priceUnits.includes(unit), 'unit', unit, priceUnits.join(', ')],
      [dollars >= 0 && dollars <= 1000, 'dollars', dollars, '0-1000'],
      [isDay(from), 'from', from, 'a day like 2026-11-27'],
    ];
    return checks
      .filter(([isRight]) => !isRight)
      .map(([, field, received, allowed]) => ({
        field: `prices[${index}].${field}`,
        code: 'out_of_range' as const,
        received: String(received),
        allowed,
      }));
  });
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text.length === 10;
}
