import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PostgresSystemStats } from '../../../../../src/adapters/postgres/stores/jobs/postgres-system-stats.js';
import { ended, open } from '../../../../../src/adapters/postgres/stores/jobs/stats-queries.js';
import { generationStatuses } from '../../../../../src/domain/generation/generation.js';
import { entryKinds } from '../../../../../src/domain/ledger.js';
import { trainingStatuses } from '../../../../../src/domain/training/training.js';
import { FakeClock } from '../../../../fakes/fake-clock.js';
import { aTraining, givenTraining } from '../../../../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../../../../support/builders/given.js';
import { longAgo } from '../../../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../../../support/migrated-database.js';

/** Copies one generation so often, in the given state. */
const copies = (count: number, status: string) => `
  insert into generations (id, owner, avatar, preset, prompt, overrides, endpoint, "order", price, origin,
    created_at, submits, doubts, run, rerolls, status, turn, check_after, announced_at)
  select gen_random_uuid(), owner, avatar, preset, prompt, overrides, endpoint, "order", price, origin,
    created_at, 1, 0, 0, 0, '${status}', number, check_after, now()
  from generations, generate_series(1, ${count}) as number where request_key = 'pattern'`;

describe('PostgresCensus', () => {
  let postgres: MigratedDatabase;
  let stats: PostgresSystemStats;
  const clock = new FakeClock();
  beforeEach(async () => {
    postgres = await openMigratedDatabase();
    stats = new PostgresSystemStats(postgres.pool, { countAlive: async () => 3 }, clock);
  });
  afterEach(() => postgres.close());

  it('counts nothing where there is nothing', async () => {
    expect(await stats.count()).toEqual({
      generations: Object.fromEntries(generationStatuses.map((status) => [status, 0])),
      trainings: Object.fromEntries(trainingStatuses.map((status) => [status, 0])),
      unannounced: 0,
      dead: { generation: 0, training: 0, update: 0 },
      waitingPayments: { refund: { payments: 0, stars: 0 }, offer: { payments: 0, stars: 0 } },
      waitingEvents: { well: 0, failing: 0, lateSeconds: 0 },
      jobs: [],
      oldestReadySeconds: 0,
      ledger: Object.fromEntries(entryKinds.map((kind) => [kind, 0])),
      balance: 0,
      held: 0,
      stars: {
        ...{ paid: 0, refunded: 0, commission: 0, differing: 0, differingStars: 0 },
        ...{ endAt: null, balance: null, unexplained: null },
      },
      bill: null,
      workersAlive: 3,
      retiredEndpoints: [],
    });
  });

  it('counts the generations of every state, and those whose people wait to be told', async () => {
    const { stores } = postgres.database;
    for (const [index, status] of generationStatuses.entries())
      for (let number = 0; number <= index; number += 1) await givenGeneration(stores, { status });
    await givenGeneration(stores, { status: 'failed', announcedAt: longAgo });
    const { generations, unannounced } = await stats.count();
    expect(generations).toEqual({
      ...Object.fromEntries(generationStatuses.map((status, index) => [status, index + 1])),
      failed: 8,
    });
    expect(unannounced).toBe(6 + 7 + 8);
  });

  it('counts the trainings of every state', async () => {
    const { stores } = postgres.database;
    for (const [index, status] of trainingStatuses.entries())
      for (let number = 0; number <= index; number += 1) await givenTraining(stores, aTraining({ status }));
    expect((await stats.count()).trainings).toEqual(
      Object.fromEntries(trainingStatuses.map((status, index) => [status, index + 1])),
    );
    await givenTraining(stores, aTraining({ status: 'training' }));
    await givenTraining(stores, aTraining({ status: 'ready' }));
    expect((await stats.count()).trainings).toMatchObject({ training: 4, ready: 4 });
    clock.advance(60);
    expect((await stats.count()).trainings).toMatchObject({ training: 4, ready: 5 });
  });

  it('counts jobs by task and state', async () => {
    const { jobs } = postgres.database.stores;
    const { id } = await givenGeneration(postgres.database.stores);
    await jobs.add({ task: 'submit-next' });
    await jobs.add({ task: 'submit-next' });
    await jobs.add({ task: 'collect', generation: id }, new Date(Date.now() + 3_600_000));
    await jobs.add({ task: 'deliver', generation: id });
    await jobs.add({ task: 'cancel-at-provider', ticket: 't' });
    const change = (set: string, task: string) =>
      postgres.pool.query(
        `update graphile_worker._private_jobs set ${set}
         where task_id = (select id from graphile_worker._private_tasks where identifier = $1)`,
        [task],
      );
    await change('attempts = max_attempts', 'cancel-at-provider');
    await change("locked_at = now(), locked_by = 'w'", 'deliver');
    await change("run_at = now() - interval '90 s'", 'submit-next');
    const counted = await stats.count();
    expect(counted.jobs).toEqual([
      { task: 'cancel-at-provider', state: 'dead', count: 1 },
      { task: 'collect', state: 'planned', count: 1 },
      { task: 'deliver', state: 'running', count: 1 },
      { task: 'submit-next', state: 'ready', count: 2 },
    ]);
    expect(counted.oldestReadySeconds).toBeGreaterThanOrEqual(90);
    expect(counted.oldestReadySeconds).toBeLessThan(120);
  });

  it('sums the ledger so that it adds up', async () => {
    const { stores } = postgres.database;
    const { id: user } = await givenUser(stores, { credits: 100 });
    await stores.ledger.write(
      [
        { user, kind: 'hold', amount: -20, reason: 'hold:generation:a' },
        { user, kind: 'hold', amount: -10, reason: 'hold:generation:b' },
        { user, kind: 'release', amount: 20, reason: 'release:generation:a' },
        { user, kind: 'capture', amount: -15, reason: 'capture:generation:a' },
        { user, kind: 'refund', amount: 4, reason: 'refund:generation:a' },
      ],
      longAgo,
    );
    expect(await stats.count()).toMatchObject({
      ledger: { grant: 100, hold: 30, capture: 15, release: 20, refund: 4 },
      balance: 79,
      held: 10,
    });
  });

  it('counts open work every time, and what ended at most once a minute', async () => {
    const { stores } = postgres.database;
    await stats.count();
    await givenGeneration(stores, { status: 'delivered' });
    await givenGeneration(stores, { status: 'accepted' });
    await givenUser(stores, { credits: 5 });
    clock.advance(59);
    const soon = await stats.count();
    expect(soon.generations).toMatchObject({ accepted: 1, delivered: 0 });
    expect(soon.balance).toBe(0);
    clock.advance(1);
    const later = await stats.count();
    expect(later.generations).toMatchObject({ accepted: 1, delivered: 1 });
    expect(later.balance).toBe(5);
  });

  it('is not stuck with a counting that failed', async () => {
    await postgres.pool.query('alter table ledger_entries rename to elsewhere');
    await expect(stats.count()).rejects.toThrow(/ledger_entries/);
    await postgres.pool.query('alter table elsewhere rename to ledger_entries');
    expect((await stats.count()).balance).toBe(0);
  });

  it('has nobody wait for the counting of a large database, and tells of it when it is done', async () => {
    const { stores } = postgres.database;
    await givenGeneration(stores, { status: 'delivered' });
    await givenGeneration(stores, { status: 'accepted' });
    await givenUser(stores, { credits: 5 });
    await postgres.pool.query(`update pg_class set reltuples = 3e6 where oid = 'ledger_entries'::regclass`);
    const hindrance = await postgres.pool.connect();
    const hinder = () => hindrance.query('begin; lock table ledger_entries in access exclusive mode');
    try {
      await hinder();
      const first = await stats.count();
      expect(first).toMatchObject({ ledger: null, balance: null, held: null, trainings: { ready: null } });
      expect(first.generations).toMatchObject({ accepted: 1, delivered: null, failed: null });
      await hindrance.query('commit');
      const known = { balance: 5, generations: { accepted: 1, delivered: 1, failed: 0 } };
      await expect.poll(() => stats.count()).toMatchObject(known);

      clock.advance(600);
      await hinder();
      await givenGeneration(stores, { status: 'delivered' });
      expect(await stats.count()).toMatchObject(known);
      await hindrance.query('commit');
      await expect.poll(() => stats.count()).toMatchObject({ generations: { delivered: 2 } });
    } finally {
      // With the lock that it holds, where an expectation was not met.
      hindrance.release(true);
    }
  });

  it('answers by index among 20,000 finished rows', async () => {
    const { id } = await givenGeneration(postgres.database.stores);
    await postgres.pool.query(`update generations set request_key = 'pattern' where id = $1`, [id]);
    await postgres.pool.query(copies(20_000, 'delivered'));
    await postgres.pool.query(copies(200, 'failed'));
    await postgres.pool.query('vacuum analyze generations');
    const plan = async (query: string) =>
      JSON.stringify((await postgres.pool.query(`explain (format json) ${query}`)).rows);
    expect(await plan(ended)).toContain('Seq Scan');
    expect(await plan(open)).not.toContain('Seq Scan');
  });
});
