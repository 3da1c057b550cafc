import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { checkTelegramFiles } from '../../src/composition/checks/check-telegram-files.js';
import { loadConfig } from '../../src/composition/settings/config.js';

const check = (changes: Record<string, string>) =>
  checkTelegramFiles(loadConfig({ TELEGRAM_BOT_TOKEN: '1:t', FAL_KEY: 'key', ...changes }));

test('the doctor says when files cannot be had from a Bot API server', async () => {
  const apiUrl = { TELEGRAM_API_URL: 'http://api:8081' };
  expect(await check({})).toEqual([]);
  expect(await check(apiUrl)).toMatchObject([{ detail: expect.stringContaining('cannot be had') }]);
  expect(await check({ ...apiUrl, TELEGRAM_FILES_DIR: tmpdir() })).toMatchObject([{ ok: true }]);
  expect(await check({ ...apiUrl, TELEGRAM_FILES_DIR: '/no/such/folder' })).toMatchObject([{ ok: false }]);
});
