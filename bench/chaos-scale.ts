import { runScale } from '../test/support/chaos/scale/run-scale.js';
import { readChaosOptions } from './chaos-options.js';

/**
 * `npm run chaos scale -- --seed 15`; with `--release <folder>` the hosts run that older release first, which must have been
 * built. Returns what must never be; empty is what we want.
 */
export async function growUnderFire(args: string[]): Promise<readonly string[]> {
  const options = readChaosOptions(
    args,
    { people: 40, generations: 1200, seconds: 240, partitionSeconds: 30 },
    [],
    ['release'],
  );
  const { breaches, phases, byStatus, ...report } = await runScale({
    ...options,
    release: options.text('release'),
  });
  const numbers = Object.entries(report).filter(([, found]) => typeof found === 'number');
  console.table({ seed: options.seed, ...Object.fromEntries(numbers), ...byStatus });
  console.table(phases);
  return breaches;
}
