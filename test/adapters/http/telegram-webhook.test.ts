import { describe, expect, it } from 'vitest';
import type { TelegramWebhook } from '../../../src/adapters/http/telegram-webhook-route.js';
import { runningServer } from './running-server.js';

const taking = (seen: unknown[]): TelegramWebhook => {
  return async ({ header, body }) => {
    if (header('x-telegram-bot-api-secret-token') !== 's3cret') return new Response(null, { status: 401 });
    seen.push(JSON.parse(new TextDecoder().decode(await body())));
    return new Response('taken', { status: 202 });
  };
};

const post = (url: string, body: string, secret = 's3cret') =>
  fetch(`${url}/webhooks/telegram`, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': secret },
    body,
  });

describe('POST /webhooks/telegram', () => {
  it('hands the request on as it came, and gives the answer back', async () => {
    const seen: unknown[] = [];
    const { url } = await runningServer({ telegramWebhook: taking(seen) });
    const response = await post(url, JSON.stringify({ update_id: 1, message: { text: '☃' } }));
    expect([response.status, await response.text()]).toEqual([202, 'taken']);
    expect(seen).toEqual([{ update_id: 1, message: { text: '☃' } }]);
    expect((await fetch(`${url}/webhooks/telegram`)).status).toBe(405);
  });

  it('hands on nothing that is too large', async () => {
    const seen: unknown[] = [];
    const { url } = await runningServer({ telegramWebhook: taking(seen) });
    expect((await post(url, JSON.stringify('x'.repeat(1_000_000)))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  it('hangs up on a stranger', async () => {
    const { url } = await runningServer({ telegramWebhook: taking([]) });
    const response = await post(url, '{}', 'guessed');
    expect([response.status, response.headers.get('connection')]).toEqual([401, 'close']);
  });
});
