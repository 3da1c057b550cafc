import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-budget-'));
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  command(words, {
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.connectionString,
    DAILY_BUDGET: '10',
    DAILY_PICTURES: '20',
  });

test('what is spent is shown, begun anew, and one person may order more', async () => {
  await run('credits', 'grant', '--user', '1001', '--amount', '5', '--reason', 'a test');
  const shown = await run('budget', 'show');
  expect(shown.out, shown.err).toContain('day    $0.00 of $10.00\nmonth  $0.00 of any');
  expect(shown.out).toContain('a day: 20');
  expect(await run('budget', 'reset')).toMatchObject({ code: 0 });
  expect((await run('budget', 'person', '1001')).out).toBe(
    '1001 may order as many pictures a day as everybody\n',
  );
  expect((await run('budget', 'person', '1001', '--pictures', '50')).out).toBe(
    '1001 may order 50 pictures a day\n',
  );
  expect(await run('budget', 'person', '1001', '--pictures', 'many')).toMatchObject({ code: 2 });
  expect(await run('budget', 'person', '7777', '--pictures', '5')).toMatchObject({ code: 2 });
  const acts = JSON.parse((await run('acts', '--json')).out).map(({ act }: { act: string }) => act);
  expect(acts).toEqual(['picture-limit', 'picture-limit', 'budget-reset', 'grant']);
});
