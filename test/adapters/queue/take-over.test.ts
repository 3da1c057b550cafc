import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Sweep } from '../../../src/application/sweep.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
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
  const sweep = new Sweep(postgres.database, registry, clock, new RecordingLogger());
  const { id } = await givenGeneration(postgres.database.stores, { status: 'submitted' });
  const lease = { owner: 'dead', until: secondsLater(300, clock.now()) };
  await postgres.database.stores.generations.claim(id, 'submitted', lease, clock.now());
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

async function left() {
  const { rows } = await postgres.pool.query(`
    select (select count(*)::int from workers) as workers,
      (select count(*)::int from generations where lease_owner is not null) as leased,
      (select count(*)::int from seen_updates where claimed_at is not null) as claimed`);
  return rows[0];
}
