import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** At the end of the program: makes garbage, and says how large the heap grew until it was collected. */
const measure = `
  import { getHeapSpaceStatistics } from 'node:v8';
  process.on('exit', () => {
    const kept = [];
    let most = 0;
    for (let made = 0; made < 1_500_000; made += 1) {
      kept[made % 150_000] = { made, others: [made] };
      if (made % 5000 > 0) continue;
      most = Math.max(most, getHeapSpaceStatistics().find((space) => space.space_name === 'old_space').space_size);
    }
    process.stderr.write(String(most));
  });`;

/** The number that a script writes last, which was imported before the program. */
async function numberAtEnd(script: string, flags: readonly string[] = []): Promise<number> {
  const preload = `data:text/javascript,${encodeURIComponent(script)}`;
  const program = join(root, 'dist/main.js');
  const given = [...flags, '--import', preload, program, '--help'];
  const { stderr } = await promisify(execFile)(process.execPath, given);
  return Number(/\d+$/.exec(stderr)?.[0]);
}

/** One after the other: V8 collects when it gets to it, and on a busy machine that is later. */
async function threeTimes(...flags: readonly string[]): Promise<number[]> {
  const heaps: number[] = [];
  while (heaps.length < 3) heaps.push(await numberAtEnd(measure, flags));
  return heaps;
}

// Node 26 takes no notice of the flag either way (decision 36): there is nothing to compare.
const takesNotice = Number.parseInt(process.versions.node, 10) < 26;

it.runIf(takesNotice)('the program lets its heap grow no further without the flag of npm start', async () => {
  const alone = await threeTimes();
  expect(Math.min(...alone)).toBeGreaterThan(10_000_000);
  expect(Math.min(...alone)).toBeLessThan(1.5 * Math.max(...(await threeTimes('--heap-growing-percent=40'))));
});

it('the program gives each address of a name time enough to answer from far away', async () => {
  const patience = `
    import { getDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
    process.on('exit', () => process.stderr.write(String(getDefaultAutoSelectFamilyAttemptTimeout())));`;
  expect(await numberAtEnd(patience)).toBe(2500);
});
