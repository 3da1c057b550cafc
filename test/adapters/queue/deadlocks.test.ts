import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { Sweep } from '../../../src/application/upkeep/sweep.js';
import type { GenerationId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres, withoutAskingAgain } from '../postgres/open-postgres.js';
import { openRegistry } from './a-registry.js';

/**
 * graphile-worker reports the ends of several jobs in one statement, which takes their rows one by one in the order in
 * which they ended. Whoever of us holds one of these rows and waits for another meets it in a circle, and PostgreSQL
 * gives one of the two up. In these tests the two rows of such a report are taken by two statements of one transaction.
 */
let postgres: OpenedPostgres;
let database: PostgresDatabase;
const clock = new FakeClock();
beforeAll(async () => {
  postgres = await openPostgres();
  database = withoutAskingAgain(postgres.connectionString);
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});
beforeEach(() => postgres.clear());

const collect = (generation: GenerationId) => ({ task: 'collect', generation }) as const;

test('the sweep nudges and hands out tokens while the ends of such jobs are being reported', async () => {
  const { stores } = database;
  await givenGeneration(stores, { status: 'accepted' });
  const { id } = await givenGeneration(stores, { status: 'submitted' });
  await stores.jobs.add(collect(id));
  await stores.jobs.add({ task: 'submit-next', spare: 0 });
  const [nudged, token] = await runningJobs();
  const { sweep, close } = aSweep();
  // The sweep comes to the tokens last.
  await reporting([token, nudged], () => sweep.execute());
  expect(await locked()).toEqual([]);
  await close();
});

test('jobs of a runner are unlocked that was only thought dead, and reports their ends after all', async () => {
  const { stores } = database;
  for (const spare of [0, 1]) await stores.jobs.add({ task: 'submit-next', spare });
  const [first, second] = await runningJobs();
  await reporting([second, first], () => stores.workers.unlockOrphans());
  expect(await locked()).toEqual([]);
});

test('a burial takes rows in the order in which everybody takes them: jobs of the queue come last', async () => {
  const { stores } = database;
  const { id } = await givenGeneration(stores, { status: 'submitted' });
  const lease = { owner: 'dead', until: secondsLater(300, clock.now()) };
  await stores.generations.acquire(id, 'submitted', lease, clock.now());
  await stores.jobs.add(collect(id));
  await runningJobs();
  await silent('dead');
  const { sweep, close } = aSweep();
  // As a webhook does.
  const swept = await database.transaction(async ({ generations, jobs }) => {
    await generations.lock(id);
    const swept = sweep.execute();
    swept.catch(() => undefined);
    await expect.poll(waiting).toBe(1);
    await jobs.add(collect(id));
    return { done: swept };
  });
  await swept.done;
  expect(await left()).toEqual({ workers: 0, leased: 0 });
  await close();
});

test('two who reap the same dead take them in one order', async () => {
  for (const id of ['b', 'a']) await silent(id);
  const { registry, close } = openRegistry(postgres.connectionString);
  const { stores } = database;
  const dead = (await registry.findDead()).sort((one, other) => (one.id < other.id ? 1 : -1));
  const client = await postgres.pool.connect();
  await client.query('begin');
  await client.query(`delete from workers where id = 'a'`);
  const burial = stores.workers.reap(dead);
  burial.catch(() => undefined);
  await expect.poll(waiting).toBe(1);
  await client.query(`delete from workers where id = 'b'`);
  await client.query('commit');
  client.release();
  expect(await burial).toEqual([]);
  await close();
});

function aSweep() {
  const { registry, close } = openRegistry(postgres.connectionString);
  return { sweep: new Sweep({ database, workers: registry, clock, log: new RecordingLogger() }), close };
}

const silent = (id: string) =>
  postgres.pool.query(
    `insert into workers (id, lock_key, started_at, heartbeat_at, queue_ids)
     values ($1, 1, now(), now() - interval '1 min', '{a runner}')`,
    [id],
  );

/** All that wait in the queue are taken by one runner. Their ids, in the order in which they were added. */
async function runningJobs(): Promise<string[]> {
  const { rows } = await postgres.pool.query<{ id: string }>(
    `with taken as (
       update graphile_worker._private_jobs
       set locked_by = 'a runner', locked_at = now() - interval '1 min', attempts = 1 returning id)
     select id from taken order by id`,
  );
  return rows.map(({ id }) => id);
}

/** What is done while the ends of these are reported, the first of them already. Both must come to their end. */
async function reporting(ids: readonly (string | undefined)[], work: () => Promise<unknown>): Promise<void> {
  const runner = await postgres.pool.connect();
  const end = (id: string | undefined) =>
    runner.query('delete from graphile_worker._private_jobs where id = $1', [id]);
  await runner.query('begin');
  await end(ids[0]);
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  done.catch(() => undefined);
  await expect.poll(async () => isOver || (await waiting()) > 0).toBe(true);
  const reported = end(ids[1]).then(() => runner.query('commit'));
  const outcomes = await Promise.allSettled([reported, done]);
  await runner.query('rollback');
  runner.release();
  expect(
    outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : 'done')),
  ).toEqual(['done', 'done']);
}

async function waiting(): Promise<number> {
  const { rowCount } = await postgres.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}

async function locked() {
  const { rows } = await postgres.pool.query(
    `select id from graphile_worker._private_jobs where locked_by is not null`,
  );
  return rows;
}

async function left() {
  const { rows } = await postgres.pool.query(`
    select (select count(*)::int from workers) as workers,
      (select count(*)::int from generations where lease_owner is not null) as leased`);
  return rows[0];
}
