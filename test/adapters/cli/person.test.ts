import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let database: TestDatabase;
let telegram: LocalTelegram;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-person-'));
  database = await createTestDatabase();
  telegram = await startLocalTelegram({ folder: join(folder, 'telegram') });
  telegram.drive.start(2);
});

afterAll(async () => {
  await telegram.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  command(words, {
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.connectionString,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    MODE: 'sandbox',
  });

// The sandbox has given person 2 a thousand credits.
test('what the chat does with a person is done here too, and kept as acts', async () => {
  await run('credits', 'grant', '--user', '2', '--amount', '5', '--reason', 'a start', '--new');
  const granted = await run('person', '2', 'grant', '50', 'sorry', 'for', 'the', 'wait');
  expect(granted, granted.err).toMatchObject({ code: 0, out: 'balance 1055, held 0\n' });
  expect((await run('person', '2', 'take-back', '20', 'too many')).out).toBe('balance 1035, held 0\n');
  expect(await run('person', '2', 'take-back', '1036', 'all')).toMatchObject({ code: 2, out: '' });
  expect((await run('person', '2', 'block', 'threats')).out).toContain('blocked');
  expect((await run('person', '2')).out).toMatch(/BLOCKED since .*: threats\nbalance {4}1035, held 0/);
  expect(await run('person', '2', 'block')).toMatchObject({ code: 2 });
  expect(await run('person', '2', 'unblock')).toMatchObject({ code: 0 });
  expect(await run('person', '2', 'message', 'All is well again.')).toMatchObject({
    code: 0,
    out: 'it was sent\n',
  });
  await telegram.drive.waitForMessage(2, ({ text }) => text?.includes('All is well again.') ?? false);
  expect(await run('person', '2', 'refund', 'nosuchcharge')).toMatchObject({ code: 2 });
  const acts: { act: string; admin: string; why: string | null }[] = JSON.parse(
    (await run('acts', '--json')).out,
  );
  expect(acts.map(({ act, admin, why }) => [act, admin, why])).toEqual([
    ['message', 'cli', null],
    ['unblock', 'cli', null],
    ['block', 'cli', 'threats'],
    ['take-back', 'cli', 'too many'],
    ['grant', 'cli', 'sorry for the wait'],
    ['grant', 'cli', 'a start'],
  ]);
});

test('what is wrong is said', async () => {
  for (const words of [['2', 'dance'], ['nobody'], ['2', 'grant', 'many'], ['2', 'message']])
    expect(await run('person', ...words), words.join(' ')).toMatchObject({ code: 2, out: '' });
});
