import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { InlineAnswer } from '../../../src/sandbox/telegram/state/inline-results.js';
import { startTemporaryFal } from '../fal/temporary-fal.js';
import { aLocalTelegram, anApi } from './a-local-telegram.js';

/** `fetch` does not let a caller name another host. */
async function ask(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const call = request(url, { headers }).end();
  const [response] = await once(call, 'response');
  response.resume();
  return response.statusCode;
}

const strangers: Record<string, string>[] = [
  { host: 'evil.example' },
  { host: '127.0.0.1.evil.example:80' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
];

test('each start has a token of its own that nobody guesses', async () => {
  const [one, other] = await Promise.all([aLocalTelegram(), aLocalTelegram()]);
  expect(one.token).toMatch(/^\d{10}:AA[\w-]{33}$/);
  expect(one.token).not.toBe(other.token);
  expect(await ask(`${one.url}/bot${one.token}/getMe`)).toBe(200);
  for (const guess of [other.token, '1:sandbox', `${one.token}x`])
    expect(await ask(`${one.url}/bot${guess}/getMe`), guess).toBe(401);
});

test('the Bot API is for programs on this machine, also for whoever knows the token', async () => {
  const telegram = await aLocalTelegram();
  const { url, token, drive } = telegram;
  const { document } = await drive.sendDocument(1, { bytes: Buffer.from('mine'), name: 'mine.txt' });
  const api = anApi(telegram);
  const { file_path: path } = await api.getFile(document?.file_id ?? '');
  for (const address of [
    `${url}/bot${token}/sendMessage?chat_id=1&text=x`,
    `${url}/file/bot${token}/${path}`,
  ]) {
    for (const headers of strangers) expect(await ask(address, headers), JSON.stringify(headers)).toBe(403);
    expect(await ask(address)).toBe(200);
    expect(await ask(address, { host: 'localhost:1', origin: 'http://localhost:1' })).toBe(200);
  }
});

test('the local fal is for programs on this machine too', async () => {
  const fal = await startTemporaryFal();
  onTestFinished(() => fal.remove());
  const address = `${fal.restUrl}/.well-known/jwks.json`;
  for (const headers of strangers) expect(await ask(address, headers), JSON.stringify(headers)).toBe(403);
  expect(await ask(address)).toBe(200);
});

test('nothing is fetched from an address that a bot sends', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('x');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const api = anApi(telegram);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.jpg`;
  for (const sent of [
    api.sendPhoto(1, url),
    api.sendDocument(1, url),
    api.sendMediaGroup(1, [
      { type: 'photo', media: url },
      { type: 'photo', media: url },
    ]),
  ])
    await expect(sent).rejects.toThrow('failed to get HTTP URL content');
  expect(asked).toBe(0);

  const asking = telegram.drive.inlineQuery(1, 'sun');
  const id = (await api.getUpdates()).at(-1)?.inline_query?.id ?? '';
  await api.answerInlineQuery(id, [
    { type: 'photo', id: 'p', photo_url: url, thumbnail_url: url },
    {
      type: 'document',
      id: 'd',
      title: 'Plan',
      document_url: url.replace('picture.jpg', 'plan.pdf'),
      mime_type: 'application/pdf',
    },
    {
      type: 'article',
      id: 'a',
      title: 'A',
      thumbnail_url: url,
      input_message_content: { message_text: 'x' },
    },
  ]);
  const { results } = (await asking) as InlineAnswer;
  for (const result of results) telegram.drive.chooseInlineResult(1, result, { query: 'sun' });
  const [picture, file] = telegram.drive.messages(1).slice(-3);
  expect(picture?.photo?.at(-1)).toMatchObject({ width: 640, height: 480 });
  expect(file?.document).toMatchObject({ file_name: 'plan.pdf', mime_type: 'application/pdf' });
  expect(asked).toBe(0);

  await expect(
    api.answerInlineQuery(id, [{ type: 'photo', id: 'p', photo_url: 'sun', thumbnail_url: url }]),
  ).rejects.toThrow('WEBDOCUMENT_URL_INVALID');
});
