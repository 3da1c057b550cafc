import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.js';
import { type Rows, rounded } from './figures.js';
import { between, countingSettings, openReadings, type Reading } from './readings.js';
import { openStage, quantile, type Stage, startProgram, stopProgram } from './stage.js';
import type { StandInReport } from './stand-ins.js';
import { floorDatabase, startFloor } from './start-floor.js';

const people = 200;
const rate = 6;
const warmUpSeconds = 10;
const windowSeconds = 40;
const idleSeconds = 15;

/** What was spent while nothing was asked, what while `images` arrived, and what happened then. */
interface Cost {
  readonly idle: Reading;
  readonly busy: Reading;
  readonly images: number;
  readonly report: StandInReport;
  readonly from: number;
}

/** What an image costs the program and the floor, one after the other on one cluster with the same stand-ins. */
export async function measureCost(): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 500, people }, countingSettings);
  try {
    const floor = await measure(stage, await startFloor(stage), floorDatabase, 0);
    const program = await startProgram({ ...stage.environment, ...stage.webhooks });
    const ours = await measure(stage, program, 'aisha', 1_000_000);
    return rowsOf(ours, floor);
  } finally {
    await stage.close();
  }
}

async function measure(stage: Stage, program: ChildProcess, database: string, first: number): Promise<Cost> {
  const read = await openReadings(stage, [program.pid ?? 0], database);
  // What the start has committed is counted by then.
  await sleep(12_000);
  const resting = await read();
  await sleep(idleSeconds * 1000);
  const idle = between(resting, await read());
  await tidyUp(stage);
  await ask(stage, { people, rate, seconds: warmUpSeconds, first });
  const start = await read();
  await ask(stage, { people, rate, seconds: windowSeconds, first: first + warmUpSeconds * rate });
  const busy = between(start, await read());
  await drained(stage);
  await stopProgram(program);
  const report = await stage.report();
  const images = within(report.telegram, start.at, busy.at).filter(({ name }) => name === 'sendPhoto').length;
  return { idle, busy, images, report, from: start.at };
}

/** Done, and counted, before the window begins: each table that is vacuumed is a commit of its own. */
async function tidyUp({ pool }: Stage): Promise<void> {
  const client = await pool.connect();
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  await client.query('select pg_stat_force_next_flush()');
  client.release();
}

/** Until no picture has come for three seconds. */
async function drained(stage: Stage): Promise<void> {
  for (let before = -1, now = 0; before !== now; ) {
    before = now;
    await sleep(3000);
    now = await stage.photos();
  }
}

const within = <Event extends { at: number }>(events: readonly Event[], from: number, milliseconds: number) =>
  events.filter(({ at }) => at >= from && at < from + milliseconds);

function rowsOf(ours: Cost, floor: Cost): Rows {
  const each = (what: string, value: (cost: Cost) => number, digits = 2) => ({
    what,
    ours: rounded(value(ours), digits),
    floor: rounded(value(floor), digits),
    ...(value(floor) === 0 ? {} : { ratio: rounded(value(ours) / value(floor), 2) }),
  });
  const images = (what: string, of: keyof Reading) =>
    each(`${what} an image`, ({ busy, images }) => busy[of] / images);
  const resting = (what: string, of: keyof Reading) =>
    each(`${what} a second, nothing asked`, ({ idle }) => (idle[of] * 1000) / idle.at);
  const calls = (to: 'telegram' | 'fal') =>
    [...new Set([ours, floor].flatMap((cost) => named(to, cost)))].map((name) =>
      each(
        `${to} ${name}, calls an image`,
        (cost) => named(to, cost).filter((one) => one === name).length / cost.images,
      ),
    );
  return [
    images('program, ms of processor', 'program'),
    images('PostgreSQL, ms of processor', 'postgres'),
    each('both, ms of processor an image', ({ busy, images }) => (busy.program + busy.postgres) / images),
    images('commits', 'commits'),
    images('statements', 'statements'),
    ...calls('telegram'),
    ...calls('fal'),
    each('webhook to sendPhoto, ms, p50', (cost) => quantile(added(cost), 0.5), 0),
    each('webhook to sendPhoto, ms, p95', (cost) => quantile(added(cost), 0.95), 0),
    resting('program, ms of processor', 'program'),
    resting('PostgreSQL, ms of processor', 'postgres'),
    resting('commits', 'commits'),
    resting('statements', 'statements'),
    each('images counted', ({ images }) => images, 0),
  ];
}

const named = (to: 'telegram' | 'fal', { report, from, busy }: Cost): string[] =>
  within(report[to], from, busy.at).map(({ name }) => name);

/** Milliseconds from the moment fal begins to send a webhook until the picture has reached Telegram. */
function added({ report, from, busy }: Cost): number[] {
  const numberOf = (text: string) => /request (\d+)/.exec(text)?.[1];
  const messages = new Map(
    report.requests.map(({ person, message, text }) => [`${person}:${message}`, numberOf(text)]),
  );
  const photos = report.answers.filter(({ method }) => method === 'sendPhoto');
  const sent = new Map(photos.map(({ person, message, at }) => [messages.get(`${person}:${message}`), at]));
  return within(report.webhooks, from, busy.at)
    .map(({ prompt, at }) => (sent.get(numberOf(prompt)) ?? Number.NaN) - at)
    .filter((milliseconds) => !Number.isNaN(milliseconds));
}
