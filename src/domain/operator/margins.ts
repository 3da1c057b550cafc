import { type AvatarType, avatarTypes } from '../avatar/avatar-type.js';
import { aspectRatioOf, pixels } from '../generation/aspect-ratio.js';
import { endpoints, trainedEndpoint } from '../generation/endpoint-catalogue.js';
import { upscaler } from '../generation/order.js';
import { type Priced, picturePrice, pricedPictures } from '../generation/picture-price.js';
import { defaultPreset, presets } from '../generation/preset.js';
import { pixelsOfOnePrice } from '../generation/upscale.js';
import { costOf, type ProviderPrice, type Work } from '../provider-prices.js';
import { proofCells } from '../training/proof-sheet.js';
import { type TrainingSpeed, trainingOrder, trainingSpeeds } from '../training/training-order.js';
import { dollarsOfStar } from './numbers.js';
import type { Prices } from './price-list.js';

/** Something that credits buy. */
export type Sold =
  | ({ readonly kind: 'picture' } & Pick<Priced, 'preset' | 'endpoint'>)
  | { readonly kind: 'upscale' }
  | { readonly kind: 'training'; readonly type: AvatarType; readonly speed: TrainingSpeed };

/** What one of it brings and costs, in dollars. */
export interface Margin {
  readonly sold: Sold;
  readonly credits: number;
  readonly brings: number;
  /** At fal; `null`: nobody knows. */
  readonly cost: number | null;
}

/** Credits that are sold together. */
interface Pack {
  readonly credits: number;
  readonly stars: number;
}

interface Circumstances {
  readonly prices: Prices;
  readonly offers: readonly Pack[];
  readonly providerPrices: readonly ProviderPrice[];
}

/** What a credit brings at least: in dollars, by the offer that sells them cheapest. `null`: none are sold. */
export function worthOfCredit(offers: readonly Pack[]): number | null {
  if (offers.length === 0) return null;
  return Math.min(...offers.map(({ stars, credits }) => stars / credits)) * dollarsOfStar;
}

/** Of everything that credits buy: each preset at each endpoint, an enlargement, each training with its proof sheet. */
export function marginsOf({ prices, offers, providerPrices }: Circumstances, now: Date): Margin[] {
  const worth = worthOfCredit(offers) ?? 0;
  const margin = (sold: Sold, credits: number, ...works: readonly Work[]): Margin => {
    const costs = works.map((work) => costOf(work, providerPrices, now));
    const cost = costs.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0);
    return { sold, credits, brings: credits * worth, cost: cost === null ? null : cost / 1_000_000 };
  };
  return [
    ...pricedPictures.map((priced) =>
      margin({ kind: 'picture', ...priced }, picturePrice(prices, priced), workOfPicture(priced)),
    ),
    margin({ kind: 'upscale' }, prices.priceUpscale, {
      endpoint: upscaler,
      images: 1,
      pixels: pixelsOfOnePrice,
    }),
    ...avatarTypes.flatMap((type) =>
      trainingSpeeds.map((speed) =>
        margin(
          { kind: 'training', type, speed },
          prices.training[type][speed],
          trainingOrder(type, speed, { trigger: '', photos: [] }),
          ...proofCells(type).map(() => workOfPicture(proofPicture)),
        ),
      ),
    ),
  ];
}

/** Each of a proof sheet, which comes with the training for nothing. */
const proofPicture: Priced = {
  preset: defaultPreset,
  endpoint: trainedEndpoint,
  steps: presets[defaultPreset].steps,
};

/** One picture as its preset has it. */
function workOfPicture({ preset, endpoint, steps }: Priced): Work {
  const { imageSize, aspectRatio } = presets[preset];
  const ratio = imageSize === null ? aspectRatio : aspectRatioOf(imageSize);
  const { width, height } = pixels(
    imageSize !== null && endpoints[endpoint].family === 'image_size' ? imageSize : ratio,
  );
  return { endpoint, images: 1, pixels: width * height, ...(steps !== null && { steps }) };
}

/** Those that cost more than they bring. */
export const lossesAmong = (margins: readonly Margin[]): Margin[] =>
  margins.filter(({ brings, cost }) => cost !== null && cost > brings);

/** What a credit that was given away costs at most: in dollars, spent on what gives the most for it. */
export const costOfGivenCredit = (margins: readonly Margin[]): number =>
  Math.max(
    0,
    ...margins.flatMap(({ credits, cost }) => (cost === null || credits === 0 ? [] : [cost / credits])),
  );
