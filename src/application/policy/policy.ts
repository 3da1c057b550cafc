import type { Allowances } from '../../domain/allowance.js';
import type { Quotas } from '../../domain/budget.js';
import type { PicturePrices } from '../../domain/generation/picture-price.js';
import { type PresetName, presets } from '../../domain/generation/preset.js';
import type { UserId } from '../../domain/ids.js';
import type { ProviderPrice } from '../../domain/provider-prices.js';

/** What the operator decides. Prices in whole credits, times in seconds. */
export interface Policy extends PicturePrices {
  /** For each begun 4.3 megapixels of the result, see `upscalePrice`. */
  readonly priceUpscale: number;
  /** What fal's work is reckoned to cost. */
  readonly providerPrices: readonly ProviderPrice[];
  readonly welcomeCredits: number;
  /** So many paid orders of a person are asked about before they are charged, unless they chose otherwise. */
  readonly confirmFirstOrders: number;
  /** fal jobs in flight at once, over all processes, and of one user. */
  readonly inFlightTotal: number;
  readonly inFlightPerUser: number;
  /** Jobs of one user that may wait or run at once. */
  readonly openPerUser: number;
  /** Whether fal will call us: then a doubtful submit waits for its webhook, and polling is only a safety net. */
  readonly webhooks: boolean;
  /** Roll a blocked picture again once, with another seed. */
  readonly rerollBlocked: boolean;
  /** Empty: everybody may come in. */
  readonly allowedUsers: ReadonlySet<UserId>;
  /** Operators. */
  readonly admins: ReadonlySet<UserId>;
  /** What a person may use a day of what is free. */
  readonly allowances: Allowances;
  /** Limits of what people may order. */
  readonly quotas: Quotas;
  /** LoRA addresses on this machine are fine: the sandbox. */
  readonly localAddresses: boolean;
}

/** Steps on one row that came to no end, one after the other, before it is given up: some twenty minutes. */
export const maximumTries = 12;
/** The same for an update of a way in, which is tried again every few seconds: about a minute. */
export const maximumUpdateTries = 20;
/** Whatever is still open after this, by time that was seen to pass, is ended and released. */
export const openAtMostSeconds = 86_400;

/** How long a step may hold a row before others think it dead. */
export const leaseSeconds = 60;

/**
 * How often outstanding jobs are asked about when nothing is heard of them: the safety net below webhooks and
 * streams, which tell of events themselves.
 */
export const pollSeconds = 15;

/** How soon a question that got no answer is asked again, unless the provider says otherwise. */
export const askAgainSeconds = 2;

/** When a result that could not be read is asked for again: 2, 6, 18 and 54 seconds after the one before. */
export const readAgainSeconds = (failures: number): number => 2 * 3 ** failures;

/** How long a submit that ended in doubt waits for its webhook before it is bought again. */
export const doubtSeconds = (policy: Policy, preset: PresetName | null): number =>
  policy.webhooks ? 30 + 2 * expectedSeconds(preset) : 0;

/** After this a job that fal took is given up: ten times what it should take, at least ten minutes. */
export const deadlineSeconds = (preset: PresetName | null): number =>
  Math.max(600, 10 * expectedSeconds(preset));

function expectedSeconds(preset: PresetName | null): number {
  const expected = preset === null ? null : presets[preset].expectedSeconds;
  return expected?.to ?? 60;
}
