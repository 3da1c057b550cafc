import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { installedBinaries } from '../src/adapters/postgres/embedded/binaries.js';

/**
 * What a part found: `what` was measured, and its values as numbers. `p50` is the middle of many or the only one, with
 * `p95` and `n` (how many) where there are some; `ours`, `floor` and `ratio` where two programs are compared.
 */
export type Rows = Array<Record<string, string | number>>;

const folder = new URL('./figures/', import.meta.url);

/** Keeps the rows of a part in `bench/figures/<part>.json`, with what they were measured on, for plots. */
export async function keepFigures(part: string, rows: Rows): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD']);
  const { version } = await installedBinaries();
  const figures = {
    part,
    date: new Date().toISOString(),
    commit: stdout.trim(),
    cores: availableParallelism(),
    node: process.version,
    postgres: version,
    rows,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${part}.json`, folder), `${JSON.stringify(figures, null, 2)}\n`);
}

/** As a number, so that plots need not read it again. */
export const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));
