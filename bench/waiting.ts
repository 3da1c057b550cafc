import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rows } from './figures.js';
import { countSockets, postmasterOf, processorMilliseconds } from './processor.js';
import { openStage, type Stage, startProgram, stopProgram } from './stage.js';

const people = 100;
const measuredSeconds = 20;
/** What a machine with little to spare takes without falling behind. */
const requestsPerSecond = 40;

/**
 * What the program does while `jobs` are with fal and nothing happens: first without webhooks, then as a process that
 * is started anew on the same jobs and could be called, which leaves asking as a safety net. At the end all arrive.
 */
export async function measureWaiting(jobs: number, imageSeconds: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: imageSeconds * 1000, people });
  const environment = {
    ...stage.environment,
    MAX_IN_FLIGHT: String(jobs),
    MAX_IN_FLIGHT_PER_USER: String(jobs),
  };
  const port = String(20_000 + (process.pid % 20_000));
  const webhooks = { PUBLIC_URL: `http://127.0.0.1:${port}`, HTTP_PORT: port };
  let program = await startProgram(environment);
  try {
    for (let job = 0; job < jobs; job += 1) {
      stage.say(1 + (job % people), `/generate request ${job} at sea`);
      await sleep(1000 / requestsPerSecond);
    }
    await reached(stage, "status = 'submitted'", jobs);
    const rows = await measure(stage, program, `${jobs} in flight, no webhooks`);
    await stopProgram(program);
    program = await startProgram({ ...environment, ...webhooks });
    // All that lay there is asked about once.
    await sleep(20_000);
    rows.push(...(await measure(stage, program, `${jobs} in flight, webhooks`)));
    await reached(stage, "status = 'delivered'", jobs);
    const { rows: late } = await stage.pool.query<{ p50: number; p95: number }>(
      `select percentile_disc(0.5) within group (order by late) as p50,
         percentile_disc(0.95) within group (order by late) as p95
       from (select extract(epoch from delivered_at - submitted_at)::float8 * 1000 - $1 as late from generations) as g`,
      [imageSeconds * 1000],
    );
    rows.push({
      what: 'all of them arrived; done at fal to delivered, ms',
      p50: Math.round(late[0]?.p50 ?? Number.NaN),
      p95: Math.round(late[0]?.p95 ?? Number.NaN),
      n: jobs,
    });
    return rows;
  } finally {
    await stopProgram(program);
    await stage.close();
  }
}

async function measure(stage: Stage, program: ChildProcess, name: string): Promise<Rows> {
  const pid = program.pid ?? Number.NaN;
  const postmaster = await postmasterOf(stage.pool);
  const before = {
    commits: await commits(stage),
    program: await processorMilliseconds(pid),
    postgres: await processorMilliseconds(postmaster),
  };
  const from = performance.now();
  let sockets = 0;
  for (let second = 0; second < measuredSeconds; second += 1) {
    await sleep(1000);
    sockets = Math.max(sockets, await countSockets(pid));
  }
  const seconds = (performance.now() - from) / 1000;
  const share = (milliseconds: number) => Math.round(milliseconds / 10 / seconds);
  const inFlight = await count(stage, "status = 'submitted'");
  return [
    {
      what: `${name}: commits a second`,
      p50: Math.round(((await commits(stage)) - before.commits) / seconds),
    },
    { what: `${name}: sockets, at most`, p50: sockets },
    {
      what: `${name}: of a core, the program, %`,
      p50: share((await processorMilliseconds(pid)) - before.program),
    },
    {
      what: `${name}: of a core, PostgreSQL, %`,
      p50: share((await processorMilliseconds(postmaster)) - before.postgres),
    },
    { what: `${name}: still in flight at the end`, p50: inFlight },
  ];
}

async function reached(stage: Stage, condition: string, wanted: number): Promise<void> {
  for (let look = 0; look < 180; look += 1) {
    if ((await count(stage, condition)) >= wanted) return;
    await sleep(1000);
  }
  throw new Error(`not all became ${condition} within three minutes`);
}

async function count({ pool }: Stage, condition: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(*) as count from generations where ${condition}`,
  );
  return Number(rows[0]?.count);
}

/** Of everybody; the two or three of this process vanish in them. */
async function commits({ pool }: Stage): Promise<number> {
  const { rows } = await pool.query<{ commits: string }>(
    'select xact_commit as commits from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0]?.commits);
}
