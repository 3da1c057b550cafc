import { afterEach, describe, expect, it } from 'vitest';
import {
  connectionShortage,
  labelled,
} from '../../../../src/adapters/postgres/connection/connection-shares.js';
import { openPool } from '../../../../src/adapters/postgres/connection/open-pool.js';
import { createTestDatabase, createTestRole } from '../../../support/postgres.js';

const label = 'aisha:8:[0-9a-f]{8}';

describe('the shares of the processes', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it.each([
    ['postgres://db/aisha', `^postgres://db/aisha\\?application_name=${label}$`],
    [
      'postgres://db/aisha?sslmode=disable',
      `^postgres://db/aisha\\?sslmode=disable&application_name=${label}$`,
    ],
    [
      'postgres://db/aisha?application_name=bot&a=b',
      `^postgres://db/aisha\\?application_name=bot\\+${label}&a=b$`,
    ],
  ])('stand in the name of each connection: %s', (url, expected) => {
    expect(labelled(url, 8)).toMatch(new RegExp(expected));
  });

  it('are reckoned up over the living, and forgotten with the dead', async () => {
    const database = await createTestDatabase();
    const role = await createTestRole('connection limit 15');
    closing.push(
      () => role.drop(),
      () => database.drop(),
    );
    const aProcess = async (connections: number, name = '') => {
      const url = role.as(database.connectionString).split('?')[0];
      const pool = openPool(labelled(`${url}${name}`, connections), () => undefined, connections);
      await pool.query('select 1');
      closing.push(() => (pool.ended ? Promise.resolve() : pool.end()));
      return pool;
    };
    const [one, other] = [await aProcess(8), await aProcess(7, '?application_name=worker')];
    expect(await connectionShortage(one, true)).toBeNull();
    const third = await aProcess(8);
    expect(await connectionShortage(third, false)).toBeNull();
    expect(await connectionShortage(third, true)).toEqual({
      detail: `3 processes together may open 23 connections, and the role "${role.name}" has 15`,
      advice: 'Set DATABASE_CONNECTIONS=5 in each, or raise that limit.',
    });
    await other.end();
    await expect
      .poll(() => connectionShortage(third, true), { interval: 10 })
      .toMatchObject({ detail: expect.stringContaining('2 processes together may open 16') });
  });

  it('are measured by what the database gives as well', async () => {
    const database = await createTestDatabase();
    closing.push(() => database.drop());
    const url = database.connectionString.split('?')[0] ?? '';
    const pool = openPool(labelled(url, 8), () => undefined, 1);
    closing.push(() => pool.end());
    const name = new URL(url).pathname.slice(1);
    await pool.query(`alter database ${name} connection limit 5`);
    expect(await connectionShortage(pool, true)).toEqual({
      detail: `a process may open 8 connections, and the database "${name}" has 5`,
      advice: 'Set DATABASE_CONNECTIONS=5 in each, or raise that limit.',
    });
  });
});
