import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let database: TestDatabase;
let telegram: LocalTelegram;
let client: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-cases-'));
  database = await createTestDatabase();
  telegram = await startLocalTelegram({ folder: join(folder, 'telegram') });
  telegram.drive.start(2);
  client = new pg.Client(database.connectionString);
  await client.connect();
});

afterAll(async () => {
  await client.end();
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

const [report, appeal] = [1, 2].map((number) => `00000000-0000-4000-8000-00000000000${number}`) as [
  string,
  string,
];

const waits = (id: string, kind: string, more: Record<string, unknown>) => {
  const row = { id, kind, key: id, person: '2', photos: '[]', opened_at: new Date(), ...more };
  const names = Object.keys(row);
  return client.query(
    `insert into moderation_cases (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`,
    Object.values(row),
  );
};

test('what waits is listed, opened on purpose, and decided as in the chat, with its reason', async () => {
  await run('credits', 'grant', '--user', '2', '--amount', '5', '--reason', 'a start', '--new');
  expect(await run('cases', 'list')).toMatchObject({ code: 0, out: 'nothing waits for you\n' });
  await waits(report, 'recipe', { subject: report, reporter: '1', category: 'nudity' });
  const listed = await run('cases', 'list');
  expect(listed, listed.err).toMatchObject({ code: 0, out: expect.stringContaining(report) });
  expect(listed.out).toContain('nudity');
  expect(await run('acts')).toMatchObject({ out: expect.not.stringContaining('case-open') });
  expect((await run('cases', 'show', report)).out).toContain('no words');
  expect(await run('cases', 'block', 'nosuchcase')).toMatchObject({ code: 2 });
  const blocked = await run('cases', 'block', report, '--reason', 'not a statue');
  expect(blocked, blocked.err).toMatchObject({ code: 0, out: 'block: 2\n' });
  await telegram.drive.waitForMessage(2, ({ text }) => text?.includes('/appeal') ?? false);
  const card = await run('users', 'show', '2');
  expect(card.out, card.err).toContain('not a statue');
  expect(await run('cases', 'block', report)).toMatchObject({ code: 2 });

  const { rows } = await client.query("select at from blocked_people where user_id = '2'");
  await waits(appeal, 'appeal', { subject: rows[0].at.toISOString(), words: 'It was a statue.' });
  expect((await run('cases', 'list', '--json')).out).not.toContain('statue');
  expect((await run('cases', 'show', appeal)).out).toContain('It was a statue.');
  expect(await run('cases', 'block', appeal)).toMatchObject({
    code: 2,
    err: expect.stringContaining('allow or refuse'),
  });
  expect(await run('cases', 'allow', appeal)).toMatchObject({ code: 0, out: 'unblock: 2\n' });
  expect((await run('users', 'show', '2')).out).not.toContain('BLOCKED');
  const acts: { act: string; admin: string; why: string | null }[] = JSON.parse(
    (await run('acts', '--json')).out,
  );
  expect(acts.map(({ act, admin, why }) => [act, admin, why]).slice(0, 6)).toEqual([
    ['case-decide', 'cli', null],
    ['unblock', 'cli', null],
    ['case-open', 'cli', null],
    ['block', 'cli', 'not a statue'],
    ['case-decide', 'cli', 'not a statue'],
    ['case-open', 'cli', null],
  ]);
});
