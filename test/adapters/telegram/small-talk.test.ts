import { Api } from 'grammy';
import { describe, expect, test } from 'vitest';
import { makeOfWordsButton } from '../../../src/adapters/telegram/buttons/question-buttons.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const labels = (message: MessageView) => message.buttons.flat().map(({ text }) => text);
const owner = userId('1');
const jobs = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 9 });
const balance = async ({ database }: BotWorld) => (await database.stores.ledger.account(owner)).balance;

async function aPainterIn(language: 'en' | 'ru', changes = {}): Promise<BotWorld> {
  const bot = await aBot(changes);
  await aPainter(bot);
  bot.telegram.drive.speak(1, language);
  return bot;
}

describe('small talk costs nothing before the tap', () => {
  test.each([
    ['en', 'hello', 'Hello!', '🎨 Make it anyway · 5'],
    ['en', 'thank you', 'welcome', '🎨 Make it anyway · 5'],
    ['en', 'how does this work', 'pictures of your avatar', '🎨 Make it anyway · 5'],
    ['en', 'a red fox, what else?', 'pictures of your avatar', '🎨 Make it anyway · 5'],
    ['ru', 'привет', 'Здравствуйте!', '🎨 Всё равно создать · 5'],
    ['ru', 'Спасибо!', 'Пожалуйста!', '🎨 Всё равно создать · 5'],
    ['ru', 'как это работает', 'изображения вашего аватара', '🎨 Всё равно создать · 5'],
    ['ru', 'круто', 'Хорошо.', '🎨 Всё равно создать · 5'],
    ['ru', 'темнее', 'ответьте на него этими словами', '🎨 Всё равно создать · 5'],
  ] as const)('%s: %s', async (language, text, answer, label) => {
    const bot = await aPainterIn(language);
    const { drive } = bot.telegram;
    const [said] = drive.sendText(1, text);
    const offer = await drive.waitForMessage(1, has(answer));
    expect(offer.replyTo).toBe(said?.id);
    expect(labels(offer)).toContain(label);
    expect(await jobs(bot)).toEqual([]);
    expect(await balance(bot)).toBe(100);
    await Promise.all([drive.tap(1, offer.id, label), drive.tap(1, offer.id, label)]);
    await expect.poll(() => jobs(bot)).toMatchObject([{ prompt: text }]);
    expect(await balance(bot)).toBe(95);
  });

  test('and has no such button where it could not become a picture, nor a price where all is free', async () => {
    const bot = await aPainterIn('en', { priceImage: 0 });
    const { drive } = bot.telegram;
    for (const text of ['ok', '🦊🦊']) {
      drive.sendText(1, text);
      const answer = await drive.waitForMessage(1, (message) => has('Okay.')(message));
      expect(labels(answer)).toEqual([]);
      drive.deleteMessage(1, answer.id);
    }
    drive.sendText(1, 'hello');
    expect(labels(await drive.waitForMessage(1, has('Hello!')))).toEqual(['🎨 Make it anyway']);
    expect(await jobs(bot)).toEqual([]);
  });

  test('and leads to an avatar whoever has none', async () => {
    const bot = await aBot();
    const { drive } = bot.telegram;
    drive.sendText(1, 'hi');
    const answer = await drive.waitForMessage(1, has('Make your avatar first'));
    expect(labels(answer)).toEqual(['➕ Make my avatar', '❔ How it works']);
    await drive.tap(1, answer.id, '➕ Make my avatar');
    await drive.waitForMessage(1, has('A new avatar'));
  });
});

describe('an order', () => {
  test.each([
    'a red fox',
    'Hello Kitty at the beach',
    'hello --n 1',
    '/generate hello',
    '/generate who are you?',
  ])('is %s', async (text) => {
    const bot = await aPainterIn('en');
    bot.telegram.drive.sendText(1, text);
    await expect.poll(() => jobs(bot)).toHaveLength(1);
  });
});

describe('small talk that is edited', () => {
  test('into a prompt is one', async () => {
    const bot = await aPainterIn('en');
    const { drive } = bot.telegram;
    const [said] = drive.sendText(1, 'hello');
    const offer = await drive.waitForMessage(1, has('Hello!'));
    drive.editText(1, said?.id ?? 0, 'a red fox');
    await expect.poll(() => jobs(bot)).toMatchObject([{ prompt: 'a red fox' }]);
    // Its older answer buys nothing more.
    await drive.tap(1, offer.id, '🎨 Make it anyway · 5');
    expect(await jobs(bot)).toHaveLength(1);
    expect(await balance(bot)).toBe(95);
  });
});

test('in a group it is answered only when it is said to the bot, and is its writer’s to make', async () => {
  const bot = await aBot();
  await aPainter(bot, 1);
  await aPainter(bot, 2);
  const { drive } = bot.telegram;
  const group = -1_001_000_000_001;
  drive.sendText(1, 'hello', { chatId: group });
  drive.sendText(1, '@sandbox_bot hello', { chatId: group });
  const offer = await drive.waitForMessage(group, has('Hello!'));
  expect(drive.messages(group).filter(({ from }) => from !== 1)).toHaveLength(1);
  expect(await drive.tap(2, offer.id, '🎨 Make it anyway · 5', { chatId: group })).toMatchObject({
    show_alert: true,
  });
  expect(await jobs(bot)).toEqual([]);
  await drive.tap(1, offer.id, '🎨 Make it anyway · 5', { chatId: group });
  expect(await jobs(bot)).toMatchObject([{ prompt: 'hello' }]);
});

describe('a button under words', () => {
  /** A button of ours as it stood in an older chat: under the answer to words that nothing was made of. */
  async function under(bot: BotWorld, words: string, data: string) {
    const { drive, token, url } = bot.telegram;
    const question = { kind: 'gallery-page', subject: '00000000-0000-4000-8000-00000000dead' } as const;
    await bot.database.stores.pendingReplies.expect({ owner, chat: '1', ...question }, new Date());
    const [said] = drive.sendText(1, words);
    await drive.waitForMessage(1, has('is gone. You can still'));
    const { message_id } = await new Api(token, { apiRoot: url }).sendMessage(1, 'an old message', {
      reply_markup: { inline_keyboard: [[{ text: 'make it', callback_data: data }]] },
      reply_parameters: { message_id: said?.id ?? 0 },
    });
    return message_id;
  }

  test('makes nothing for more than it said, however the words were edited', async () => {
    const bot = await aPainterIn('en');
    const { drive } = bot.telegram;
    const old = await under(bot, 'a red fox --n 4', makeOfWordsButton.data({ credits: 5 }));
    await drive.tap(1, old, 'make it');
    const again = await drive.waitForMessage(1, has('so has the price'));
    expect(labels(again)).toEqual(['🎨 Use as a prompt · 20']);
    expect(await jobs(bot)).toEqual([]);
    await drive.tap(1, again.id, '🎨 Use as a prompt · 20');
    await expect.poll(() => balance(bot)).toBe(80);
  });

  test('of an older version makes the picture', async () => {
    const bot = await aPainterIn('en');
    const old = await under(bot, 'a red fox', 'qp');
    await bot.telegram.drive.tap(1, old, 'make it');
    expect(await jobs(bot)).toMatchObject([{ prompt: 'a red fox' }]);
  });
});
