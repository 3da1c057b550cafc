import { type AvatarType, avatarTypes } from '../avatar/avatar-type.js';
import type { Problem } from '../errors.js';
import { endpointIds, endpoints, serves } from '../generation/endpoint-catalogue.js';
import { upscaler } from '../generation/order.js';
import type { PicturePrice, PicturePrices } from '../generation/picture-price.js';
import { isPresetName, presetNames } from '../generation/preset.js';
import { type TrainingSpeed, trainingSpeeds } from '../training/training-order.js';

/** A line of the operator's price list. What is `null` is left open: the line holds for all of them. */
export interface ListedPrice {
  readonly preset: string | null;
  readonly endpoint: string | null;
  /** The type of avatar that is trained; with it neither of the two above. */
  readonly training: string | null;
  readonly speed: string | null;
  readonly credits: number;
}

type TrainingPrices = Readonly<Record<AvatarType, Readonly<Record<TrainingSpeed, number>>>>;

/** All that is asked for in credits. */
export interface Prices extends PicturePrices {
  /** For each begun 4.3 megapixels of the result, see `upscalePrice`. */
  readonly priceUpscale: number;
  readonly training: TrainingPrices;
}

/** The prices with the list laid over them. A line for one speed comes before one for all. */
export function pricesWithList(usual: Prices, list: readonly ListedPrice[]): Prices {
  const trained = (type: AvatarType, speed: TrainingSpeed): number => {
    const find = (at: TrainingSpeed | null) =>
      list.find((line) => line.training === type && line.speed === at)?.credits;
    return find(speed) ?? find(null) ?? usual.training[type][speed];
  };
  const rates = (type: AvatarType) => ({
    fast: trained(type, 'fast'),
    balanced: trained(type, 'balanced'),
    quality: trained(type, 'quality'),
  });
  return {
    priceImage: usual.priceImage,
    picturePrices: list.flatMap(pictureLine),
    priceUpscale: list.find(({ endpoint }) => endpoint === upscaler)?.credits ?? usual.priceUpscale,
    training: { portrait: rates('portrait'), artistic: rates('artistic') },
  };
}

function pictureLine({ preset, endpoint, training, credits }: ListedPrice): PicturePrice[] {
  if (training !== null || endpoint === upscaler) return [];
  return [{ preset: isPresetName(preset) ? preset : null, endpoint, credits }];
}

const mostCredits = 999_999;
const sold = [...endpointIds, upscaler];

/** Everything that is wrong with a list of prices, as data: fields are named `prices[0].credits`. */
export function listProblems(list: readonly ListedPrice[]): Problem[] {
  const names = list.map(nameOf);
  return list.flatMap((line, index) => {
    const { preset, endpoint, training, speed, credits } = line;
    const problem = (field: keyof ListedPrice, code: Problem['code'], allowed: string): Problem => ({
      ...{ field: `prices[${index}].${field}`, code, received: String(line[field]), allowed },
    });
    const among = (field: keyof ListedPrice, allowed: readonly string[]): Problem[] =>
      line[field] === null || allowed.some((each) => each === line[field])
        ? []
        : [problem(field, 'unknown_value', allowed.join(', '))];
    const isWhole = Number.isInteger(credits) && credits >= 0 && credits <= mostCredits;
    const unknown = [
      ...among('preset', presetNames),
      ...among('endpoint', sold),
      ...among('training', avatarTypes),
      ...among('speed', trainingSpeeds),
      ...(isWhole ? [] : [problem('credits', 'out_of_range', `0-${mostCredits}`)]),
    ];
    if (unknown.length > 0) return unknown;
    if (preset === null && endpoint === null && training === null)
      return [problem('preset', 'required', 'preset, endpoint or training')];
    if (training !== null && preset !== null) return [problem('preset', 'not_supported', 'without training')];
    if (training !== null && endpoint !== null)
      return [problem('endpoint', 'not_supported', 'without training')];
    if (speed !== null && training === null) return [problem('speed', 'not_supported', 'with training')];
    if (preset !== null && endpoint !== null && !goTogether(preset, endpoint))
      return [problem('endpoint', 'not_supported', placesOf(preset).join(', '))];
    return names.indexOf(nameOf(line)) === index
      ? []
      : [problem('credits', 'out_of_range', `one price for ${nameOf(line)}`)];
  });
}

const placesOf = (preset: string): string[] =>
  endpointIds.filter((id) => isPresetName(preset) && serves(endpoints[id], preset));

const goTogether = (preset: string, endpoint: string): boolean => placesOf(preset).includes(endpoint);

const nameOf = ({ preset, endpoint, training, speed }: ListedPrice): string =>
  [preset, endpoint, training, speed].filter((part) => part !== null).join(' + ');
