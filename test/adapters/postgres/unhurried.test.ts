import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import type { Stores } from '../../../src/application/ports/stores/stores.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, secondsLater, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';

let opened: MigratedDatabase;
let database: PostgresDatabase;
const tables = ['api_requests', 'graphile_worker._private_jobs'];

/** Writes down how each transaction that touches these tables is committed. */
beforeEach(async () => {
  opened = await openMigratedDatabase();
  await opened.pool.query(`
    create table commits (setting text);
    create function note_commit() returns trigger language plpgsql as $$
      begin insert into commits values (current_setting('synchronous_commit')); return null; end $$`);
  for (const table of tables)
    await opened.pool.query(`create constraint trigger note_commit after insert or update on ${table}
      deferrable initially deferred for each row execute function note_commit()`);
  // Tests wait for no disk as a rule.
  await opened.pool.query(alter('set synchronous_commit = on'));
  database = new PostgresDatabase(openPool(String(opened.pool.options.connectionString), () => undefined, 2));
});
afterEach(async () => {
  await database.close();
  await opened.pool.query(alter('reset synchronous_commit'));
  await opened.pool.query('drop function note_commit cascade; drop table commits');
  await opened.close();
});

const alter = (change: string) =>
  `do $$ begin execute format('alter database %I ${change}', current_database()); end $$`;

const id = '00000000-0000-4000-8000-000000000001';
const request = { id, owner: someone, value: 'order-1', digest: 'd', now: longAgo, until: secondsLater(60) };

async function write({ jobs, apiRequests }: Pick<Stores, 'jobs' | 'apiRequests'>) {
  await apiRequests.begin(request);
  await apiRequests.answer(id, { status: 202, body: {} });
  await jobs.add({ task: 'cancel-at-provider', ticket: 't' });
}

const settings = async () => {
  const { rows } = await opened.pool.query<{ setting: string }>('select setting from commits');
  return rows.map(({ setting }) => setting);
};

it('does not wait for the disk with a nudge, nor with the name of a request or its answer', async () => {
  await givenUser(database.stores, { id: someone });
  await write(database.stores);
  expect(await settings()).toEqual(['off', 'off', 'off']);
});

it('waits with all that is part of something', async () => {
  await givenUser(database.stores, { id: someone });
  await database.transaction(write);
  expect(await settings()).toEqual(['on', 'on', 'on']);
});
