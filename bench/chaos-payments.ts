import { parseArgs } from 'node:util';
import { runPaymentChaos } from '../test/support/chaos/payments/chaos-payments.js';

/** `npm run chaos payments -- --seed 14 --payments 10000`. Returns what must never be; empty is what we want. */
export async function payUnderFire(args: string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
      payments: { type: 'string', default: '10000' },
      people: { type: 'string', default: '500' },
      workers: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '900' },
      kills: { type: 'string', default: '40' },
      'database-crashes': { type: 'string', default: '2' },
      pauses: { type: 'string', default: '1' },
      'pause-seconds': { type: 'string', default: '75' },
      polling: { type: 'boolean', default: false },
      // As in production when not given.
      reconcile: { type: 'string' },
      settle: { type: 'string', default: '300' },
    },
  });
  const from = Date.now();
  const { breaches, audit, traded, ...numbers } = await runPaymentChaos({
    seed: Number(values.seed),
    payments: Number(values.payments),
    people: Number(values.people),
    workers: Number(values.workers),
    seconds: Number(values.seconds),
    kills: Number(values.kills),
    databaseCrashes: Number(values['database-crashes']),
    pauses: Number(values.pauses),
    pauseSeconds: Number(values['pause-seconds']),
    patience: 10_000,
    webhooks: !values.polling,
    settings: values.reconcile === undefined ? {} : { RECONCILE_SECONDS: values.reconcile },
    settleSeconds: Number(values.settle),
    say: (line) => console.error(`${((Date.now() - from) / 1000).toFixed(1).padStart(6)} s  ${line}`),
  });
  const counted = Object.entries(audit).map(([what, found]) => [
    what,
    Array.isArray(found) ? found.length : found,
  ]);
  console.table({
    seed: Number(values.seed),
    ...Object.fromEntries(counted),
    lost: traded.tellings.never,
    doubled: traded.tellings.twice,
    ...Object.fromEntries(Object.entries(traded.wanted).map(([by, count]) => [`wanted back: ${by}`, count])),
    ...Object.fromEntries(Object.entries(traded.refused).map(([why, count]) => [`checkout: ${why}`, count])),
    ...numbers,
  });
  return breaches;
}
