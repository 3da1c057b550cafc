import { describe, expect, onTestFinished, test } from 'vitest';
import { createTelegramTransport } from '../../../src/adapters/telegram/telegram-transport.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const labels = (message: MessageView) => message.buttons.flat().map(({ text }) => text);
const owner = userId('1');
const namesOf = async ({ database }: BotWorld) =>
  (await database.stores.avatars.list(owner)).map(({ name }) => name);
const jobs = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 9 });

async function tap({ telegram: { drive } }: BotWorld, label: string): Promise<MessageView> {
  const message = await drive.waitForMessage(1, (message) => labels(message).includes(label));
  await drive.tap(1, message.id, label);
  return message;
}

/** Somebody whose second avatar waits for its name; returns the screen that asks for it. */
async function aDraft(language: 'en' | 'ru' = 'en'): Promise<{ bot: BotWorld; screen: MessageView }> {
  const bot = await aBot();
  await aPainter(bot, 1, { name: 'Grace' });
  const { drive } = bot.telegram;
  drive.speak(1, language);
  drive.sendText(1, '/new');
  await tap(bot, language === 'en' ? '👤 A person' : '👤 Человек');
  const keep = language === 'en' ? '✓ Keep the name' : '✓ Оставить имя';
  const asks = (message: MessageView) => labels(message).some((label) => label.startsWith(keep));
  return { bot, screen: await drive.waitForMessage(1, asks) };
}

describe('an avatar in the making asks for its name', () => {
  test.each([
    ['en', 'Ada'],
    ['ru', 'Ада'],
  ] as const)('until it has one, whatever comes between, in %s', async (language, name) => {
    const { bot } = await aDraft(language);
    const { drive } = bot.telegram;
    drive.sendText(1, '/generate');
    await drive.waitForMessage(1, (message) =>
      message.buttons.flat().some(({ data }) => data?.startsWith('wX:')),
    );
    drive.sendText(1, 'a harbour at night');
    await drive.waitForMessage(1, has('a harbour at night'));
    drive.sendText(1, '/balance');
    // As after a month in which nobody said anything.
    await bot.pool.query('delete from expectations');
    drive.sendText(1, name);
    await drive.waitForMessage(1, has(name));
    await expect.poll(() => namesOf(bot)).toEqual(['Grace', name]);
    expect(await jobs(bot)).toEqual([]);
  });

  test('of the next process, too', async () => {
    const { bot } = await aDraft();
    await bot.transport.stop();
    const next = createTelegramTransport(bot.dependencies);
    onTestFinished(() => next.stop());
    await next.start();
    bot.telegram.drive.sendText(1, 'Ada');
    await expect.poll(() => namesOf(bot)).toEqual(['Grace', 'Ada']);
    expect(await jobs(bot)).toEqual([]);
  });

  test.each([
    ['en', 'a castle at night', '🎨 Use as a prompt · 5', '✓ It’s my answer', '✏ Answer again'],
    ['en', 'thank you', '🎨 Use as a prompt · 5', '✓ It’s my answer', '✏ Answer again'],
    ['ru', 'замок в горах', '🎨 Взять как описание · 5', '✓ Это ответ', '✏ Ответить ещё раз'],
    ['ru', 'привет', '🎨 Взять как описание · 5', '✓ Это ответ', '✏ Ответить ещё раз'],
  ] as const)(
    'and takes no word that reads like none, in %s: %s',
    async (language, text, use, take, again) => {
      const { bot } = await aDraft(language);
      const { drive } = bot.telegram;
      drive.sendText(1, text);
      const offer = await drive.waitForMessage(1, (message) => labels(message).includes(use));
      expect(labels(offer).slice(0, 3)).toEqual([take, use, again]);
      expect(await namesOf(bot)).not.toContain(text);
      expect(await jobs(bot)).toEqual([]);
      await Promise.all([drive.tap(1, offer.id, use), drive.tap(1, offer.id, use)]);
      await expect.poll(() => jobs(bot)).toMatchObject([{ prompt: text }]);
      // It still asks.
      drive.sendText(1, 'Ada');
      await expect.poll(() => namesOf(bot)).toEqual(['Grace', 'Ada']);
      expect(await jobs(bot)).toHaveLength(1);
    },
  );

  test('and takes such a word when its writer says so, or answers the screen that asks', async () => {
    const { bot, screen } = await aDraft();
    const { drive } = bot.telegram;
    drive.sendText(1, 'The Boss');
    const offer = await drive.waitForMessage(1, (message) => labels(message).includes('✓ It’s my answer'));
    await drive.tap(1, offer.id, '✓ It’s my answer');
    await expect.poll(() => namesOf(bot)).toEqual(['Grace', 'The Boss']);
    drive.sendText(1, '/new');
    await tap(bot, '👤 A person');
    const second = await drive.waitForMessage(
      1,
      (message) => message.id > screen.id && labels(message).some((label) => label.includes('Keep the name')),
    );
    drive.sendText(1, 'The Chief', { replyTo: second.id });
    await expect.poll(() => namesOf(bot)).toEqual(['Grace', 'The Boss', 'The Chief']);
    expect(await jobs(bot)).toEqual([]);
  });

  test('and keeps the one it has when the question is left', async () => {
    const { bot } = await aDraft();
    const { drive } = bot.telegram;
    drive.sendText(1, '/cancel');
    await drive.waitForMessage(1, (message) => !has('Write how')(message) && has('Avatar 2')(message));
    drive.sendText(1, 'a castle');
    await expect.poll(() => jobs(bot)).toHaveLength(1);
    expect(await namesOf(bot)).toEqual(['Grace', 'Avatar 2']);
  });
});

