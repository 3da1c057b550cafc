import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { checkTelegramWebhook } from '../../src/composition/checks/check-telegram-webhook.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { aLocalTelegram } from '../sandbox/telegram/a-local-telegram.js';

test('the doctor says what Telegram says of its calls', async () => {
  const telegram = await aLocalTelegram();
  const variables = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_URL: telegram.url, FAL_KEY: 'a:b' };
  const check = (now = new Date(), publicUrl = 'https://aisha.example') =>
    checkTelegramWebhook(loadConfig({ ...variables, PUBLIC_URL: publicUrl }), {
      now: () => now,
      ticks: () => performance.now() / 1000,
    });
  expect(
    await checkTelegramWebhook(loadConfig(variables), {
      now: () => new Date(),
      ticks: () => performance.now() / 1000,
    }),
  ).toEqual([]);
  expect(await check()).toMatchObject([{ ok: true, detail: expect.stringContaining('no webhook is set') }]);

  const broken = createServer((_, response) => response.writeHead(502).end());
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void broken.close());
  const { port } = broken.address() as AddressInfo;
  await new Api(telegram.token, { apiRoot: telegram.url }).setWebhook(`http://127.0.0.1:${port}/hook`);
  telegram.drive.sendText(1, 'hello');
  await expect.poll(() => check()).toMatchObject([{ ok: false }]);
  const [finding] = await check();
  expect(finding?.detail).toMatch(/^calls 127\.0\.0\.1:\d+; 1 updates wait; last error at 2\S+Z: .*502/);
  // It is never taken from the list.
  expect(await check(new Date(Date.now() + 7_200_000))).toMatchObject([{ ok: true }]);
});
