import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPool } from '../../../../src/adapters/postgres/connection/open-pool.js';
import { openRelay, type Relay } from '../../../support/chaos/scale/relay.js';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres.js';

let database: TestDatabase;
let relay: Relay;

beforeAll(async () => {
  database = await createTestDatabase();
  const { hostname: host, port } = new URL(database.connectionString);
  relay = await openRelay({ host, port: Number(port) });
});

afterAll(async () => {
  await relay.close();
  await database.drop();
});

const viaRelay = () => {
  const address = new URL(database.connectionString);
  address.port = String(relay.port);
  return address.href;
};

it('a machine that is gone without a word leaves nobody waiting for its locks', async () => {
  const here = openPool(database.connectionString, () => undefined);
  const there = openPool(viaRelay(), () => undefined);
  await here.query('create table rows as select 1 as id');
  const lost = await there.connect();
  await lost.query('begin');
  await lost.query('select id from rows for update');
  // Fifteen seconds are for a machine that is slow; here it need not be waited for.
  const { rows: usual } = await lost.query('show idle_in_transaction_session_timeout');
  await lost.query(`set idle_in_transaction_session_timeout = '50ms'`);
  relay.cut();
  expect((await here.query('select id from rows for update')).rows).toEqual([{ id: 1 }]);
  expect(usual).toEqual([{ idle_in_transaction_session_timeout: '15s' }]);
  relay.mend();
  await expect(lost.query('commit')).rejects.toThrow(/terminat|not queryable/);
  lost.release(true);
  await Promise.all([here.end(), there.end()]);
});

it('each connection is missed within 35 seconds when its machine is gone', async () => {
  const pool = openPool(database.connectionString, () => undefined);
  const { rows } = await pool.query(
    `select name, setting from pg_settings where name like 'tcp_%' and source = 'session' order by name`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    tcp_keepalives_count: '3',
    tcp_keepalives_idle: '20',
    tcp_keepalives_interval: '5',
    tcp_user_timeout: '30000',
  });
  await pool.end();
});
