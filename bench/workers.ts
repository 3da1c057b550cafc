import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.js';
import { measureFairness } from './fairness.js';
import { type Rows, rounded } from './figures.js';
import { between, countingSettings, openReadings } from './readings.js';
import { openStage, type Stage, startProgram, stopProgram } from './stage.js';
import { floorDatabase, startFloor } from './start-floor.js';

const people = 400;
/** More than four processes take in the time. */
const inLine = 1000;
/** At fal at once: what 60 a second need. More, and a window sees nothing but the way there. */
const inFlight = '160';
/** Programs are compiled by then, and as many jobs come back from fal as go there. */
const warmUpSeconds = 8;
const windowSeconds = 8;
/** More than the floor can do on two cores. */
const floorRate = 60;

/**
 * Pictures a second of 1, 2 and 4 worker processes on one database, while fal takes 2 s and Telegram answers after 80
 * and after 500 ms; the same while one chat hangs; and the floor. `connections` are those of all processes, `postgres`
 * and `programs` are per cent of one core.
 */
export async function measureWorkers(): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 2000, people }, countingSettings);
  try {
    const front = await startProgram({ ...stage.environment, ...stage.webhooks, ROLES: 'bot,http' });
    const rows = await measureFairness(stage);
    for (const milliseconds of [80, 500])
      for (const processes of [1, 2, 4]) rows.push(await withWorkers(stage, front, processes, milliseconds));
    rows.push(await withWorkers(stage, front, 2, 80, 1));
    await stopProgram(front);
    rows.push(...(await theFloor(stage)));
    return rows;
  } finally {
    await stage.close();
  }
}

async function withWorkers(
  stage: Stage,
  front: ChildProcess,
  count: number,
  milliseconds: number,
  hanging?: number,
) {
  await stage.slow(0);
  await fillLine(stage);
  await stage.slow(milliseconds, hanging);
  const settings = { ...stage.environment, ...stage.webhooks, MAX_IN_FLIGHT: inFlight };
  const workers = await Promise.all(
    Array.from({ length: count }, () => startProgram({ ...settings, HTTP_PORT: '0', ROLES: 'worker' })),
  );
  await sleep(warmUpSeconds * 1000);
  const row = await watched(stage, [front, ...workers], 'aisha');
  await stage.slow(0);
  await Promise.all(workers.map(stopProgram));
  const chat = hanging === undefined ? '' : ', one chat hangs';
  return {
    what: `${count} worker${count === 1 ? '' : 's'}, Telegram ${milliseconds} ms${chat}: pictures a second`,
    ...row,
  };
}

async function theFloor(stage: Stage): Promise<Rows> {
  const floor = await startFloor(stage);
  const rows: Rows = [];
  for (const milliseconds of [80, 500]) {
    await stage.slow(milliseconds);
    const asking = ask(stage, { people, rate: floorRate, seconds: warmUpSeconds + windowSeconds });
    await sleep(warmUpSeconds * 1000);
    const row = await watched(stage, [floor], floorDatabase);
    await asking;
    rows.push({
      what: `the floor, asked ${floorRate} a second, Telegram ${milliseconds} ms: pictures a second`,
      ...row,
    });
  }
  await stopProgram(floor);
  return rows;
}

/** What arrives and what is spent in a window of time. */
async function watched(stage: Stage, programs: readonly ChildProcess[], database: string) {
  const read = await openReadings(
    stage,
    programs.map(({ pid = 0 }) => pid),
    database,
  );
  const [from, before] = [await read(), await stage.photos()];
  await sleep(windowSeconds * 1000);
  const [spent, arrived] = [between(from, await read()), (await stage.photos()) - before];
  const perCent = (milliseconds: number) => Math.round((100 * milliseconds) / spent.at);
  return {
    p50: rounded((arrived * 1000) / spent.at, 1),
    n: arrived,
    connections: await connectionsIn(stage, database),
    postgres: perCent(spent.postgres),
    programs: perCent(spent.program),
  };
}

/** Those of the programs. */
async function connectionsIn({ pool }: Stage, database: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    'select count(*) from pg_stat_activity where datname = $1',
    [database],
  );
  // The stage has its pool there, and one more connection of the cluster's.
  const own = database === floorDatabase ? 0 : pool.totalCount + 1;
  return Number(rows[0]?.count) - own;
}

/** So that nobody runs out of work, however fast. */
async function fillLine(stage: Stage): Promise<void> {
  const waiting = async () => {
    const { rows } = await stage.pool.query<{ count: string }>(
      `select count(*) from generations where status = 'accepted'`,
    );
    return Number(rows[0]?.count);
  };
  const missing = inLine - (await waiting());
  for (let count = 0; count < missing; count += 1) stage.say(1 + (count % people), '/generate at sea');
  for (let look = 0; look < 600; look += 1) {
    if ((await waiting()) >= inLine) return;
    await sleep(100);
  }
  throw new Error('the line has not filled within a minute');
}
