import { type ProviderPrice, priceProblems, pricesWith, priceUnits } from '../../domain/provider-prices.js';
import type { Config } from './config.js';
import { readListFile } from './read-list-file.js';

const keys = ['endpoint', 'unit', 'dollars', 'from'];

/** What fal asks: the operator's file before what comes with the program. @throws ConfigError naming all that is wrong */
export async function openProviderPrices({
  falPricesFile: path,
}: Pick<Config, 'falPricesFile'>): Promise<readonly ProviderPrice[]> {
  if (path === null) return pricesWith([]);
  const file = { setting: 'FAL_PRICES_FILE', path, items: 'prices', keys };
  return pricesWith(await readListFile(file, asPrice, priceProblems));
}

/** What has another type becomes a value that the checks refuse. */
const asPrice = ({ endpoint, unit, dollars, from }: Readonly<Record<string, unknown>>): ProviderPrice => ({
  endpoint: typeof endpoint === 'string' ? endpoint : '',
  // Checked after: what is no unit of ours is named as a problem.
  unit: priceUnits.find((each) => each === unit) ?? (String(unit) as ProviderPrice['unit']),
  dollars: typeof dollars === 'number' ? dollars : Number.NaN,
  from: typeof from === 'string' ? from : '',
});
