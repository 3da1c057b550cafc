import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { wantedUpdates } from '../../../../src/adapters/telegram/reception/update-fetcher.js';
import { createTelegramTransport } from '../../../../src/adapters/telegram/telegram-transport.js';
import { FakeTiming } from '../../../fakes/fake-timing.js';
import { aBot, type BotWorld } from '../a-bot.js';

/** The same bot once more, on a clock of its own; it meets what `faults` say from its first word on. */
async function anotherStart({ dependencies }: BotWorld, changes: { publicUrl?: string } = {}) {
  const timing = new FakeTiming();
  const transport = createTelegramTransport({ ...dependencies, timing, ...changes });
  onTestFinished(() => transport.stop());
  await transport.start();
  return { transport, timing };
}

const isServed = (transport: { complaint(): string | null }) =>
  expect.poll(() => transport.complaint(), { interval: 5 }).toBeNull();

/** Nothing happens in a chat when somebody begins to wait. */
const someoneWaits = ({ telegram }: BotWorld) =>
  expect.poll(() => telegram.polling.isWaiting, { interval: 5 }).toBe(true);

test('one foreign question for updates is survived: the next message is answered', async () => {
  const bot = await aBot();
  const { telegram, transport, log } = bot;
  await bot.transport.stop();
  const { transport: again, timing } = await anotherStart(bot);
  await isServed(again);
  await someoneWaits(bot);
  await new Api(telegram.token, { apiRoot: telegram.url }).getUpdates({ timeout: 0 });
  await expect.poll(() => timing.sleeps).toContain(5000);
  expect(log.at('error').join()).toContain('another program fetches the updates');
  await isServed(again);
  telegram.drive.start(1);
  await telegram.drive.waitForMessage(1, ({ text }) => text?.includes('Hello') ?? false);
  expect(transport.needsRestart()).toBeNull();
});

test('a webhook that somebody set is taken away again', async () => {
  const bot = await aBot();
  const { telegram } = bot;
  await bot.transport.stop();
  const { transport } = await anotherStart(bot);
  await isServed(transport);
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  await api.setWebhook('https://elsewhere.example/hook');
  telegram.drive.start(1);
  await telegram.drive.waitForMessage(1, ({ text }) => text?.includes('Hello') ?? false);
  expect((await api.getWebhookInfo()).url).toBe('');
});

test.each(['getMe', 'deleteWebhook', 'setWebhook', 'setMyCommands'])(
  'trouble with %s at the start is waited out',
  async (method) => {
    const bot = await aBot();
    const { faults, calls } = bot.telegram;
    await bot.transport.stop();
    faults.add({ method, times: 3, fault: { kind: 'bad_gateway' } });
    faults.add({ method, times: 2, fault: { kind: 'flood', retryAfter: 30 } });
    const before = calls.of(method).length;
    const changes = method === 'setWebhook' ? { publicUrl: 'https://aisha.example' } : {};
    const { transport } = await anotherStart(bot, changes);
    await isServed(transport);
    const succeeded = () =>
      calls
        .of(method)
        .slice(before)
        .filter(({ answer }) => answer.ok).length;
    await expect.poll(succeeded).toBeGreaterThan(0);
    expect(
      calls
        .of(method)
        .slice(before)
        .filter(({ answer }) => !answer.ok),
    ).toHaveLength(5);
  },
);

test('what comes by webhook before Telegram was reached is kept, and answered afterwards', async () => {
  const bot = await aBot();
  const { telegram, database } = bot;
  const { id } = telegram.drive.start(1);
  await telegram.drive.waitForMessage(1, ({ from }) => from !== 1);
  await bot.transport.stop();
  const mend = telegram.faults.add({ method: 'getMe', fault: { kind: 'bad_gateway' } });
  const { transport } = await anotherStart(bot, { publicUrl: 'https://aisha.example' });
  const secret = telegram.calls.of('setWebhook');
  expect(secret).toHaveLength(0);
  expect(transport.complaint()).not.toBeNull();
  const chat = { id: 1, type: 'private', first_name: 'You' };
  const from = { id: 1, is_bot: false, first_name: 'You', language_code: 'en' };
  const message = { message_id: id, date: Math.floor(Date.now() / 1000), chat, from, text: 'a knight' };
  const { webhookSecret } = await import('../../../../src/adapters/telegram/reception/webhook.js');
  const answer = await transport.webhook({
    header: () => webhookSecret(telegram.token),
    body: async () => Buffer.from(JSON.stringify({ update_id: 5, message })),
  });
  expect(answer.status).toBe(200);
  const source = `telegram:${telegram.token.split(':')[0]}`;
  const soon = { received: new Date(Date.now() + 9000), claimed: new Date(0) };
  expect(await database.stores.updates.unfinished(source, soon, { all: 9, each: 9 })).toHaveLength(1);
  mend();
  await telegram.drive.waitForMessage(1, ({ replyTo }) => replyTo === id);
});

test('a webhook that another program took away is set again', async () => {
  const bot = await aBot({}, { publicUrl: 'https://aisha.example' });
  const { telegram } = bot;
  await bot.transport.stop();
  const { transport } = await anotherStart(bot, { publicUrl: 'https://aisha.example' });
  await isServed(transport);
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  await api.deleteWebhook();
  const address = async () => (await api.getWebhookInfo()).url;
  await expect.poll(address).toBe('https://aisha.example/webhooks/telegram');
});

test('a Bot API that answers with nothing at once is asked once a second', async () => {
  const bot = await aBot();
  await bot.transport.stop();
  bot.telegram.faults.clear();
  const { UpdateFetcher } = await import('../../../../src/adapters/telegram/reception/update-fetcher.js');
  const { Reception } = await import('../../../../src/adapters/telegram/reception/reception.js');
  const timing = new FakeTiming();
  const api = new Api('1:none');
  api.config.use(async () => ({ ok: true, result: [] as never }));
  const fetcher = new UpdateFetcher(api, new Reception(timing, bot.log), timing);
  const { signal } = new AbortController();
  for (let round = 0; round < 3; round += 1) await fetcher.next(signal);
  expect(timing.sleeps).toEqual([1000, 1000, 1000]);
});

test('updates are asked for by the names of all kinds that the bot answers', async () => {
  const folder = join(import.meta.dirname, '../../../../src/adapters/telegram');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const answered = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/\.on\(\s*\[?\s*((?:'[^']+'[\s,]*)+)/g)].flatMap(([, filters = '']) =>
        [...filters.matchAll(/'([a-z_]+)/g)].map(([, kind]) => kind),
      ),
    ),
  );
  expect(answered.size).toBeGreaterThan(2);
  expect([...wantedUpdates].sort()).toEqual(expect.arrayContaining([...answered]));
  const bot = await aBot();
  await someoneWaits(bot);
  bot.telegram.drive.start(1);
  await expect.poll(() => bot.telegram.calls.of('getUpdates').length, { interval: 5 }).toBeGreaterThan(0);
  for (const { parameters } of bot.telegram.calls.of('getUpdates'))
    expect(parameters.allowed_updates).toEqual([...wantedUpdates]);
});