describe('a question stays open beneath a newer one', () => {
  /** A screen asks for words, then an avatar for its name. */
  async function twoQuestions() {
    const bot = await aBot();
    await aPainter(bot, 1, { name: 'Grace' });
    const { drive } = bot.telegram;
    drive.sendText(1, '/generate');
    const screen = await drive.waitForMessage(1, (message) =>
      message.buttons.flat().some(({ data }) => data?.startsWith('wX:')),
    );
    drive.sendText(1, '/avatars');
    await tap(bot, '⭐ Grace');
    await tap(bot, '✏ Rename');
    const kinds = async () =>
      (await bot.database.stores.pendingReplies.list(owner, '1')).map(({ kind }) => kind);
    await expect.poll(kinds).toEqual(['avatar-name', 'prompt']);
    return { bot, screen, kinds };
  }

  test('and is answered next', async () => {
    const { bot, kinds } = await twoQuestions();
    const { drive } = bot.telegram;
    drive.sendText(1, 'Ada');
    await expect.poll(() => namesOf(bot)).toEqual(['Ada']);
    drive.sendText(1, 'a harbour');
    await drive.waitForMessage(1, (message) => has('a harbour')(message) && message.buttons.length > 0);
    expect(await jobs(bot)).toEqual([]);
    await expect.poll(kinds).toEqual([]);
  });

  test('or at once, by whoever answers its message', async () => {
    const { bot, screen, kinds } = await twoQuestions();
    const { drive } = bot.telegram;
    drive.sendText(1, 'a harbour', { replyTo: screen.id });
    await drive.waitForMessage(1, (message) => has('a harbour')(message) && message.buttons.length > 0);
    await expect.poll(kinds).toEqual(['avatar-name']);
    expect(await namesOf(bot)).toEqual(['Grace']);
  });

  test('and a screen that is closed ends its own alone', async () => {
    const { bot, screen, kinds } = await twoQuestions();
    const close = screen.buttons.flat().find(({ data }) => data?.startsWith('wX:'))?.data ?? '';
    await bot.telegram.drive.tap(1, screen.id, close);
    expect(await kinds()).toEqual(['avatar-name']);
  });

  test('and of two empty screens only the newer one asks', async () => {
    const { bot, screen } = await twoQuestions();
    const { drive } = bot.telegram;
    drive.sendText(1, '/generate');
    await drive.waitFor(() => drive.messages(1).every(({ id }) => id !== screen.id));
    drive.sendText(1, 'a harbour');
    await drive.waitForMessage(1, (message) => has('a harbour')(message) && message.buttons.length > 0);
    expect(await jobs(bot)).toEqual([]);
  });
});
