import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedPostgres, openPostgres } from '../open-postgres.js';

let postgres: OpenedPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
  await postgres.pool.query(`
    create sequence asked;
    create function meets(times integer) returns bigint language plpgsql as $$
      begin
        if nextval('asked') <= times then raise exception 'deadlock detected' using errcode = '40P01'; end if;
        return lastval();
      end $$`);
});
afterAll(() => postgres.close());

const meets = async (times: number) => {
  const client = await postgres.pool.connect();
  await client.query(`select setval('asked', 1, false)`);
  return {
    ask: async () => (await client.query('select meets($1)', [times])).rows[0].meets,
    client,
  };
};

test('a statement of its own is asked once more', async () => {
  const { ask, client } = await meets(1);
  expect(await ask()).toBe('2');
  client.release();
});

test('one that meets a deadlock again fails with it', async () => {
  const { ask, client } = await meets(2);
  await expect(ask()).rejects.toMatchObject({ code: '40P01' });
  client.release();
});

test('a transaction fails with its deadlock, and not with the word that it has failed', async () => {
  const { ask, client } = await meets(1);
  await client.query('begin');
  await expect(ask()).rejects.toMatchObject({ code: '40P01' });
  await client.query('rollback');
  client.release();
});
