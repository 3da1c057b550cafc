import { readFile, writeFile } from 'node:fs/promises';
import type { Rows } from '../figures.js';

/** What a part of the bench kept. */
export interface Kept {
  readonly date: string;
  readonly commit: string;
  readonly cores: number;
  readonly node: string;
  readonly rows: Rows;
}

/** What an image costs, in ms of the processor. */
export interface Spent {
  readonly program: number;
  readonly postgres: number;
}

/** What a release did, and the floor in the same run. */
export interface Release extends Spent {
  readonly name: string;
  readonly commits: number;
  readonly floor: Spent;
  /** Pictures a second: 80 and 500 ms are what Telegram takes. */
  readonly pictures: readonly Pictures[];
}

export interface Pictures {
  readonly milliseconds: number;
  /** Of one, two and four processes, as far as they were measured. */
  readonly workers: readonly number[];
  /** Not measured in the first release. */
  readonly floor?: number;
}

const file = (name: string) => new URL(`../figures/${name}.json`, import.meta.url);

export async function kept(part: string): Promise<Kept> {
  return JSON.parse(await readFile(file(part), 'utf8'));
}

export async function releases(): Promise<Release[]> {
  return JSON.parse(await readFile(file('releases'), 'utf8'));
}

/** Keeps a release; one of the same name is replaced. */
export async function remember(release: Release): Promise<void> {
  const others = (await releases()).filter(({ name }) => name !== release.name);
  await writeFile(file('releases'), `${JSON.stringify([...others, release], null, 2)}\n`);
}

/** The figures of the last run as a release. */
export async function now(name: string): Promise<Release> {
  const [cost, workers] = [await kept('cost'), await kept('workers')];
  const spent = (column: 'ours' | 'floor') => ({
    program: numberIn(cost, /^program, .* an image$/, column),
    postgres: numberIn(cost, /^PostgreSQL, .* an image$/, column),
  });
  const pictures = (milliseconds: number): Pictures => {
    const of = (who: string) =>
      numberIn(workers, new RegExp(`^${who}, Telegram ${milliseconds} ms: `), 'p50');
    return {
      milliseconds,
      workers: ['1 worker', '2 workers', '4 workers'].map(of),
      floor: of('the floor.*'),
    };
  };
  return {
    name,
    ...spent('ours'),
    commits: numberIn(cost, /^commits an image$/, 'ours'),
    floor: spent('floor'),
    pictures: [pictures(80), pictures(500)],
  };
}

/** A value of the first row whose `what` is like this. */
function numberIn({ rows }: Kept, what: RegExp, column: string): number {
  const value = rows.find((row) => what.test(String(row.what)))?.[column];
  if (typeof value !== 'number') throw new Error(`nothing was kept that is like ${what}: run the bench anew`);
  return value;
}
