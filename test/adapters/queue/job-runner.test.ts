import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { JobRunner } from '../../../src/adapters/queue/job-runner.js';
import { LocalDispatch } from '../../../src/application/jobs/local-dispatch.js';
import type { JobDispatcher } from '../../../src/application/ports/stores/jobs/job-dispatcher.js';
import type { Job } from '../../../src/application/ports/stores/jobs/job-queue.js';
import { generationId } from '../../../src/domain/ids.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { handlersOf } from './handlers.js';

let postgres: OpenedPostgres;
let runners: JobRunner[] = [];

beforeAll(async () => {
  postgres = await openPostgres();
});

afterAll(() => postgres.close());

beforeEach(() => postgres.clear());

afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  runners = [];
});

const id = generationId('10000000-0000-4000-8000-000000000001');
const collect: Job = { task: 'collect', generation: id };

async function running(handle: (job: Job) => Promise<unknown>, patienceMilliseconds = 5000, isAlone = false) {
  const log = new RecordingLogger();
  const runner = new JobRunner(
    postgres.pool,
    handlersOf(handle),
    4,
    log,
    () => isAlone,
    patienceMilliseconds,
  );
  runners.push(runner);
  await runner.start();
  return { runner, log };
}

const jobs = async () => {
  const { rows } = await postgres.pool.query<{ attempts: number; locked_by: string | null; later: boolean }>(
    // Later than it was put off: asked for late, it may be due.
    'select attempts, locked_by, run_at > updated_at as later from graphile_worker._private_jobs',
  );
  return rows;
};

/** A database of the process whose runner this is. */
function databaseOf(runner: JobDispatcher) {
  const localDispatch = new LocalDispatch();
  localDispatch.attach(runner);
  return new PostgresDatabase(postgres.pool, localDispatch);
}

test('what this process commits begins at once, and the queue never hears of it', async () => {
  const begun: Job[] = [];
  const { runner } = await running(async (job) => begun.push(job));
  const later = new Date(Date.now() + 60_000);
  await databaseOf(runner).transaction(async (stores) => {
    await stores.jobs.add(collect);
    await stores.jobs.add({ task: 'deliver', generation: id }, later);
    await stores.jobs.add({ task: 'submit-next', spare: 1 });
    await stores.jobs.add({ task: 'cancel-at-provider', ticket: 'ticket 1' });
    expect(begun).toEqual([]);
    const { rows } = await postgres.pool.query('select from graphile_worker._private_jobs');
    expect(rows).toEqual([]);
  });
  // Nothing was awaited since.
  expect(begun).toEqual([collect]);
  const queued = ['submit-next', 'cancel-at-provider'];
  await expect
    .poll(() =>
      begun
        .slice(1)
        .map(({ task }) => task)
        .sort(),
    )
    .toEqual([...queued].sort());
  await expect.poll(jobs).toMatchObject([{ later: true }]);
  expect(begun.filter(({ task }) => task === 'collect')).toHaveLength(1);
});

