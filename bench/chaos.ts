import { runChaos } from '../test/support/chaos/chaos.js';
import { readChaosOptions } from './chaos-options.js';
import { payUnderFire } from './chaos-payments.js';
import { growUnderFire } from './chaos-scale.js';

/**
 * Minutes under fire: `npm run chaos -- --seed 7 --generations 400`, for money alone `npm run chaos payments`,
 * and on seven machines `npm run chaos scale`. Exits with 1 on any breach.
 */
const [what, ...rest] = process.argv.slice(2);
const others: Readonly<Record<string, typeof payUnderFire>> = {
  payments: payUnderFire,
  scale: growUnderFire,
};
const other = others[what ?? ''];
const breaches = await (other === undefined ? workUnderFire(process.argv.slice(2)) : other(rest));
for (const breach of breaches) console.error(`BREACH: ${breach}`);
process.exitCode = breaches.length === 0 ? 0 : 1;

async function workUnderFire(args: string[]): Promise<readonly string[]> {
  const options = readChaosOptions(
    args,
    {
      ...{ people: 40, workers: 2, seconds: 60, kills: 12, pauses: 2 },
      // A training whose order is in doubt waits for minutes for its webhook.
      settle: 900,
      ...{ generations: 400, trainings: 10, payments: 200, broadcasts: 6, hold: 1 },
    },
    ['world'],
  );
  const worldFaults = options.isOn('world') ? { hold: options.hold } : null;
  const report = await runChaos({ ...options, worldFaults });
  const {
    byStatus,
    breaches,
    ledgerBreaches: _,
    open,
    lost,
    untold,
    unanswered,
    trainingTroubles,
    boughtTwice,
    boughtNeedlessly,
    money,
    news,
    ...numbers
  } = report;
  console.table({
    seed: options.seed,
    ...numbers,
    open: open.length > 0,
    lost: lost.length,
    untold: untold.length,
    unanswered: unanswered.length,
    trainingTroubles: trainingTroubles.length,
    boughtNeedlessly: boughtNeedlessly.length,
    payments: money.payments,
    'payments that went back': money.returned,
    'Stars amiss': money.starsAmiss,
    broadcasts: news.broadcasts,
    'broadcasts that were stopped': news.stopped,
    'copies of broadcasts': news.copies,
    'copies that came twice': news.copiesTwice,
    ...byStatus,
  });
  for (const purchases of boughtTwice) console.error(`bought twice: ${purchases}`);
  return breaches;
}
