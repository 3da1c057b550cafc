import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import { aBot, aPainter } from './a-bot.js';

test('the menu is announced in both languages', async () => {
  const bot = await aBot();
  const said = () => bot.telegram.calls.of('setMyDescription').length;
  await expect.poll(said).toBe(2);
  const menus = bot.telegram.calls.of('setMyCommands').map(({ parameters }) => parameters);
  expect(menus).toHaveLength(2);
  expect(menus.map(({ language_code }) => language_code)).toEqual([undefined, 'ru']);
});

test('updates come by webhook: with the secret only, acknowledged at once, each dealt with once', async () => {
  const bot = await aBot({}, { publicUrl: 'https://aisha.example/base/' });
  await aPainter(bot);
  const { calls, drive } = bot.telegram;
  const { url, secret_token: secret } = calls.of('setWebhook')[0]?.parameters ?? expect.fail();
  expect(url).toBe('https://aisha.example/base/webhooks/telegram');
  const update = {
    update_id: 77,
    message: {
      message_id: drive.start(1).id,
      date: Math.floor(Date.now() / 1000),
      chat: { id: 1, type: 'private', first_name: 'You' },
      from: { id: 1, is_bot: false, first_name: 'You', language_code: 'en' },
      text: 'a knight',
    },
  };
  let read = 0;
  const post = (body: string, token: unknown) =>
    bot.transport.webhook({
      header: (name) => (name === 'X-Telegram-Bot-Api-Secret-Token' ? String(token) : undefined),
      body: async () => {
        read += 1;
        return Buffer.from(body);
      },
    });
  const body = JSON.stringify(update);
  expect((await post(body, 'wrong')).status).toBe(401);
  expect((await post(body, '')).status).toBe(401);
  expect(read).toBe(0);
  expect((await post('no json', secret)).status).toBe(400);
  expect((await post('{}', secret)).status).toBe(400);
  const answers = await Promise.all([post(body, secret), post(body, secret), post(body, secret)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  await post(body, secret);
  const help = JSON.stringify({ update_id: 78, message: { ...update.message, ...command('/help') } });
  for (let time = 0; time < 3; time += 1) await post(help, secret);
  await bot.transport.stop();
  expect(await bot.database.stores.generations.list({ limit: 9 })).toHaveLength(1);
  expect(calls.of('sendMessage')).toHaveLength(2);
});

const command = (text: string) => ({
  text,
  entities: [{ type: 'bot_command', offset: 0, length: text.length }],
});

test('who is not on the list hears so and nothing is kept of them', async () => {
  const bot = await aBot({ allowedUsers: new Set([userId('2')]) });
  bot.telegram.drive.sendText(1, 'a knight');
  await bot.telegram.drive.waitForMessage(1, ({ text }) => text?.includes('This bot is private') ?? false);
  expect(await bot.database.stores.users.find(userId('1'))).toBeNull();
});

test('a new person gets the welcome gift once', async () => {
  const bot = await aBot({ welcomeCredits: 15 });
  const { drive } = bot.telegram;
  drive.start(1);
  drive.sendText(1, '/balance');
  await drive.waitForMessage(1, ({ text }) => text?.includes('You have 15\u00a0credits') ?? false);
});

test('in a group it answers when it is spoken to, and its buttons belong to the one who asked', async () => {
  const bot = await aBot();
  await aPainter(bot, 1);
  await aPainter(bot, 2);
  const { drive } = bot.telegram;
  const group = -1_001_000_000_001;
  drive.sendText(1, 'just talking', { chatId: group });
  drive.sendText(1, '/help@another_bot', { chatId: group });
  const [form] = drive.sendText(1, '@sandbox_bot a knight', { chatId: group });
  const progress = await drive.waitForMessage(group, ({ buttons }) => buttons.length > 0);
  expect(progress.replyTo).toBe(form?.id);
  expect(await drive.tap(2, progress.id, '✕ Cancel', { chatId: group })).toMatchObject({ show_alert: true });
  await bot.finish();
  const result = await drive.waitForMessage(group, ({ photo }) => photo !== undefined);
  expect(bot.generator.bought.map(({ order }) => order.prompt)).toEqual(['TOK a knight']);
  expect(await drive.tap(2, result.id, '🗑 Delete', { chatId: group })).toMatchObject({
    text: expect.stringContaining('Этого больше нет'),
  });
  expect(drive.messages(group)).toHaveLength(4);
});

test('unknown content gets a helpful word', async () => {
  const bot = await aBot();
  bot.telegram.drive.sendDocument(1, { bytes: Buffer.from('hello'), name: 'hello.txt' });
  await bot.telegram.drive.waitForMessage(1, ({ text }) => text?.includes('can’t use this') ?? false);
});

test('a burst of updates loses none, and nobody waits for another one’s picture', async () => {
  const bot = await aBot({ openPerUser: 100, priceImage: 0 });
  await aPainter(bot);
  const { drive, calls } = bot.telegram;
  for (let number = 0; number < 60; number += 1) drive.sendText(1, `knight number ${number}`);
  drive.start(2);
  await drive.waitForMessage(2, ({ text }) => text?.includes('Здравствуйте') ?? false);
  await drive.waitFor(() => calls.of('sendMessage').length >= 61);
  expect(await bot.database.stores.generations.list({ limit: 100 })).toHaveLength(60);
});

test('fifty people at once are all answered, and each has a job', async () => {
  const people = Array.from({ length: 50 }, (_, index) => ({
    id: 100 + index,
    firstName: `Person ${index}`,
    languageCode: 'en',
  }));
  const bot = await aBot({ priceImage: 0 }, {}, { people });
  for (const { id } of people) await aPainter(bot, id);
  const { drive, calls } = bot.telegram;
  for (const { id } of people) drive.sendText(id, 'a knight');
  await drive.waitFor(() => calls.of('sendMessage').length >= people.length);
  expect(await bot.database.stores.generations.list({ limit: 100 })).toHaveLength(50);
});

test('what a killed process left is answered, though Telegram is away when it is taken up at last', async () => {
  const bot = await aBot();
  const { drive, calls, faults, token } = bot.telegram;
  const asked = drive.start(1);
  await drive.waitForMessage(1, ({ from }) => from !== 1);
  const date = Math.floor(Date.now() / 1000) - 90;
  const chat = { id: 1, type: 'private', first_name: 'Ann' };
  const from = { id: 1, is_bot: false, first_name: 'Ann', language_code: 'en' };
  const message = { message_id: asked.id, date, chat, from, text: 'a knight' };
  const failing = faults.add({ method: 'sendMessage', times: 1, fault: { kind: 'bad_gateway' } });
  const update = { update_id: 900_000_000, message };
  const source = `telegram:${token.split(':')[0]}`;
  await bot.database.stores.updates.keep(
    source,
    [{ id: update.update_id, body: update }],
    new Date(date * 1000),
  );
  await drive.waitForMessage(1, ({ replyTo }) => replyTo === asked.id);
  failing();
  expect(calls.of('sendMessage').filter(({ answer }) => !answer.ok)).toHaveLength(1);
});
