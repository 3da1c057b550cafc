import { parseArgs } from 'node:util';
import { type ChaosReport, runChaos } from '../test/support/chaos/chaos.js';
import { payUnderFire } from './chaos-payments.js';

/**
 * Minutes under fire: `npm run chaos -- --seed 7 --generations 400`, and for money alone `npm run chaos payments`. Exits
 * with 1 on any breach.
 */
const [what, ...rest] = process.argv.slice(2);
const breaches = what === 'payments' ? await payUnderFire(rest) : await workUnderFire(process.argv.slice(2));
for (const breach of breaches) console.error(`BREACH: ${breach}`);
process.exitCode = breaches.length === 0 ? 0 : 1;

async function workUnderFire(args: string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
      generations: { type: 'string', default: '400' },
      people: { type: 'string', default: '40' },
      workers: { type: 'string', default: '2' },
      seconds: { type: 'string', default: '60' },
      kills: { type: 'string', default: '12' },
      'database-crashes': { type: 'string', default: '2' },
      pauses: { type: 'string', default: '2' },
      // Longer than the minute after which a silent worker is taken for dead, and than a lease.
      'pause-seconds': { type: 'string', default: '75' },
      trainings: { type: 'string', default: '10' },
      payments: { type: 'string', default: '200' },
      world: { type: 'boolean', default: false },
      hold: { type: 'string', default: '1' },
      settle: { type: 'string', default: '300' },
      polling: { type: 'boolean', default: false },
    },
  });

  const from = Date.now();
  const report: ChaosReport = await runChaos({
    seed: Number(values.seed),
    generations: Number(values.generations),
    people: Number(values.people),
    workers: Number(values.workers),
    seconds: Number(values.seconds),
    kills: Number(values.kills),
    databaseCrashes: Number(values['database-crashes']),
    pauses: Number(values.pauses),
    pauseSeconds: Number(values['pause-seconds']),
    webhooks: !values.polling,
    trainings: Number(values.trainings),
    payments: Number(values.payments),
    worldFaults: values.world ? { hold: Number(values.hold) } : null,
    settleSeconds: Number(values.settle),
    say: (line) => console.error(`${((Date.now() - from) / 1000).toFixed(1).padStart(6)} s  ${line}`),
  });
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
    ...numbers
  } = report;
  console.table({
    seed: Number(values.seed),
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
    ...byStatus,
  });
  for (const purchases of boughtTwice) console.error(`bought twice: ${purchases}`);
  return breaches;
}
