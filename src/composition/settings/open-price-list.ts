import {
  type ListedPrice,
  listProblems,
  type Prices,
  pricesWithList,
} from '../../domain/operator/price-list.js';
import type { Config } from './config.js';
import { readListFile } from './read-list-file.js';

const keys = ['preset', 'endpoint', 'training', 'speed', 'credits'];

/** What people are asked for: the settings, and the operator's list over them. @throws ConfigError naming all that is wrong */
export async function openPrices(
  config: Pick<Config, 'pricesFile' | 'policy' | 'trainingPolicy'>,
): Promise<Prices> {
  const { pricesFile: path, policy, trainingPolicy } = config;
  const { priceImage, priceUpscale } = policy;
  const usual = { priceImage, picturePrices: [], priceUpscale, training: trainingPolicy.prices };
  if (path === null) return usual;
  const file = { setting: 'PRICES_FILE', path, items: 'prices', keys };
  return pricesWithList(usual, await readListFile(file, asLine, listProblems));
}

/** What has another type becomes a value that the checks refuse. */
function asLine(entry: Readonly<Record<string, unknown>>): ListedPrice {
  const { preset, endpoint, training, speed, credits } = entry;
  const name = (value: unknown) => (value === undefined ? null : String(value));
  return {
    preset: name(preset),
    endpoint: name(endpoint),
    training: name(training),
    speed: name(speed),
    credits: typeof credits === 'number' ? credits : Number.NaN,
  };
}
