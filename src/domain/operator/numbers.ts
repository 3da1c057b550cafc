import type { GenerationStatus } from '../generation/generation.js';
import type { PresetName } from '../generation/preset.js';
import type { UserId } from '../ids.js';
import { thousandths } from '../payments/star-books.js';
import type { TrainingStatus } from '../training/training.js';

/** Days that an operator looks back on with a tap, today included. */
export const spans = [1, 7, 30] as const;
export type Span = (typeof spans)[number];

/** The midnight (UTC) that its first day begins with. */
export function beginningOf(days: number, now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return new Date(today - (days - 1) * 86_400_000);
}

/** Jobs that were asked for in a span, as they stand now. */
interface Jobs {
  readonly jobs: number;
  /** Charged for what they brought. */
  readonly credits: number;
  /** Of those that fal took: what they are reckoned to cost, in millionths of a dollar… */
  readonly cost: number;
  /** …and how many nobody can reckon. */
  readonly unpriced: number;
}
export interface PictureJobs extends Jobs {
  /** `null`: a picture was enlarged. */
  readonly preset: PresetName | null;
  readonly status: GenerationStatus;
}
export interface TrainingJobs extends Jobs {
  readonly status: TrainingStatus;
}

/** From being asked for until the result was here, in seconds: half of them, and nine in ten, took no longer. */
export interface Waits {
  readonly p50: number | null;
  readonly p90: number | null;
}

export interface PeopleCounts {
  /** First seen in the span. */
  readonly joined: number;
  /** They asked for a picture or a training. */
  readonly active: number;
  readonly paying: number;
}

export interface Money {
  /** Stars of all payments of the span. */
  readonly stars: number;
  /** Those of them that are gone again, whenever that was. */
  readonly refunded: number;
  /** What others got of those that were kept, by Telegram's affiliate programme. */
  readonly commission: number;
  /** Credits that were bought with the rest. */
  readonly sold: number;
  /** Credits that were granted in the span: gifts, and what an operator gave. */
  readonly given: number;
}

/** What one person brought and cost in the span. */
export interface Spender {
  readonly user: UserId;
  readonly jobs: number;
  /** Of payments that were not given back, less what others got of them. */
  readonly stars: number;
  readonly credits: number;
  /** Millionths of a dollar. */
  readonly cost: number;
}

/** What the rows say of a span. */
export interface Counted {
  readonly people: PeopleCounts;
  readonly pictures: readonly PictureJobs[];
  readonly trainings: readonly TrainingJobs[];
  readonly waits: { readonly pictures: Waits; readonly trainings: Waits };
  readonly money: Money;
  readonly spenders: readonly Spender[];
}

/** What Telegram pays out for a Star, in dollars; it says so in its terms for developers. */
export const dollarsOfStar = 0.013;

/** Dollars; `margin` is what is left of `income`. */
export interface Earned {
  /** `null`: credits were used, and none were bought in the span that would say what they are worth. */
  readonly income: number | null;
  readonly cost: number;
  readonly margin: number | null;
}
export interface Earning extends Earned {
  readonly what: PresetName | 'upscale' | 'training';
  readonly jobs: number;
  readonly credits: number;
}
export interface Work<Status extends string> extends Waits {
  /** How many are in each state; none where there are none. */
  readonly states: Readonly<Partial<Record<Status, number>>>;
  /** Of those that came to an end and were not called off, 0-1; `null`: there are none. */
  readonly success: number | null;
}

export interface Numbers {
  readonly days: number;
  readonly from: Date;
  readonly people: PeopleCounts;
  readonly pictures: Work<GenerationStatus>;
  readonly trainings: Work<TrainingStatus>;
  /** `net`: the Stars that are left. */
  readonly money: Money & Earned & { readonly net: number; readonly unpriced: number };
  /** The dearest first. */
  readonly earnings: readonly Earning[];
  readonly spenders: readonly (Omit<Spender, 'cost'> & Earned)[];
}

/** Every number stands for rows; what they cannot say is `null`. */
export function numbersOf(days: number, from: Date, counted: Counted): Numbers {
  const { people, pictures, trainings, waits, money, spenders } = counted;
  const all: readonly Jobs[] = [...pictures, ...trainings];
  const net = Math.round((money.stars - money.refunded - money.commission) * thousandths) / thousandths;
  const worth = money.sold > 0 ? (net * dollarsOfStar) / money.sold : null;
  return {
    days,
    from,
    people,
    pictures: {
      ...{ states: statesOf(pictures), ...waits.pictures },
      success: successOf(pictures, ['collected', 'delivered'], ['blocked', 'failed']),
    },
    trainings: {
      ...{ states: statesOf(trainings), ...waits.trainings },
      success: successOf(trainings, ['ready'], ['failed']),
    },
    money: {
      ...{ ...money, net },
      ...earned(net * dollarsOfStar, sum(all, 'cost')),
      unpriced: sum(all, 'unpriced'),
    },
    earnings: earningsOf(pictures, trainings, worth),
    spenders: spenders.map(({ cost, ...spender }) => ({
      ...spender,
      ...earned(spender.stars * dollarsOfStar, cost),
    })),
  };
}

function earningsOf(
  pictures: readonly PictureJobs[],
  trainings: readonly TrainingJobs[],
  worth: number | null,
): Earning[] {
  const kinds = new Map<Earning['what'], Jobs[]>();
  const put = (what: Earning['what'], jobs: Jobs) => kinds.set(what, [...(kinds.get(what) ?? []), jobs]);
  for (const jobs of pictures) put(jobs.preset ?? 'upscale', jobs);
  for (const jobs of trainings) put('training', jobs);
  return [...kinds]
    .map(([what, rows]) => {
      const credits = sum(rows, 'credits');
      const income = credits === 0 ? 0 : worth === null ? null : credits * worth;
      return { what, jobs: sum(rows, 'jobs'), credits, ...earned(income, sum(rows, 'cost')) };
    })
    .sort((one, other) => other.cost - one.cost || (one.what < other.what ? -1 : 1));
}

const millionths = 1_000_000;

function earned(income: number | null, costInMillionths: number): Earned {
  const cost = costInMillionths / millionths;
  return { income, cost, margin: income === null ? null : income - cost };
}

const sum = (rows: readonly Jobs[], field: keyof Jobs): number =>
  rows.reduce((total, row) => total + row[field], 0);

function statesOf<Status extends string>(
  rows: ReadonlyArray<{ readonly status: Status; readonly jobs: number }>,
): Partial<Record<Status, number>> {
  const states: Partial<Record<Status, number>> = {};
  for (const { status, jobs } of rows) states[status] = (states[status] ?? 0) + jobs;
  return states;
}

function successOf<Status extends string>(
  rows: ReadonlyArray<{ readonly status: Status; readonly jobs: number }>,
  good: readonly Status[],
  bad: readonly Status[],
): number | null {
  const count = (among: readonly Status[]) =>
    rows.filter(({ status }) => among.includes(status)).reduce((total, { jobs }) => total + jobs, 0);
  const ended = count(good) + count(bad);
  return ended === 0 ? null : count(good) / ended;
}
