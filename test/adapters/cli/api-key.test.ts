import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-api-key-'));
  database = await createTestDatabase();
  for (const user of ['1', '2']) await known(user);
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  command(words, { DATA_DIR: join(folder, 'data'), DATABASE_URL: database.connectionString });
const keys = (...words: readonly string[]) => run('api-key', ...words);
/** Whoever was given something is known here. */
const known = (user: string) => run('credits', 'grant', '--user', user, '--amount', '1', '--reason', 'hello');
const listed = async (...words: readonly string[]) =>
  JSON.parse((await keys('list', ...words, '--json')).out);

test('one is made, shown once, listed and revoked', async () => {
  const made = await keys('create', '--user', '1', '--name', 'my script', '--json');
  expect(made.code, made.err).toBe(0);
  const { id, key } = JSON.parse(made.out);
  expect(key).toMatch(/^aisha_[\dA-Za-z]{8}_[\dA-Za-z]{32}$/);
  const terms = ['--scopes', 'read, generate', '--expires', '2099-01-31'];
  const alone = await keys('create', '--user', '2', '--name', 'reader', ...terms);
  // Nothing else is on stdout: a script takes it as it is.
  expect(alone.out).toMatch(/^aisha_\w{8}_\w{32}\n$/);

  const all = await listed();
  expect(all).toMatchObject([
    { owner: '2', name: 'reader', scopes: ['read', 'generate'], expiresAt: '2099-01-31T23:59:59.999Z' },
    { id, owner: '1', name: 'my script', scopes: ['generate', 'read', 'avatars'], expiresAt: null },
  ]);
  expect(await listed('--user', '1')).toEqual([all[1]]);
  const shown = `${JSON.stringify(all)}${(await keys('list')).out}`;
  expect(shown).toContain(`aisha_${key.slice(6, 14)}_…`);
  for (const hidden of [key.slice(-32), alone.out.trim().slice(-32), 'digest'])
    expect(shown).not.toContain(hidden);

  expect(await keys('revoke', id, '--json')).toMatchObject({ code: 0, out: expect.stringContaining(id) });
  expect(await listed('--user', '1')).toMatchObject([{ id, revokedAt: expect.any(String) }]);
  expect(await keys('revoke', id)).toMatchObject({ code: 2, out: '' });
});

test('what is wrong is said, and nothing is made', async () => {
  const before = await listed();
  const wrong = await keys(
    ...['create', '--user', '1', '--name', ' ', '--scopes', 'everything', '--expires', 'soon'],
  );
  expect(wrong).toMatchObject({ code: 2, out: '' });
  for (const field of ['name', 'scopes', 'expires']) expect(wrong.err).toContain(field);
  for (const words of [
    ['create', '--user', 'somebody', '--name', 'x'],
    ['create', '--user', '3', '--name', 'x'],
    ['create', '--user', '1', '--name', 'x', '--expires', '2020-01-31'],
    ['list', '--user', 'somebody'],
    ['revoke', 'no-id'],
    ['revoke', '00000000-0000-4000-8000-00000000dead'],
  ])
    expect(await keys(...words), words.join(' ')).toMatchObject({ code: 2, out: '' });
  expect(await listed()).toEqual(before);
});

test('keys with the rights of operators are for operators', async () => {
  const refused = await keys('create', '--user', '1', '--name', 'x', '--scopes', 'admin');
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).not.toBe('');
});
