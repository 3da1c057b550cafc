import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { JobRunner } from '../../../src/adapters/queue/job-runner.js';
import type { Job } from '../../../src/application/ports/stores/jobs/job-queue.js';
import { generationId } from '../../../src/domain/ids.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { openRegistry } from './a-registry.js';
import { handlersOf } from './handlers.js';

let postgres: OpenedPostgres;
let opened: ReturnType<typeof openRegistry>[] = [];
const log = new RecordingLogger();

beforeAll(async () => {
  postgres = await openPostgres();
});

afterAll(() => postgres.close());

beforeEach(() => postgres.clear());

afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  opened = [];
  await expect.poll(locks).toBe(0);
});

/** A process as far as the database can tell. */
function process(milliseconds?: () => number) {
  const one = openRegistry(postgres.connectionString, log, milliseconds);
  opened.push(one);
  return one.registry;
}

const reapDead = async (observer: ReturnType<typeof process>) =>
  postgres.database.stores.workers.reap(await observer.findDead());

/** Locks of workers in this database: other test files have theirs on the same server. */
const ours = `locktype = 'advisory' and classid = ${0x41_49_53_48}
  and database = (select oid from pg_database where datname = current_database())`;

/** How many connections hold a worker's lock. */
async function locks(): Promise<number> {
  const { rows } = await postgres.pool.query<{ pid: number }>(
    `select pid from pg_locks where ${ours} and granted`,
  );
  return rows.length;
}

const silentFor = (seconds: number) =>
  postgres.pool.query(`update workers set heartbeat_at = now() - interval '${seconds} s'`);

async function cutLockConnections(): Promise<void> {
  await postgres.pool.query(`select pg_terminate_backend(pid, 5000) from pg_locks where ${ours}`);
}

test('who joined is alive until it leaves', async () => {
  const [worker, observer] = [process(), process()];
  await worker.join('a');
  expect(await observer.countAlive()).toBe(1);
  expect(await reapDead(observer)).toEqual([]);
  await worker.leave('a');
  expect(await observer.countAlive()).toBe(0);
  await expect.poll(locks).toBe(0);
});

test('a busy process with a late heartbeat is alive as long as it holds its lock, but not for ever', async () => {
  let seconds = 0;
  const [worker, observer] = [process(), process(() => seconds * 1000)];
  await worker.join('a');
  await silentFor(50);
  expect(await observer.countAlive()).toBe(1);
  expect(await reapDead(observer)).toEqual([]);
  seconds = 59;
  expect(await reapDead(observer)).toEqual([]);
  seconds = 60;
  expect(await reapDead(observer)).toEqual(['a']);
  expect(await observer.countAlive()).toBe(0);
});

test.each([7200, -7200])(
  'a clock that jumps %i s makes nobody dead who lives, and nobody alive who is dead',
  async (jump) => {
    let seconds = 0;
    const [worker, dead, observer] = [process(), process(), process(() => seconds * 1000)];
    await worker.join('a');
    await dead.join('b');
    expect(await reapDead(observer)).toEqual([]);
    // As the database sees it: what it wrote down before is so much older or younger now.
    await silentFor(jump);
    await postgres.pool.query(
      `select pg_terminate_backend(pid, 5000) from pg_locks join workers on objid = lock_key
       where locktype = 'advisory' and workers.id = 'b'`,
    );
    const reaped = await reapDead(observer);
    seconds = 3;
    expect([...reaped, ...(await reapDead(observer))]).toEqual(['b']);
    seconds = 50;
    expect(await reapDead(observer)).toEqual([]);
  },
);

test('who loses its connection has a few seconds to take the lock again', async () => {
  const [worker, observer] = [process(), process()];
  await worker.join('a');
  await cutLockConnections();
  await silentFor(0);
  expect(await reapDead(observer)).toEqual([]);
  await expect.poll(async () => worker.beat('a', []).then(locks), { interval: 5 }).toBe(1);
  await silentFor(10);
  expect(await reapDead(observer)).toEqual([]);
});

test('who does not take it again is dead; coming back it joins again and says so', async () => {
  const [worker, observer] = [process(), process()];
  await worker.join('a');
  await cutLockConnections();
  await silentFor(4);
  expect(await reapDead(observer)).toEqual(['a']);
  expect(await reapDead(observer)).toEqual([]);
  await worker.beat('a', ['queue-1']);
  expect(log.at('warn')).toContain('this worker had been taken for dead; it joins again');
  expect(await observer.countAlive()).toBe(1);
});

