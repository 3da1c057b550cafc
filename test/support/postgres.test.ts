import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, prepareTemplate } from './postgres.js';

async function query(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  it('gives each caller a database of its own', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(one.connectionString, 'create table mine (id int)');
    expect(await query(one.connectionString, `select to_regclass('mine') is not null as there`)).toEqual([
      { there: true },
    ]);
    expect(await query(other.connectionString, `select to_regclass('mine') is not null as there`)).toEqual([
      { there: false },
    ]);
    await Promise.all([one.drop(), other.drop()]);
    await expect(query(one.connectionString, 'select 1')).rejects.toThrow(/does not exist/);
  });

  it('copies a template that is made once for all who ask at the same time', async () => {
    let made = 0;
    const prepare = () =>
      prepareTemplate('support-test', async (url) => {
        made += 1;
        await query(url, 'create table filled as select 42 as answer');
      });
    await Promise.all([prepare(), prepare(), prepare()]);
    await prepare();
    expect(made).toBe(1);
    const database = await createTestDatabase({ template: 'support-test' });
    expect(await query(database.connectionString, 'select answer from filled')).toEqual([{ answer: 42 }]);
    await database.drop();
  });
});
