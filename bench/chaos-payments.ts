import { runPaymentChaos } from '../test/support/chaos/payments/chaos-payments.js';
import { readChaosOptions } from './chaos-options.js';

/** `npm run chaos payments -- --seed 14 --payments 10000`. Returns what must never be; empty is what we want. */
export async function payUnderFire(args: string[]): Promise<readonly string[]> {
  const options = readChaosOptions(
    args,
    {
      ...{ payments: 10_000, people: 500, workers: 1, seconds: 900, kills: 40, pauses: 1 },
      // As in production.
      reconcile: 180,
    },
    [],
  );
  const { breaches, audit, traded, ...numbers } = await runPaymentChaos({
    ...options,
    patience: 10_000,
    settings: { RECONCILE_SECONDS: String(options.reconcile) },
  });
  const counted = Object.entries(audit).map(([what, found]) => [
    what,
    Array.isArray(found) ? found.length : found,
  ]);
  console.table({
    seed: options.seed,
    ...Object.fromEntries(counted),
    lost: traded.tellings.never,
    doubled: traded.tellings.twice,
    ...Object.fromEntries(Object.entries(traded.wanted).map(([by, count]) => [`wanted back: ${by}`, count])),
    ...Object.fromEntries(Object.entries(traded.refused).map(([why, count]) => [`checkout: ${why}`, count])),
    ...numbers,
  });
  return breaches;
}
