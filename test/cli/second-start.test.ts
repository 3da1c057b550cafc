import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLocalTelegram } from '../../src/sandbox/telegram/local-telegram.js';
import { createTestDatabase } from '../support/postgres.js';
import { aisha, type Service, startService } from '../support/spawned.js';

let folder: string;
let variables: Record<string, string>;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-second-'));
  const database = await createTestDatabase();
  closing.push(
    () => rm(folder, { recursive: true, force: true }),
    () => database.drop(),
  );
  variables = { DATABASE_URL: database.connectionString, DATA_DIR: join(folder, 'data'), HTTP_PORT: '0' };
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(changes: Record<string, string> = {}): Promise<Service> {
  const service = await startService({ ...variables, ...changes }, folder);
  closing.push(() => service.stop());
  return service;
}

const startAgain = (changes: Record<string, string> = {}) =>
  aisha(['start'], { ...variables, ...changes }, folder);

/** The chat of the sandbox as the page sees it, for the person "You". */
function chatOf(service: Service) {
  const api = `http://127.0.0.1:${service.port()}/sandbox/api`;
  const messages = async () => {
    const response = await fetch(`${api}/chats/1/messages`);
    const page = (await response.json()) as { messages: { text?: string; photo?: object; from: number }[] };
    return page.messages;
  };
  return {
    messages,
    async write(text: string) {
      const headers = { 'content-type': 'application/json', 'x-sandbox-chat': '1' };
      const body = JSON.stringify({ text });
      const { status } = await fetch(`${api}/people/1/messages`, { method: 'POST', headers, body });
      expect(status).toBe(200);
    },
    /** Everything the bot has said so far. */
    said: async () => (await messages()).map(({ text }) => text ?? '').join('\n'),
    pictures: async () => (await messages()).filter(({ photo }) => photo !== undefined).length,
  };
}

test('a second start of the sandbox says who runs already, and the first one answers as before', async () => {
  const first = await start();
  const chat = chatOf(first);
  await chat.write('/start');
  await expect.poll(chat.said).toContain('Hello');
  const [samePort, otherPort] = [await startAgain({ HTTP_PORT: String(first.port()) }), await startAgain()];
  expect(samePort).toMatchObject({ code: 1, stdout: '' });
  expect(samePort.stderr).toContain('another program has it, maybe this one started before');
  expect(otherPort).toMatchObject({ code: 1, stdout: '' });
  expect(otherPort.stderr).toContain(`A sandbox runs already with the chats in ${variables.DATA_DIR}`);
  expect(otherPort.stderr).toContain(`process ${first.child.pid}`);
  await chat.write('/help');
  await expect.poll(chat.said).toMatch(/\/generate/);
  expect(await chat.said()).toContain('Hello');

  await first.kill();
  const next = await start();
  await chatOf(next).write('/balance');
  await expect.poll(chatOf(next).said).toContain('credits');
  expect(await chatOf(next).said()).toContain('Hello');
});

test('commands work beside a running sandbox', async () => {
  const service = await start();
  const listed = await aisha(['generations', 'list', '--json'], variables, folder);
  expect(listed.code, listed.stderr).toBe(0);
  const words = ['generate', '--avatar', 'demo-portrait', '--out', 'pictures', '--json', 'a knight'];
  const made = await aisha(words, variables, folder);
  expect(made.code, made.stderr).toBe(0);
  await chatOf(service).write('/start');
  await expect.poll(chatOf(service).said).toContain('Hello');
});

test('two workers and a bot share one data folder, whoever comes first', async () => {
  const early = await start({ ROLES: 'worker' });
  const bot = await start({ ROLES: 'bot,http' });
  const late = await start({ ROLES: 'worker' });
  const chat = chatOf(bot);
  await chat.write('/start');
  await expect.poll(chat.said).toContain('Hello');
  await chat.write('a knight on a hill');
  await expect.poll(chat.pictures).toBe(1);
  for (const service of [early, late, bot]) expect(await service.stop(), service.output()).toBe(0);
});

test('a second live start is refused before Telegram hears of it', async () => {
  const token = '7000002:telegram-token';
  const people = [{ id: 11, firstName: 'Ada', languageCode: 'en' }];
  const telegram = await startLocalTelegram({ folder: join(folder, 'telegram'), token, people });
  closing.push(() => telegram.close());
  const live = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: telegram.url, FAL_KEY: 'id:secret' };
  await start(live);
  telegram.drive.start(11);
  await telegram.drive.waitForMessage(11, ({ text }) => text?.includes('Hello') ?? false);
  const second = await startAgain(live);
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toContain('The messages of bot 7000002 are fetched already');
  expect(telegram.calls.of('getMe')).toHaveLength(1);
  expect(telegram.calls.of('getUpdates').filter(({ answer }) => !answer.ok)).toHaveLength(0);
});

test('the port opens and the worker works while Telegram is away at the start', async () => {
  const away = 'http://127.0.0.1:9';
  const live = { TELEGRAM_BOT_TOKEN: '7000003:t', TELEGRAM_API_URL: away, FAL_KEY: 'id:secret' };
  const service = await start(live);
  const ask = async (path: string) => fetch(`http://127.0.0.1:${service.port()}${path}`);
  expect((await ask('/healthz')).status).toBe(200);
  const { reasons } = (await (await ask('/readyz')).json()) as { reasons: string[] };
  expect(reasons.join()).toContain('Telegram');
  expect(reasons.join()).not.toContain('worker');
  expect(await service.stop()).toBe(0);
});

test('a fresh data folder on the same database swallows no message', async () => {
  const first = await start();
  await chatOf(first).write('/start');
  await expect.poll(chatOf(first).said).toContain('Hello');
  await first.stop();
  const next = await start({ DATA_DIR: join(folder, 'another') });
  await chatOf(next).write('/start');
  await expect.poll(chatOf(next).said).toContain('Hello');
});
