import type { AvatarModel } from '../avatar/avatar-model.js';
import {
  type Catalogue,
  type EndpointId,
  endpointIds,
  endpoints,
  firstChoice,
  serves,
} from './endpoint-catalogue.js';
import { type Generation, heldFor, imagesOrdered } from './generation.js';
import type { ImageOrder } from './image-order.js';
import { upscaler } from './order.js';
import type { Overrides } from './overrides.js';
import { type PresetName, presetNames, presets } from './preset.js';
import { endpointFor } from './routing.js';

/** What the operator asks for pictures of this preset, of this endpoint, or of both together; `null`: of any. */
export interface PicturePrice {
  readonly preset: PresetName | null;
  readonly endpoint: string | null;
  readonly credits: number;
}

/** Whole credits for one picture. */
export interface PicturePrices {
  /** Where no other price is named. */
  readonly priceImage: number;
  readonly picturePrices: readonly PicturePrice[];
}

/** What the price of a picture depends on. */
export interface Priced {
  readonly preset: PresetName;
  readonly endpoint: EndpointId;
  /** `null`: the endpoint takes no such thing. */
  readonly steps: number | null;
}

/**
 * What one picture costs. The price of its preset at its endpoint is asked first, then that of the preset, then that of
 * the endpoint. More steps than the preset has cost no less than the cheapest preset with as many: a draft of 50 steps
 * is no draft.
 */
export function picturePrice(prices: PicturePrices, { preset, endpoint, steps }: Priced): number {
  const credits = listed(prices, preset, endpoint);
  const usual = presets[preset].steps;
  if (steps === null || usual === null || steps <= usual) return credits;
  const asMany = presetNames.filter((name) => (presets[name].steps ?? 0) >= steps);
  if (asMany.length === 0) return credits;
  return Math.max(credits, Math.min(...asMany.map((name) => listed(prices, name, endpoint))));
}

function listed(
  { priceImage, picturePrices }: PicturePrices,
  preset: PresetName,
  endpoint: EndpointId,
): number {
  const find = (of: PresetName | null, at: EndpointId | null) =>
    picturePrices.find((price) => price.preset === of && price.endpoint === at)?.credits;
  return find(preset, endpoint) ?? find(preset, null) ?? find(null, endpoint) ?? priceImage;
}

/** Every preset at every endpoint that makes pictures of it. */
export const pricedPictures: readonly Priced[] = presetNames.flatMap((preset) =>
  endpointIds
    .filter((id) => serves(endpoints[id], preset))
    .map((endpoint) => ({
      preset,
      endpoint,
      steps: endpoints[endpoint].steps === null ? null : presets[preset].steps,
    })),
);

/** The cheapest and the dearest picture. */
export function pictureBounds(prices: PicturePrices): { readonly from: number; readonly to: number } {
  const all = pricedPictures.map((each) => picturePrice(prices, each));
  return { from: Math.min(...all), to: Math.max(...all) };
}

interface Quoted {
  readonly preset: PresetName;
  readonly overrides: Pick<Overrides, 'steps'>;
  /** Made from another picture. */
  readonly fromPicture?: boolean;
  readonly catalogue: Catalogue;
}

/** What one picture would cost. What cannot be had at all has the usual price: its order is refused. */
export function quotedPrice(prices: PicturePrices, model: Pick<AvatarModel, 'kind'>, quoted: Quoted): number {
  const { preset, overrides, fromPicture, catalogue } = quoted;
  const endpoint = endpointFor(model, preset, catalogue, fromPicture);
  if (endpoint === undefined) return prices.priceImage;
  const steps = endpoint.steps === null ? null : (overrides.steps ?? presets[preset].steps);
  return picturePrice(prices, { preset, endpoint: endpoint.id, steps });
}

/** What the price of an order depends on. */
export const pricedIn = (order: ImageOrder, preset: PresetName): Priced => ({
  preset,
  endpoint: order.endpoint,
  steps: 'steps' in order ? order.steps : null,
});

/** Credits for the same once more, at today's price; for an enlargement at the price that it had. */
export function priceAgain(generation: Generation, prices: PicturePrices): number {
  const { preset, order } = generation;
  if (preset === null || order.endpoint === upscaler) return heldFor(generation);
  return picturePrice(prices, pricedIn(order, preset)) * imagesOrdered(order);
}

/** Credits for the same with another preset, whose steps are its own. */
export function priceWithPreset(generation: Generation, preset: PresetName, prices: PicturePrices): number {
  const { order } = generation;
  if (order.endpoint === upscaler) return heldFor(generation);
  const endpoint = firstChoice(endpoints[order.endpoint].needs, preset)?.id ?? order.endpoint;
  return picturePrice(prices, { preset, endpoint, steps: null }) * imagesOrdered(order);
}

/** Credits for one more picture that is made from one of this job's. */
export function priceOfVariation(generation: Generation, prices: PicturePrices): number {
  const { preset, order } = generation;
  if (preset === null || order.endpoint === upscaler) return heldFor(generation);
  const priced = pricedIn(order, preset);
  const fromPicture = firstChoice(endpoints[order.endpoint].needs, preset, true)?.id;
  return picturePrice(prices, { ...priced, endpoint: fromPicture ?? priced.endpoint });
}
