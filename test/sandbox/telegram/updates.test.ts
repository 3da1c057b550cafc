import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Update } from 'grammy/types';
import { expect, onTestFinished, test } from 'vitest';
import type { LocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { aLocalTelegram, anApi, eventually } from './a-local-telegram.js';

const someoneWaits = (telegram: LocalTelegram) => eventually(() => telegram.polling.isWaiting).toBe(true);

test('updates stay until they are confirmed by a higher offset', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  for (const text of ['one', 'two', 'three']) telegram.drive.sendText(1, text);
  const textsFrom = async (offset: number, limit = 100) =>
    (await api.getUpdates({ offset, limit })).map(({ message }) => message?.text);

  const [first] = await api.getUpdates({ limit: 1 });
  const id = first?.update_id ?? 0;

  expect(await textsFrom(0)).toEqual(['one', 'two', 'three']);
  expect(await textsFrom(id + 1, 1)).toEqual(['two']);
  expect(await textsFrom(0)).toEqual(['two', 'three']);
  expect(await textsFrom(-1)).toEqual(['three']);
});

test('a long poll is answered the moment something happens', async () => {
  const telegram = await aLocalTelegram();
  const waiting = anApi(telegram).getUpdates({ timeout: 30 });
  await someoneWaits(telegram);

  telegram.drive.sendText(1, 'hello');

  expect((await waiting).map(({ message }) => message?.text)).toEqual(['hello']);
});

test('of two consumers the one that waits gets the 409', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  const first = api.getUpdates({ timeout: 30 });
  const outcome = first.then(
    () => 'answered',
    (error: unknown) => error,
  );
  await someoneWaits(telegram);

  const second = api.getUpdates({ timeout: 30 });

  expect(await outcome).toMatchObject({
    error_code: 409,
    description: expect.stringContaining('Conflict: terminated by other getUpdates request'),
  });
  telegram.drive.sendText(1, 'hello');
  expect(await second).toHaveLength(1);
});

test('a consumer that hung up does not swallow what comes next', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  const gone = new AbortController();
  const first = fetch(`${telegram.url}/bot${telegram.token}/getUpdates?timeout=30`, {
    signal: gone.signal,
  }).catch(() => 'gone');
  await someoneWaits(telegram);
  gone.abort();
  await first;

  telegram.drive.sendText(1, 'hello');

  expect(await api.getUpdates({ timeout: 5 })).toHaveLength(1);
});

test('only the wanted types are queued', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  await api.getUpdates({ allowed_updates: ['callback_query'] });

  telegram.drive.sendText(1, 'hello');

  expect(await api.getUpdates()).toEqual([]);
});

/** A webhook that answers with the next of these statuses, then 200 for ever. */
async function aWebhook(...statuses: number[]) {
  const got: { readonly update: Update; readonly secret: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    const update = JSON.parse(await text(request)) as Update;
    got.push({ update, secret: request.headers['x-telegram-bot-api-secret-token'] as string | undefined });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

test('a webhook gets each update with the secret, again until it answers 2xx', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  const { url, got } = await aWebhook(500, 302);
  await api.setWebhook(url, { secret_token: 's3cret' });

  telegram.drive.sendText(1, 'one');
  telegram.drive.sendText(1, 'two');

  await expect
    .poll(() => got.map(({ update }) => update.message?.text))
    .toEqual(['one', 'one', 'one', 'two']);
  expect(new Set(got.map(({ secret }) => secret))).toEqual(new Set(['s3cret']));
  await eventually(async () => (await api.getWebhookInfo()).pending_update_count).toBe(0);
  expect((await api.getWebhookInfo()).last_error_message).toContain('302');
});

test('polling is refused while a webhook is set', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  const { url } = await aWebhook();
  await api.setWebhook(url);

  await expect(api.getUpdates()).rejects.toMatchObject({ error_code: 409 });
  await api.deleteWebhook();
  expect(await api.getUpdates()).toEqual([]);
});

test('a tap does not wait behind a message that the webhook refuses', async () => {
  const telegram = await aLocalTelegram();
  const api = anApi(telegram);
  telegram.drive.start(1);
  await api.getUpdates({ offset: -1 });
  const { message_id } = await api.sendMessage(1, 'x', {
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] },
  });
  const { url, got } = await aWebhook(...Array.from({ length: 20 }, () => 503));
  await api.setWebhook(url, { drop_pending_updates: true });

  telegram.drive.sendText(1, 'refused for a while');
  await eventually(() => got.length).toBeGreaterThan(0);
  void telegram.drive.tap(1, message_id, 'b', { timeout: 10 });

  await eventually(() => got.some(({ update }) => update.callback_query !== undefined)).toBe(true);
});

test('update ids look like those of Telegram: large, growing by one, other ones in another folder', async () => {
  const [one, other] = await Promise.all([aLocalTelegram(), aLocalTelegram()]);
  const idsOf = async (telegram: typeof one) => {
    for (const text of ['a', 'b', 'c']) telegram.drive.sendText(1, text);
    return (await anApi(telegram).getUpdates()).map(({ update_id }) => update_id);
  };
  const ids = await idsOf(one);
  const [first = 0] = ids;
  expect(ids).toEqual([first, first + 1, first + 2]);
  expect(first).toBeGreaterThan(99_999_999);
  expect(first).toBeLessThan(2 ** 31 - 1);
  expect((await idsOf(other))[0]).not.toBe(first);
});
