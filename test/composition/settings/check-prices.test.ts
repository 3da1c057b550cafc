import { expect, test } from 'vitest';
import { openOffers } from '../../../src/composition/open-offers.js';
import { warnOfLosses } from '../../../src/composition/settings/check-prices.js';
import { loadConfig } from '../../../src/composition/settings/config.js';
import { openPrices } from '../../../src/composition/settings/open-price-list.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';

const now = new Date('2026-12-01T00:00:00Z');
const live = { MODE: 'live', TELEGRAM_BOT_TOKEN: '7:token', FAL_KEY: 'key' };

async function warnings(variables: Record<string, string>, isSelling = true): Promise<string[]> {
  const log = new RecordingLogger();
  const config = loadConfig(variables);
  const offers = isSelling ? await openOffers(config) : [];
  warnOfLosses({ config, log, offers, prices: await openPrices(config), providerPrices: usualPrices }, now);
  return log.at('warn');
}

test('a live start names what is sold at a loss, once and with the numbers', async () => {
  const [only, ...others] = await warnings(live);
  expect(others).toEqual([]);
  expect(only).toContain('a training, portrait, quality: 240 credits bring $3.43, fal asks $9.81');
  expect(only).toContain('PRICES_FILE');
});

test('nothing is said where trainings bring more than they cost, where nothing is sold, and in the sandbox', async () => {
  const dear = { PRICE_TRAINING: '700', PRICE_TRAINING_FAST: '700' };
  expect(await warnings({ ...live, ...dear })).toEqual([]);
  expect(await warnings(live, false)).toEqual([]);
  expect(await warnings({ MODE: 'sandbox' })).toEqual([]);
});
