import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type NoMoreConnections,
  PatientPool,
} from '../../../../src/adapters/postgres/connection/patient-pool.js';
import {
  createTestDatabase,
  createTestRole,
  type TestDatabase,
  type TestRole,
} from '../../../support/postgres.js';
import { query } from '../embedded/cluster-folder.js';

describe('PatientPool', () => {
  let database: TestDatabase;
  let role: TestRole;
  let connectionString: string;
  let refusals: NoMoreConnections[];
  const ending: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
    role = await createTestRole('connection limit 2');
    connectionString = role.as(database.connectionString);
    refusals = [];
  });
  afterEach(async () => {
    vi.useRealTimers();
    for (const end of ending.splice(0).reverse()) await end();
    await database.drop();
    await role.drop();
  });

  function aPool(max: number, patienceMilliseconds?: number): PatientPool {
    const pool = new PatientPool(
      { connectionString, max },
      (error) => refusals.push(error),
      patienceMilliseconds,
    );
    pool.on('error', () => undefined);
    ending.push(() => pool.end());
    return pool;
  }

  /** Nothing that the pool waits for passes by itself. */
  const holdTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  const many = (pool: pg.Pool) =>
    Promise.all(Array.from({ length: 30 }, () => pool.query('select pg_sleep(0.005)')));

  it('waits for a connection it has when the server refuses more, and says so once', async () => {
    holdTime();
    const pool = aPool(8);
    await many(pool);
    await many(pool);
    expect(pool.totalCount).toBeLessThanOrEqual(2);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({
      code: '53300',
      cause: { message: expect.stringContaining(role.name) },
    });
  });

  it('takes more as soon as the server gives more', async () => {
    const pool = aPool(8);
    await many(pool);
    await query(database.connectionString, `alter role ${role.name} connection limit 8`);
    await expect
      .poll(async () => many(pool).then(() => pool.totalCount), { interval: 20 })
      .toBeGreaterThan(2);
  });

  it('serves those who wait with what the server gives later', async () => {
    const pool = aPool(8);
    const kept = await Promise.all([pool.connect(), pool.connect()]);
    const waiting = pool.query('select 1 as one');
    await expect.poll(() => refusals.length, { interval: 5 }).toBeGreaterThan(0);
    await query(database.connectionString, `alter role ${role.name} connection limit 3`);
    expect((await waiting).rows).toEqual([{ one: 1 }]);
    for (const client of kept) client.release();
  });

  it('has no connection at all: it asks again, then fails in the words of the server', async () => {
    const others = Array.from({ length: 2 }, () => new pg.Client({ connectionString }));
    await Promise.all(others.map((other) => other.connect()));
    await expect(aPool(8, 2000).query('select 1')).rejects.toMatchObject({
      code: '53300',
      message: expect.stringContaining(role.name),
    });
    // Said again from time to time, so by a slow start more than once.
    const said = refusals.length;
    expect(said).toBeGreaterThan(0);
    const patient = aPool(8).query('select 1');
    await expect.poll(() => refusals.length, { interval: 5 }).toBeGreaterThan(said);
    await Promise.all(others.map((other) => other.end()));
    await patient;
  });

  it('names the limit when all connections stay busy', async () => {
    holdTime();
    const pool = aPool(1, 900);
    const kept = await pool.connect();
    const asked = expect(pool.query('select 1')).rejects.toThrow(
      /none of the 1 .* \(DATABASE_CONNECTIONS is 1\)/,
    );
    vi.advanceTimersByTime(900);
    await asked;
    const refused = aPool(8, 900);
    const other = await refused.connect();
    const askedMore = expect(refused.query('select 1')).rejects.toThrow(
      /none of the 1 .* the server refuses more: too many connections for role/,
    );
    await expect.poll(() => [refusals.length, refused.waitingCount], { interval: 5 }).toEqual([1, 1]);
    vi.advanceTimersByTime(900);
    await askedMore;
    for (const client of [kept, other]) client.release();
  });

  it('serves callbacks as it serves promises', async () => {
    const pool = aPool(8);
    const one = await new Promise((resolve, reject) =>
      pool.connect((error, client, done) => {
        if (client === undefined) return reject(error);
        client.query('select 1 as one').then(({ rows }) => {
          done();
          resolve(rows);
        }, reject);
      }),
    );
    expect(one).toEqual([{ one: 1 }]);
    await pool.end();
    ending.length = 0;
    const refused = new Promise((resolve) => pool.connect((error) => resolve(error)));
    expect(await refused).toMatchObject({ message: expect.stringContaining('after calling end') });
  });
});
