import type { Rows } from '../figures.js';
import { kept } from './kept-figures.js';

interface Goal {
  readonly label: string;
  /** As it was in the first release. */
  readonly first: string;
  readonly goal: string;
  readonly part: string;
  readonly what: RegExp;
  readonly column: string;
  /** The row is one below this one: names of rows come again in each run of a part. */
  readonly below?: RegExp;
  /** The last of such rows instead of the first. */
  readonly last?: true;
}

const workers = { part: 'workers', column: 'p50' };
const cost = { part: 'cost', column: 'ratio' };
const waiting = { part: 'waiting', column: 'p50' };

const wanted: readonly Goal[] = [
  {
    label: 'pictures a second, one worker, Telegram 80 ms',
    first: '11.5',
    goal: '≥ 40',
    ...workers,
    what: /^1 worker, Telegram 80 ms: /,
  },
  {
    label: 'the same, Telegram 500 ms',
    first: '2.2',
    goal: '≥ 25',
    ...workers,
    what: /^1 worker, Telegram 500 ms: /,
  },
  {
    label: 'two workers, Telegram 80 ms',
    first: '20.9',
    goal: '',
    ...workers,
    what: /^2 workers, Telegram 80 ms: /,
  },
  {
    label: 'the same while one chat hangs',
    first: '13.4',
    goal: 'no slower',
    ...workers,
    what: /^2 workers, .* one chat hangs/,
  },
  {
    label: 'processor of program and database, × the floor',
    first: '2.8',
    goal: '≤ 1.6',
    ...cost,
    what: /^both, ms of processor an image/,
  },
  {
    label: 'database alone, × the floor',
    first: '7',
    goal: '≤ 3',
    ...cost,
    what: /^PostgreSQL, ms of processor an image/,
  },
  {
    label: 'commits an image',
    first: '35',
    goal: '≤ 12',
    part: 'cost',
    column: 'ours',
    what: /^commits an image/,
  },
  {
    label: 'webhook to Telegram, p50, × the floor',
    first: '–',
    goal: '≤ 2',
    ...cost,
    what: /^webhook to sendPhoto, ms, p50/,
  },
  {
    label: 'delivered a second while 40 are asked for a minute',
    first: '21',
    goal: '≥ 35',
    part: 'load',
    column: 'p50',
    what: /^40\/s for 60 s.*delivered/,
  },
  {
    label: 'tap to first answer meanwhile, p95, ms',
    first: '1400',
    goal: '≤ 300',
    part: 'load',
    column: 'p95',
    what: /request to first answer/,
    below: /^40\/s for 60 s/,
  },
  {
    label: 'checkout to its answer meanwhile, p95, ms',
    first: '–',
    goal: '≤ 1000',
    part: 'load',
    column: 'p95',
    what: /^checkout to its answer/,
  },
  {
    label: '1,000 in flight without `PUBLIC_URL`: commits a second',
    first: '664',
    goal: '≤ 60',
    ...waiting,
    what: /no webhooks: commits a second/,
  },
  { label: 'the same: sockets', first: '1,057', goal: '≤ 100', ...waiting, what: /no webhooks: sockets/ },
  {
    label: 'an order over HTTP, 50 a second, p95, ms',
    first: '–',
    goal: '≤ 50',
    part: 'api',
    column: 'p95',
    what: /^POST/,
  },
  {
    label: 'a thousand who follow an order over HTTP: MB more',
    first: '–',
    goal: '≤ 100',
    part: 'api',
    column: 'p50',
    what: /^the same, 1000 follow/,
  },
  { label: 'memory idle, MB', first: '118', goal: '≤ 100', part: 'memory', column: 'p50', what: /^idle/ },
  {
    label: 'memory with 200 in flight, MB',
    first: '181',
    goal: '≤ 160',
    part: 'memory',
    column: 'p50',
    what: /^peak/,
  },
  {
    label: 'memory after 20 minutes at 3 a second, MB',
    first: '194–335',
    goal: '≤ 180',
    part: 'memory-20min',
    column: 'p50',
    what: /^after/,
    last: true,
  },
];

/** What was wanted, what the first release did, and what the last run of each part found. */
export async function goals(): Promise<string[][]> {
  const rows = wanted.map(async ({ label, first, goal, ...row }) => [
    label,
    first,
    `**${await found(row)}**`,
    goal,
  ]);
  return [['', 'first release', 'now', 'goal'], ...(await Promise.all(rows))];
}

async function found({ part, what, column, below = what, last }: Omit<Goal, 'label' | 'first' | 'goal'>) {
  const rows: Rows = await kept(part).then(
    ({ rows }) => rows,
    () => [],
  );
  const from = rows.slice(
    Math.max(
      0,
      rows.findIndex((row) => below.test(`${row.what}`)),
    ),
  );
  const alike = from.filter((row) => what.test(`${row.what}`));
  return alike.at(last ? -1 : 0)?.[column] ?? '–';
}
