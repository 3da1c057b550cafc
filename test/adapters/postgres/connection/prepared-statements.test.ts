import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PreparedStatements } from '../../../../src/adapters/postgres/connection/prepared-statements.js';
import { type OpenedPostgres, openPostgres } from '../open-postgres.js';

let postgres: OpenedPostgres;
let client: pg.Client;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.close());

beforeEach(async () => {
  client = new pg.Client({ connectionString: postgres.connectionString });
  new PreparedStatements().keepOn(client);
  await client.connect();
  return () => client.end();
});

const prepared = async () =>
  (await client.query<{ statement: string }>('select statement from pg_prepared_statements')).rows.map(
    ({ statement }) => statement,
  );

const askFor = async (times: number, text: string, values: unknown[] = [1]) => {
  for (let time = 0; time < times; time += 1) await client.query(text, values);
};

test('a statement that comes again is prepared, one that comes seldom is not', async () => {
  await askFor(3, 'select $1::integer + 1');
  await askFor(2, 'select $1::integer + 2');
  expect(await prepared()).toEqual(['select $1::integer + 1']);
});

test('one without parameters is not', async () => {
  await askFor(5, 'select 1', []);
  expect(await prepared()).toEqual([]);
});

test('no connection keeps more than 200, and what comes beyond is answered all the same', async () => {
  for (let number = 0; number < 205; number += 1) await askFor(3, `select $1::integer + ${number}`);
  expect(await prepared()).toHaveLength(200);
  expect((await client.query('select $1::integer + 204 as sum', [1])).rows).toEqual([{ sum: 205 }]);
});

test('texts that never come again are forgotten, and take no place', async () => {
  for (let number = 0; number < 1100; number += 1) await askFor(1, `select $1::integer + ${number}`);
  await askFor(3, 'select $1::integer * 2');
  expect(await prepared()).toEqual(['select $1::integer * 2']);
});

const table = () => `t_${randomUUID().replaceAll('-', '')}`;

test('a table that a newer process has changed is read all the same', async () => {
  const name = table();
  await client.query(`create table ${name} as select 1 as one`);
  const text = `select * from ${name} where one = $1`;
  await askFor(4, text);
  await client.query(`alter table ${name} add column two integer`);
  expect((await client.query(text, [1])).rows).toEqual([{ one: 1, two: null }]);
  await askFor(3, text);
  expect(await prepared()).toContain(text);
});

test('within a transaction that fails, and works when it is tried again', async () => {
  const name = table();
  await client.query(`create table ${name} as select 1 as one`);
  const text = `select * from ${name} where one = $1`;
  await askFor(4, text);
  await client.query(`alter table ${name} add column two integer`);
  await client.query('begin');
  await expect(client.query(text, [1])).rejects.toMatchObject({ code: '0A000' });
  await client.query('rollback');
  await client.query('begin');
  expect((await client.query(text, [1])).rows).toEqual([{ one: 1, two: null }]);
  await client.query('commit');
});

test('a connection whose statements somebody has dropped goes on', async () => {
  await askFor(4, 'select $1::integer as one');
  await client.query('deallocate all');
  expect((await client.query('select $1::integer as one', [1])).rows).toEqual([{ one: 1 }]);
});

test('an error of the statement itself is thrown as it is', async () => {
  await expect(askFor(4, 'select 1 / $1::integer', [0])).rejects.toMatchObject({ code: '22012' });
});
