import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-access-'));
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  command(['access', ...words], { DATA_DIR: join(folder, 'data'), DATABASE_URL: database.connectionString });

test('people are let in, turned away and listed, and links are made and ended', async () => {
  expect(await run('allow', '1001')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1001 is allowed'),
  });
  expect(await run('refuse', '2002')).toMatchObject({ code: 0 });
  expect(await run('remove', '1001')).toMatchObject({ code: 0 });
  const made = await run('invite', '--uses', '5');
  const [code = ''] = made.out.split('\n');
  expect(made.out).toContain(`?start=invite_${code}`);
  expect((await run('list')).out).toContain(`${code}`);
  expect(await run('end', code)).toMatchObject({ code: 0 });
  expect(JSON.parse((await run('list', '--json')).out)).toMatchObject({
    people: [
      { user: '2002', state: 'refused' },
      { user: '1001', state: 'removed' },
    ],
    links: [{ code, uses: 5, used: 0, endedAt: expect.any(String) }],
  });
  expect(await run('open')).toMatchObject({ code: 0 });
  expect(JSON.parse((await run('list', '--json')).out)).toEqual({ people: [], links: [] });
});

test('what is wrong is said, and nothing is changed', async () => {
  expect(await run('allow', 'ada')).toMatchObject({ code: 2, out: '' });
  const wrong = await run('invite', '--uses', '0', '--days', 'many');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  for (const field of ['uses', 'days']) expect(wrong.err).toContain(field);
  expect(await run('end', 'NEVERWAS')).toMatchObject({ code: 2 });
});