test('who was cut off itself leaves the others as long to come back, and never buries itself', async () => {
  let now = 0;
  const [one, other] = [process(() => now), process()];
  await one.join('one');
  await other.join('other');
  await cutLockConnections();
  await expect.poll(locks, { interval: 5 }).toBe(0);
  // The database was away for longer than the grace.
  await silentFor(4);
  expect(await reapDead(one)).toEqual([]);
  await expect.poll(async () => one.beat('one', []).then(locks), { interval: 5 }).toBe(1);
  expect(await reapDead(one)).toEqual([]);
  now += 3000;
  expect(await reapDead(one)).toEqual(['other']);
});

test('many beats at once hold one lock, on one connection', async () => {
  const worker = process();
  await worker.join('a');
  await cutLockConnections();
  await expect.poll(locks, { interval: 5 }).toBe(0);
  await Promise.all(Array.from({ length: 5 }, () => worker.beat('a', [])));
  await expect.poll(async () => worker.beat('a', []).then(locks), { interval: 5 }).toBe(1);
});

test('a killed process is buried, and the jobs it had locked run elsewhere', async () => {
  const job: Job = {
    task: 'collect',
    generation: generationId('10000000-0000-4000-8000-000000000001'),
  };
  const program = new URL('./hanging-worker.ts', import.meta.url);
  const child = fork(program, [postgres.connectionString, 'victim'], { execArgv: ['--import', 'tsx'] });
  const message = once(child, 'message');
  await postgres.database.stores.jobs.add(job);
  const [taken] = await message;
  expect(taken).toEqual(job);
  const observer = process();
  await expect.poll(async () => (await victims())[0]?.queue_ids, { interval: 10 }).toHaveLength(1);

  child.kill('SIGKILL');
  await once(child, 'exit');
  await silentFor(4);
  const done: Job[] = [];
  const runner = new JobRunner(
    postgres.pool,
    handlersOf(async (each) => done.push(each)),
    2,
    log,
  );
  await runner.start();
  await expect.poll(() => reapDead(observer), { interval: 20 }).toEqual(['victim']);
  await expect.poll(() => done, { interval: 20 }).toEqual([job]);
  await runner.stop();
});

test('who cannot say that it leaves lets go of its connection all the same', async () => {
  const { pool, registry, close } = openRegistry(postgres.connectionString);
  await registry.join('a');
  const ended = pool.end();
  await expect(registry.leave('a')).rejects.toThrow();
  await expect.poll(locks).toBe(0);
  await close();
  await ended;
});

async function victims() {
  const { rows } = await postgres.pool.query<{ queue_ids: string[] }>('select queue_ids from workers');
  return rows;
}

test('whoever leaves frees what it has still locked in the queue, in one step with its leaving', async () => {
  const worker = process();
  await worker.join('a');
  await worker.beat('a', ['runner']);
  await postgres.database.stores.jobs.add({ task: 'submit-next' });
  await postgres.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'runner', locked_at = now(), attempts = 1`,
  );
  await worker.leave('a');
  expect(await locked()).toEqual([{ locked_by: null, attempts: 0 }]);
});

test('whoever leaves lets go of rows that a step of it held for the next one', async () => {
  const worker = process();
  await worker.join('a');
  const { generations } = postgres.database.stores;
  const { id } = await givenGeneration(postgres.database.stores, { status: 'submitted' });
  const leaseOf = (owner: string) => ({ owner, until: secondsLater(300) });
  await generations.acquire(id, 'submitted', leaseOf('a'), secondsLater(0));
  expect(await generations.acquire(id, 'submitted', leaseOf('b'), secondsLater(1))).toBeNull();
  await worker.leave('a');
  expect(await generations.acquire(id, 'submitted', leaseOf('b'), secondsLater(1))).not.toBeNull();
});

test('jobs that are locked by a runner of nobody alive are freed, and keep their tries', async () => {
  const worker = process();
  await worker.join('a');
  await worker.beat('a', ['runner of the living']);
  for (const runner of ['runner of the living', 'runner of nobody']) {
    await postgres.database.stores.jobs.add({ task: 'submit-next' });
    await postgres.pool.query(
      `update graphile_worker._private_jobs
       set locked_by = $1, locked_at = now() - interval '1 min', attempts = 25 where locked_by is null`,
      [runner],
    );
  }
  expect(await postgres.database.stores.workers.unlockOrphans()).toBe(1);
  expect(await locked()).toEqual([
    { locked_by: 'runner of the living', attempts: 25 },
    { locked_by: null, attempts: 24 },
  ]);
  expect(await postgres.database.stores.workers.unlockOrphans()).toBe(0);
});

async function locked() {
  const { rows } = await postgres.pool.query(
    'select locked_by, attempts from graphile_worker._private_jobs order by id',
  );
  return rows;
}