test('a runner begins when all tasks have their names: two who name them at once would wait for each other', async () => {
  const other = await postgres.pool.connect();
  await other.query('delete from graphile_worker._private_tasks');
  await other.query('begin');
  await other.query("insert into graphile_worker._private_tasks (identifier) values ('collect')");
  let started = false;
  const starting = running(async () => undefined).then(() => {
    started = true;
  });
  const waiting = async () => {
    const { rows } = await postgres.pool.query<{ query: string }>(
      "select query from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return rows.filter(({ query }) => query.includes('_private_tasks')).length;
  };
  await expect.poll(waiting).toBe(1);
  expect(started).toBe(false);
  await other.query('commit');
  other.release();
  await starting;
});

test('what is added outside of a transaction begins at once, too', async () => {
  const begun: Job[] = [];
  const { runner } = await running(async (job) => begun.push(job));
  await databaseOf(runner).stores.jobs.add(collect);
  expect(begun).toEqual([collect]);
  expect(await jobs()).toEqual([]);
});

test('what was not committed is not begun', async () => {
  const begun: Job[] = [];
  const { runner } = await running(async (job) => begun.push(job));
  const undone = databaseOf(runner).transaction(async (stores) => {
    await stores.jobs.add(collect);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(begun).toEqual([]);
});

test('a busy process leaves the order to the queue, and one that stops begins nothing', async () => {
  const begun: Job[] = [];
  let finish: () => void = () => undefined;
  const busy = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { runner } = await running(async (job) => {
    begun.push(job);
    await busy;
  });
  for (let job = 0; job < 100; job += 1) if (runner.wants(collect)) void runner.begin(collect);
  expect(begun).toHaveLength(64);
  const stopped = runner.stop().then(() => 'stopped');
  await expect(runner.begin(collect)).rejects.toThrow('takes no more jobs');
  expect(begun).toHaveLength(64);
  // It waits for what it began.
  expect(await Promise.race([stopped, jobs().then(() => 'not yet')])).toBe('not yet');
  finish();
  expect(await stopped).toBe('stopped');
});

test('a process alone keeps the rest in line itself, in its order, and leaves it to the queue when it stops', async () => {
  const begun: Job[] = [];
  const finish: (() => void)[] = [];
  const handle = (job: Job) => {
    begun.push(job);
    return new Promise<void>((done) => finish.push(done));
  };
  const { runner } = await running(handle, 5000, true);
  const ticketed = (count: number): Job => ({ task: 'collect', generation: generationId(`${count}`) });
  const ends: Promise<unknown>[] = [];
  for (let job = 0; runner.wants(collect) && job < 5000; job += 1)
    ends.push(runner.begin(ticketed(job)).catch((error: Error) => error.message));
  expect(ends).toHaveLength(64 + 1000);
  expect(begun).toHaveLength(64);
  finish[0]?.();
  await expect.poll(() => begun).toHaveLength(65);
  expect(begun[64]).toEqual(ticketed(64));
  const stopped = runner.stop();
  expect(await ends.at(-1)).toBe('this process takes no more jobs');
  for (const end of finish) end();
  await stopped;
  expect(begun).toHaveLength(65);
});

test('in the line of a process what is nearest to its end goes first', async () => {
  const begun: Job[] = [];
  const finish: (() => void)[] = [];
  const handle = (job: Job) => {
    begun.push(job);
    return new Promise<void>((done) => finish.push(done));
  };
  const { runner } = await running(handle, 5000, true);
  const begin = (job: Job) => runner.begin(job).catch(() => undefined);
  for (let job = 0; job < 64; job += 1) void begin(collect);
  const deliver = (count: number): Job => ({ task: 'deliver', generation: generationId(`${count}`) });
  for (const job of [{ task: 'submit-next' } as const, collect, deliver(1), deliver(2)]) void begin(job);
  for (let ended = 0; ended < 4; ended += 1) {
    finish[ended]?.();
    await expect.poll(() => begun).toHaveLength(65 + ended);
  }
  for (const end of finish) end();
  await runner.stop();
  expect(begun.slice(64)).toEqual([deliver(1), deliver(2), collect, { task: 'submit-next' }]);
});

test('what fails at once is done when the queue hands it out', async () => {
  let tries = 0;
  const { runner, log } = await running(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not now');
  });
  await databaseOf(runner).transaction((stores) => stores.jobs.add(collect));
  await expect.poll(() => tries).toBe(2);
  expect(log.at('warn')).toEqual(['a job did not succeed; it is left to the queue']);
});

test('what can neither be begun nor queued is told of', async () => {
  const log = new RecordingLogger();
  const pool = openPool(postgres.connectionString, () => undefined);
  const runner = new JobRunner(
    pool,
    handlersOf(async () => undefined),
    4,
    log,
  );
  const localDispatch = new LocalDispatch();
  localDispatch.attach({
    wants: () => true,
    // The database goes away between the commit and this.
    begin: async () => {
      await pool.end();
      throw new Error('not now');
    },
    lost: (job, error) => runner.lost(job, error),
  });
  await new PostgresDatabase(pool, localDispatch).stores.jobs.add(collect);
  await expect
    .poll(() => log.at('warn'))
    .toEqual(['a job could not be left to the queue either; its row is found later']);
});

test('each job reaches its handler with what it is about, and is gone then', async () => {
  const done: Job[] = [];
  await running(async (job) => done.push(job));
  await postgres.database.transaction(async (stores) => {
    await stores.jobs.add(collect);
    await stores.jobs.add({ task: 'cancel-at-provider', ticket: 'ticket 1' });
    await stores.jobs.add({ task: 'submit-next' });
  });
  await expect.poll(() => done.length, { interval: 10 }).toBe(3);
  expect(done).toEqual(
    expect.arrayContaining([
      collect,
      { task: 'cancel-at-provider', ticket: 'ticket 1' },
      { task: 'submit-next' },
    ]),
  );
  await expect.poll(jobs, { interval: 10 }).toEqual([]);
});

test('the locks of a job name this process', async () => {
  let finish = () => {};
  const { runner } = await running(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  await postgres.database.stores.jobs.add(collect);
  await expect.poll(async () => (await jobs())[0]?.locked_by, { interval: 10 }).toBeTruthy();
  expect(runner.queueIds).toEqual([(await jobs())[0]?.locked_by]);
  finish();
});

test('a handler that fails is called again later, and the failure is logged', async () => {
  const calls: Job[] = [];
  let isAway = true;
  const { log } = await running(async (job) => {
    calls.push(job);
    if (isAway) throw new Error('the database was away');
  });
  await postgres.database.stores.jobs.add(collect);
  // Whoever looks late may find it tried once more.
  await expect.poll(jobs, { interval: 10 }).toMatchObject([{ locked_by: null, later: true }]);
  expect(log.at('error').join()).toContain('the database was away');
  isAway = false;
  const failed = calls.length;
  await postgres.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await expect.poll(() => calls.slice(failed), { interval: 10 }).toEqual([collect]);
});

test('stopping waits for the job at hand', async () => {
  const events: string[] = [];
  let finish = () => {};
  const { runner } = await running(async () => {
    events.push('begun');
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    events.push('done');
  });
  await postgres.database.stores.jobs.add(collect);
  await expect.poll(() => events, { interval: 10 }).toEqual(['begun']);
  const stopping = runner.stop().then(() => events.push('stopped'));
  finish();
  await stopping;
  expect(events).toEqual(['begun', 'done', 'stopped']);
  expect(await jobs()).toEqual([]);
});

test('a busy process stops without a word: what it has fetched and not begun goes back, what is at hand ends well', async () => {
  const tickets: string[] = [];
  let finish: () => void = () => undefined;
  const busy = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { stores } = postgres.database;
  for (let ticket = 0; ticket < 20; ticket += 1)
    await stores.jobs.add({ task: 'cancel-at-provider', ticket: `${ticket}` });
  const { runner, log } = await running(async (job) => {
    if (job.task === 'cancel-at-provider') tickets.push(job.ticket);
    if (tickets.length > 1) await busy;
  });
  // It fetches four at a time: one is through, four are at hand, three wait for a place.
  const locked = async () => (await jobs()).map((job) => job.locked_by !== null).sort();
  await expect.poll(locked).toEqual([...Array(12).fill(false), ...Array(7).fill(true)]);
  const stopped = runner.stop();
  finish();
  await stopped;
  const left = await jobs();
  expect(left).toHaveLength(20 - tickets.length);
  // Neither a try nor a lock is left on what was given back.
  expect(left.filter(({ attempts, locked_by }) => attempts > 0 || locked_by !== null)).toEqual([]);
  expect(log.lines).toEqual([]);
});

test('jobs go on, nothing stays locked, and an end is an end, after ends of jobs could not be reported', async () => {
  const tickets: string[] = [];
  let isOver = false;
  const started = running(async (job) => {
    if (job.task !== 'cancel-at-provider') return;
    tickets.push(job.ticket);
    // Those whose end was not reported come again, each with its tries.
    if (isOver) return;
    if (job.ticket === 'good') return;
    // One after the other, or they would be reported together; the last one ends well.
    await expect.poll(refusals, { interval: 5 }).toBe(Number(job.ticket));
    if (job.ticket !== '2') throw new Error('the database was away');
  }, 50);
  const { runner, log } = await started;
  const ended = runner.queueIds;
  const refusals = () => log.lines.filter(({ message }) => message.includes('Failed to fail jobs')).length;
  const { stores } = postgres.database;
  await postgres.pool.query(`
    create function refuse_reports() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$;
    create trigger refuse_reports before update of last_error on graphile_worker._private_jobs
      for each row execute function refuse_reports()`);
  for (const ticket of ['2', '1', '0']) await stores.jobs.add({ task: 'cancel-at-provider', ticket });
  await expect.poll(refusals).toBe(2);
  isOver = true;
  await postgres.pool.query('drop function refuse_reports cascade');
  await stores.jobs.add({ task: 'cancel-at-provider', ticket: 'good' });
  await expect.poll(() => tickets).toContain('good');
  await expect.poll(jobs).toEqual([]);
  expect(runner.queueIds).toHaveLength(1);
  expect(runner.queueIds).not.toEqual(ended);
  await runner.stop();
});

test('a report that PostgreSQL gave up to end a deadlock is made again, and the runner lives', async () => {
  const done: Job[] = [];
  const { runner, log } = await running(async (job) => done.push(job));
  const { queueIds } = runner;
  await postgres.pool.query(`
    create sequence reports;
    create function give_up() returns trigger language plpgsql as $$
      begin
        if nextval('reports') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
        return old;
      end $$;
    create trigger give_up before delete on graphile_worker._private_jobs for each row execute function give_up()`);
  await postgres.database.stores.jobs.add(collect);
  await expect.poll(() => done).toEqual([collect]);
  await expect.poll(jobs).toEqual([]);
  expect(log.at('error')).toEqual([]);
  expect(runner.queueIds).toEqual(queueIds);
  await postgres.pool.query('drop function give_up cascade; drop sequence reports');
});
