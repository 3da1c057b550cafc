import { describe, expect, it } from 'vitest';
import { runningServer } from './running-server.js';

describe('POST /webhooks/telegram', () => {
  it('hands the request on as it came, and gives the answer back', async () => {
    const seen: unknown[] = [];
    const { url } = await runningServer({
      telegramWebhook: async (request) => {
        seen.push(await request.json(), request.headers.get('x-telegram-bot-api-secret-token'));
        return new Response('taken', { status: 202 });
      },
    });
    const response = await fetch(`${url}/webhooks/telegram`, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': 's3cret' },
      body: JSON.stringify({ update_id: 1, message: { text: '☃' } }),
    });
    expect([response.status, await response.text()]).toEqual([202, 'taken']);
    expect(seen).toEqual([{ update_id: 1, message: { text: '☃' } }, 's3cret']);
    expect((await fetch(`${url}/webhooks/telegram`)).status).toBe(405);
  });

  it('hands on nothing that is too large', async () => {
    let called = false;
    const { url } = await runningServer({
      telegramWebhook: async () => {
        called = true;
        return new Response();
      },
    });
    const body = 'x'.repeat(1_000_001);
    expect((await fetch(`${url}/webhooks/telegram`, { method: 'POST', body })).status).toBe(413);
    expect(called).toBe(false);
  });
});
