import type { Finding } from '../../adapters/cli/cli-host.js';
import {
  costOfGivenCredit,
  lossesAmong,
  type Margin,
  marginsOf,
  worthOfCredit,
} from '../../domain/operator/margins.js';
import { openOffers } from '../open-offers.js';
import type { Resources } from '../resources.js';
import { type Config, ConfigError } from './config.js';
import { openPrices } from './open-price-list.js';
import { openProviderPrices } from './open-provider-prices.js';

type Sold = Pick<Resources, 'prices' | 'offers' | 'providerPrices'>;

/** Says at the start what is sold at a loss, where fal is paid for real. */
export function warnOfLosses(
  { config, log, ...sold }: Sold & Pick<Resources, 'config' | 'log'>,
  now: Date,
): void {
  if (config.mode === 'sandbox') return;
  const { isWarning = false, detail, advice } = describeMargins(sold, now);
  if (isWarning) log.warn(`prices: ${detail}\n${advice}`);
}

/** Whether the files with prices and offers are well, and whether anything is sold for less than it costs. */
export async function checkPrices(config: Config, now: Date): Promise<Finding> {
  try {
    const sold = {
      prices: await openPrices(config),
      offers: await openOffers(config),
      providerPrices: await openProviderPrices(config),
    };
    return { subject: 'prices', ok: true, ...describeMargins(sold, now) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      subject: 'prices',
      ok: false,
      detail: error.message,
      advice: 'Mend the file, then start again.',
    };
  }
}

/** What is sold at a loss, with its numbers; else how well it goes. */
function describeMargins(sold: Sold, now: Date): Pick<Finding, 'detail' | 'advice' | 'isWarning'> {
  const margins = marginsOf(sold, now);
  const given = `a credit given away costs up to ${dollars(costOfGivenCredit(margins))} at fal`;
  const worth = worthOfCredit(sold.offers);
  if (worth === null) return { detail: `no credits are sold; ${given}` };
  const losses = lossesAmong(margins);
  const brings = `a credit brings ${dollars(worth)} at least`;
  if (losses.length === 0)
    return { detail: `${brings}, and nothing costs more at fal than it brings; ${given}` };
  const each = losses.map((loss) => `\n    ${describeLoss(loss, worth)}`).join('');
  return {
    isWarning: true,
    detail: `${brings}, and ${losses.length} of ${margins.length} things are sold for less than fal is reckoned to ask; ${given}:${each}`,
    advice:
      'Raise these prices (PRICES_FILE) or the Stars of the offers: see "Earning with it" in docs/operations.md.',
  };
}

function describeLoss({ sold, credits, brings, cost }: Margin, worth: number): string {
  const asked = cost ?? 0;
  const enough = Math.ceil(asked / worth);
  return `${nameOf(sold)}: ${credits} credits bring ${dollars(brings)}, fal asks ${dollars(asked)}; from ${enough} credits on it pays`;
}

function nameOf(sold: Margin['sold']): string {
  switch (sold.kind) {
    case 'picture':
      return `a picture, ${sold.preset} at ${sold.endpoint}`;
    case 'upscale':
      return 'an enlargement to 4.3 megapixels';
    case 'training':
      return `a training, ${sold.type}, ${sold.speed}`;
    default:
      return sold satisfies never;
  }
}

/** To a hundredth of a cent where it is little. */
const dollars = (amount: number): string => `$${amount < 0.1 ? amount.toFixed(4) : amount.toFixed(2)}`;
