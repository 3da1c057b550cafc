import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Hono } from 'hono';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from './a-local-telegram.js';
import { aShop, price } from './a-shop.js';

const mark = { 'x-sandbox-chat': '1' };
const asJson = { ...mark, 'content-type': 'application/json' };

async function aChat() {
  const telegram = await aLocalTelegram();
  const base = `${telegram.url}/sandbox`;
  const post = (path: string, body: object, headers: Record<string, string> = asJson) =>
    fetch(`${base}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { telegram, base, post };
}

/** `fetch` does not let a caller name another host. */
function getAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('the page comes with a policy under which only its own files run', async () => {
  const { base } = await aChat();

  const page = await fetch(`${base}/`);

  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const html = await page.text();
  for (const [, name] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect((await fetch(`${base}/${name}`)).status, name).toBe(200);
  }
});

test('without the last slash the page sends the browser to where its files are', async () => {
  const { telegram, base } = await aChat();
  const mounted = new Hono().route('/some/place', telegram.app);

  const here = await fetch(base, { redirect: 'manual' });
  const there = await mounted.request('http://localhost/some/place', { headers: { host: 'localhost' } });

  expect(here.headers.get('location')).toBe('/sandbox/');
  expect(there.headers.get('location')).toBe('/some/place/');
  const script = await mounted.request('http://localhost/some/place/scripts/main.js', {
    headers: { host: 'localhost' },
  });
  expect(script.headers.get('content-type')).toContain('javascript');
});

test('only files of the page are given out', async () => {
  const { base } = await aChat();

  for (const path of [
    '..%2fpackage.json',
    'scripts/..%2f..%2f..%2fpackage.json',
    'scripts',
    'nothing.js',
    '.env',
  ]) {
    expect((await fetch(`${base}/${path}`)).status, path).toBe(404);
  }
});

test('a name that is not this machine’s is refused, also for reading', async () => {
  const { base } = await aChat();

  expect(await getAs('evil.example', `${base}/api/surroundings`)).toBe(403);
  expect(await getAs('127.0.0.1.evil.example:80', `${base}/`)).toBe(403);
  expect(await getAs('localhost:8080', `${base}/api/surroundings`)).toBe(200);
});

test('another site’s page cannot do anything', async () => {
  const { telegram, post } = await aChat();
  const body = { text: 'forged' };

  const statuses = [
    (await post('people/1/messages', body, { ...asJson, origin: 'https://evil.example' })).status,
    (await post('people/1/messages', body, { ...asJson, origin: 'null' })).status,
    (await post('people/1/messages', body, { 'content-type': 'text/plain' })).status,
  ];

  expect(statuses).toEqual([403, 403, 403]);
  expect(telegram.drive.messages(1)).toEqual([]);
  expect((await post('people/1/messages', { text: 'real' })).status).toBe(200);
});

test('what happens is streamed', async () => {
  const { telegram, base } = await aChat();
  const stream = await fetch(`${base}/api/events`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  const until = async (part: string) => {
    while (!seen.includes(part)) seen += (await reader?.read())?.value ?? '';
  };
  await until('event: hello');

  telegram.drive.start(1);
  const api = anApi(telegram);
  const { message_id } = await api.sendMessage(1, 'Hello');
  await api.editMessageText(1, message_id, 'Hello again');
  await api.sendChatAction(1, 'upload_photo');
  await api.deleteMessage(1, message_id);

  await until('event: deleted');
  expect(seen).toContain('"text":"Hello again"');
  expect(seen).toContain('"action":"upload_photo"');
  await reader?.cancel();
});

test('photos go up as an album, files as they are, and come down again', async () => {
  const { telegram, base } = await aChat();
  const picture = async (background: string) =>
    new Blob(
      [
        new Uint8Array(
          await sharp({ create: { width: 80, height: 60, channels: 3, background } })
            .png()
            .toBuffer(),
        ),
      ],
      {
        type: 'image/png',
      },
    );
  const form = new FormData();
  form.append('files', await picture('#a00'), 'a.png');
  form.append('files', await picture('#0a0'), 'b.png');
  form.append('files', new Blob(['<script>alert(1)</script>'], { type: 'text/html' }), 'page.html');
  form.append('caption', 'mine');

  const response = await fetch(`${base}/api/people/1/uploads`, { method: 'POST', headers: mark, body: form });

  expect(response.status).toBe(200);
  const [first, second, third] = telegram.drive.messages(1);
  expect(first).toMatchObject({ caption: 'mine', albumId: second?.albumId });
  const file = await fetch(`${base}/api/files/${third?.document?.file_id}`);
  expect(file.headers.get('content-type')).toBe('application/octet-stream');
  expect(file.headers.get('content-disposition')).toContain('attachment');
  expect(await file.text()).toContain('<script>');
  const photo = await fetch(`${base}/api/files/${first?.photo?.[0]?.file_id}`);
  expect(photo.headers.get('content-type')).toBe('image/jpeg');
});

test('older messages come in pages', async () => {
  const { telegram, base } = await aChat();
  for (let index = 1; index <= 100; index += 1) telegram.drive.sendText(1, String(index));
  const page = async (query = '') => {
    const response = await fetch(`${base}/api/chats/1/messages${query}`);
    return (await response.json()) as { messages: { id: number; text: string }[]; hasOlder: boolean };
  };

  const newest = await page();
  const older = await page(`?before=${newest.messages[0]?.id}`);

  expect(newest.messages.map(({ text }) => text)).toEqual(
    Array.from({ length: 60 }, (_, index) => String(index + 41)),
  );
  expect([newest.hasOlder, older.hasOlder]).toEqual([true, false]);
  expect(older.messages).toHaveLength(40);
});

test('a refusal comes back as words', async () => {
  const { telegram, post } = await aChat();
  telegram.drive.start(1);
  telegram.drive.block(1);

  const response = await post('people/1/messages', { text: 'x' });

  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: 'Person 1 has blocked the bot' });
});

test('closing ends open streams', async () => {
  const { telegram, base } = await aChat();
  const stream = await fetch(`${base}/api/events`);
  const ended = text(stream.body as never).then(
    () => 'ended',
    () => 'cut',
  );

  await telegram.close();

  expect(await ended).toMatch(/ended|cut/);
});

test('what the next picture meets is chosen by the chat’s own page alone, and never where none are made', async () => {
  const meetings: (string | null)[] = [];
  const nextPicture = {
    choices: ['fails'],
    get chosen() {
      return meetings.at(-1) ?? null;
    },
    choose: (name: string | null) => {
      if (name === 'nonsense') throw new Error('There is no fault "nonsense"');
      meetings.push(name);
    },
  };
  const { url } = await aLocalTelegram({ nextPicture });
  const place = `${url}/sandbox/api/next-picture`;
  const choose = (choice: string, headers: Record<string, string>) =>
    fetch(place, { method: 'POST', headers, body: JSON.stringify({ choose: choice }) });
  expect((await choose('fails', { 'content-type': 'application/json' })).status).toBe(403);
  expect((await choose('fails', { ...asJson, origin: 'https://evil.example' })).status).toBe(403);
  expect(meetings).toEqual([]);
  expect((await choose('nonsense', asJson)).status).toBe(400);
  expect(await (await choose('fails', asJson)).json()).toEqual({ choices: ['fails'], chosen: 'fails' });
  expect(await (await fetch(place)).json()).toEqual({ choices: ['fails'], chosen: 'fails' });
  const elsewhere = await aChat();
  expect(await (await fetch(`${elsewhere.base}/api/next-picture`)).json()).toEqual({
    choices: [],
    chosen: null,
  });
});

test('the page looks at an invoice before the bot is asked, and at a receipt of its own after', async () => {
  const { telegram, monthly, pay } = await aShop();
  const link = await monthly();
  const chargeId = await pay(1, link);
  const ask = async (path: string, body: object) => {
    const address = `${telegram.url}/sandbox/api/people/${path}`;
    const response = await fetch(address, { method: 'POST', headers: asJson, body: JSON.stringify(body) });
    return { status: response.status, said: (await response.json()) as unknown };
  };
  const invoice = { title: 'A month', currency: 'XTR', total_amount: price, isMonthly: true };

  expect(await ask('2/invoices', { link })).toMatchObject({ status: 200, said: invoice });
  expect(await ask('1/receipts', { chargeId })).toMatchObject({ status: 200, said: { chargeId } });
  expect(await ask('2/receipts', { chargeId })).toMatchObject({ status: 400 });
  expect(await ask('1/invoices', { link: 'https://t.me/$nothing' })).toMatchObject({ status: 400 });
  expect(await ask('1/subscriptions', { chargeId, act: 'pass-month' })).toMatchObject({
    said: { subscriptions: [{ chargeId, state: 'active' }] },
  });
  expect(await ask('1/subscriptions', { chargeId, act: 'cancel' })).toMatchObject({
    said: { subscriptions: [{ chargeId, state: 'canceled' }] },
  });
});
