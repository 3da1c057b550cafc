import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBroadcast, openToAll } from '../../support/builders/a-broadcast.js';
import { givenUser } from '../../support/builders/given.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let opened: OpenedPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-broadcasts-'));
  opened = await openPostgres();
});

afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  command(['broadcasts', ...words], {
    FAL_KEY: 'test-key',
    TELEGRAM_BOT_TOKEN: '7000002:telegram-token',
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: opened.connectionString,
  });

test('broadcasts are listed, looked at and stopped, and the stop is kept', async () => {
  expect((await run('list')).out).toContain('there were no broadcasts');
  await givenUser(opened.database.stores);
  const { id } = aBroadcast();
  await opened.database.stores.broadcasts.add(aBroadcast({ id }), openToAll);
  expect(JSON.parse((await run('list', '--json')).out)).toMatchObject([{ id, state: 'sending', left: 1 }]);
  const stopped = await run('stop', id, '--json');
  expect(stopped.code, stopped.err).toBe(0);
  expect(JSON.parse(stopped.out)).toMatchObject({ id, state: 'stopped', left: 1, sent: 0 });
  expect((await run('show', id)).out).toContain('stopped');
  expect(await opened.database.stores.operatorActs.list(9)).toMatchObject([
    { act: 'broadcast-stop', admin: 'cli', details: { id, left: 1 } },
  ]);
  // One that is over is not stopped again.
  await run('stop', id);
  expect(await opened.database.stores.operatorActs.list(9)).toHaveLength(1);
  for (const unknown of ['nonsense', aBroadcast().id]) {
    expect((await run('show', unknown)).code).toBe(2);
    expect((await run('stop', unknown)).code).toBe(2);
  }
});
