import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DeliverOutcome } from '../../../src/application/generation/deliver-outcome.js';
import { StepGuard, SubmitFailed } from '../../../src/application/jobs/step-guard.js';
import { maximumTries } from '../../../src/application/policy/policy.js';
import { Sweep } from '../../../src/application/upkeep/sweep.js';
import { submitting } from '../../../src/domain/generation/generation-transitions.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { RecordingTransport } from '../../fakes/recording-transport.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { openRegistry } from './a-registry.js';

let postgres: OpenedPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.close());
beforeEach(() => postgres.clear());

const lateAndUnlocked = (id: string) =>
  postgres.pool.query(
    `insert into workers (id, lock_key, started_at, heartbeat_at, queue_ids)
     values ($1, 1, now(), now() - interval '1 min', '{runner of the dead}')`,
    [id],
  );

/** A published loss of a durable-execution library: recovery was cut by a database restart, and never taken up again. */
test('a burial that is cut in the middle leaves nothing half done, and is done whole the next time', async () => {
  const clock = new FakeClock();
  const { registry, close } = openRegistry(postgres.connectionString);
  const sweep = new Sweep({
    database: postgres.database,
    workers: registry,
    clock,
    log: new RecordingLogger(),
  });
  const { id } = await givenGeneration(postgres.database.stores, { status: 'submitted' });
  const lease = { owner: 'dead', until: secondsLater(300, clock.now()) };
  await postgres.database.stores.generations.acquire(id, 'submitted', lease, clock.now());
  await postgres.database.stores.updates.keep('bot', [{ id: 1, body: {} }], clock.now());
  await postgres.database.stores.updates.claim('bot', 1, { owner: 'dead', at: clock.now() }, clock.now());
  await lateAndUnlocked('dead');
  // The last of its statements ends the connection, as a restart does; those before it were carried out.
  await postgres.pool.query(`
    create function cut_off() returns trigger language plpgsql as $$
      begin raise exception 'the database restarts' using errcode = '57P01'; end $$;
    create trigger cut_off before update of claimed_at on seen_updates for each row execute function cut_off()`);
  await expect(sweep.execute()).rejects.toThrow('the database restarts');
  expect(await left()).toEqual({ workers: 1, leased: 1, claimed: 1 });
  await postgres.pool.query('drop function cut_off cascade');
  await sweep.execute();
  expect(await left()).toEqual({ workers: 0, leased: 0, claimed: 0 });
  await close();
});

/** Another published loss: what was recovered was run to its end by both owners. */
test('of two owners, one of them taken for dead and back again, one sends', async () => {
  const clock = new FakeClock();
  const transport = new RecordingTransport();
  const { database } = postgres;
  const { id } = await givenGeneration(database.stores, { status: 'collected' });
  const { registry, close } = openRegistry(postgres.connectionString);
  const sweep = new Sweep({ database, workers: registry, clock, log: new RecordingLogger() });
  const deliverAs = (worker: string) =>
    new DeliverOutcome({
      database,
      transports: [transport],
      clock,
      worker,
      metrics: new RecordingMetrics(),
      log: new RecordingLogger(),
      sleep: async () => undefined,
    });
  await lateAndUnlocked('dead');
  transport.meanwhile = async () => {
    clock.advance(75);
    await sweep.execute();
    await deliverAs('other').execute(id);
  };
  await deliverAs('dead').execute(id);
  expect(transport.attempts).toBe(2);
  expect(transport.delivered).toHaveLength(1);
  expect((await database.stores.generations.find(id))?.status).toBe('delivered');
  await close();
});

/** And the third: work stood behind a queue of one that was never begun. */
test('one that cannot be taken from the line holds nobody up behind it, and is given up at last', async () => {
  const clock = new FakeClock();
  const { database } = postgres;
  const { generations } = database.stores;
  const now = clock.now();
  const first = await givenGeneration(database.stores, { status: 'accepted' });
  const second = await givenGeneration(database.stores, { status: 'accepted' });
  await postgres.pool.query(`
    create function refuse_first() returns trigger language plpgsql as $$
      begin raise exception 'this row cannot be written'; end $$;
    create trigger refuse_first before update of status on generations for each row
      when (old.id = '${first.id}' and new.status = 'submitting') execute function refuse_first()`);
  const guard = new StepGuard({ database, clock, worker: 'worker', log: new RecordingLogger() });
  /** As a worker takes the next one, without its provider. */
  const takeNext = () =>
    database.transaction(async (stores) => {
      const next = await stores.generations.lockNext({ total: 9, perUser: 9, now });
      if (next?.status !== 'accepted') return null;
      try {
        await stores.generations.save(submitting(next, now), { status: 'accepted' }, { checkAfter: now });
      } catch (error) {
        throw new SubmitFailed(next.id, error);
      }
      return next.id;
    });
  const taken: (string | null)[] = [];
  await guard.submit(async () => taken.push(await takeNext()) > 0);
  await guard.submit(async () => taken.push(await takeNext()) > 0);
  expect(taken).toEqual([second.id]);
  for (let time = 1; time < maximumTries; time += 1)
    await generations.putOff(first.id, { now, error: 'again', counts: true });
  expect((await generations.hopeless(10)).map(({ row }) => row.id)).toEqual([first.id]);
  await postgres.pool.query('drop function refuse_first cascade');
});

async function left() {
  const { rows } = await postgres.pool.query(`
    select (select count(*)::int from workers) as workers,
      (select count(*)::int from generations where lease_owner is not null) as leased,
      (select count(*)::int from seen_updates where claimed_at is not null) as claimed`);
  return rows[0];
}
