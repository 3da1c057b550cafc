import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src/adapters/observability/pino-logger.js';
import { localAccount, openLocalTelegram } from '../../src/composition/local-account.js';
import { loadConfig } from '../../src/composition/settings/config.js';

test('the bot stays the same bot when its port is taken: its old messages can still be edited', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-account-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const config = loadConfig({ DATA_DIR: folder });
  const { port, token } = await localAccount(config);
  expect(token).toMatch(/^\d{8,10}:[\w-]{35}$/);
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());

  const telegram = await openLocalTelegram(config, createLogger({ level: 'silent' }), null);
  onTestFinished(() => telegram.close());
  expect(telegram.token).toBe(token);
  expect(new URL(telegram.url).port).not.toBe(String(port));
  expect(await localAccount(config)).toEqual({
    token,
    port: Number(new URL(telegram.url).port),
    url: telegram.url,
  });
});
