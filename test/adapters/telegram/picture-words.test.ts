import { describe, expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const labels = (message: MessageView) => message.buttons.flat().map(({ text }) => text);
/** By the button that calls it off. */
const isBeingMade = (message: MessageView) =>
  message.buttons.flat().some(({ data }) => data?.startsWith('x:'));
const owner = userId('1');
const jobs = ({ database }: BotWorld, person = owner) =>
  database.stores.generations.list({ owner: person, limit: 9 });
const balance = async ({ database }: BotWorld) => (await database.stores.ledger.account(owner)).balance;
const pictures = ({ telegram }: BotWorld, chat = 1) =>
  telegram.drive.messages(chat).filter(({ photo, from }) => photo !== undefined && from !== 1);

/** A picture that was made of these words, the last one of an album. */
async function aPictureOf(words: string, bot: BotWorld, chatId = 1): Promise<MessageView> {
  const { drive } = bot.telegram;
  const count = pictures(bot, chatId).length;
  drive.sendText(1, words, { chatId });
  await drive.waitForMessage(chatId, isBeingMade);
  await bot.finish();
  return drive.waitFor(() => pictures(bot, chatId)[count] && pictures(bot, chatId).at(-1));
}

describe('words that answer a picture', () => {
  test.each([
    ['en', 'darker, at night', '✍ Edit this picture’s prompt', '🎨 Only my words · 5', '🎨 Generate'],
    ['ru', 'темнее, ночью', '✍ Изменить описание', '🎨 Только мои слова · 5', '🎨 Создать'],
  ] as const)('go into its prompt, in %s', async (language, words, edit, alone, order) => {
    const bot = await aBot();
    const { id: avatar } = await aPainter(bot);
    const { drive } = bot.telegram;
    drive.speak(1, language);
    const picture = await aPictureOf('a knight in armor. --preset portrait --ar 9:16', bot);
    const [said] = drive.sendText(1, words, { replyTo: picture.id });
    const offer = await drive.waitForMessage(1, has(`a knight in armor, ${words}`));
    expect(offer.replyTo).toBe(said?.id);
    expect(labels(offer)).toEqual([edit, alone]);
    expect(await balance(bot)).toBe(95);
    await Promise.all([drive.tap(1, offer.id, edit), drive.tap(1, offer.id, edit)]);
    const screens = () =>
      drive.messages(1).filter((message) => labels(message).some((each) => each.startsWith(order)));
    await drive.waitFor(() => screens().length === 1);
    expect(await jobs(bot)).toHaveLength(1);
    const [screen] = screens();
    const submit = screen?.buttons.flat().find(({ text }) => text.startsWith(order))?.data ?? '';
    await drive.tap(1, screen?.id ?? 0, submit);
    await expect.poll(() => jobs(bot)).toHaveLength(2);
    expect(await jobs(bot)).toContainEqual(
      expect.objectContaining({
        prompt: `a knight in armor, ${words}`,
        avatar,
        preset: 'portrait',
        overrides: expect.objectContaining({ aspectRatio: '9:16' }),
      }),
    );
    await expect.poll(screens).toEqual([]);
  });

  test('make a picture of their own only by their button, for its price', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    const picture = await aPictureOf('a knight', bot);
    drive.sendText(1, 'a castle at night --n 2', { replyTo: picture.id });
    const offer = await drive.waitForMessage(1, has('a knight, a castle at night'));
    expect(await jobs(bot)).toHaveLength(1);
    await drive.tap(1, offer.id, '🎨 Only my words · 10');
    await expect.poll(() => balance(bot)).toBe(85);
    expect((await jobs(bot)).map(({ prompt }) => prompt).sort()).toEqual(['a castle at night', 'a knight']);
  });

  test('bring their options with them, and find their picture in an album', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    await aPictureOf('a dragon', bot);
    const inAlbum = await aPictureOf('a knight --n 2', bot);
    expect(pictures(bot)).toHaveLength(3);
    drive.sendText(1, 'darker --ar 16:9', { replyTo: inAlbum.id });
    const offer = await drive.waitForMessage(1, has('a knight, darker'));
    await drive.tap(1, offer.id, '✍ Edit this picture’s prompt');
    await drive.waitForMessage(1, (message) => has('a knight, darker')(message) && has('16:9')(message));
    const under = await drive.waitForMessage(1, (message) => labels(message).includes('🖼 1'));
    drive.sendText(1, 'in the rain', { replyTo: under.id });
    await drive.waitForMessage(1, has('a knight, in the rain'));
    expect(await jobs(bot)).toHaveLength(2);
  });

  test('that is still being made, was enlarged or stands in the gallery change it, too', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    const picture = await aPictureOf('a knight', bot);
    const enlarge = labels(picture).find((each) => each.startsWith('🔍')) ?? '';
    await drive.tap(1, picture.id, enlarge);
    const progress = await drive.waitForMessage(1, isBeingMade);
    drive.sendText(1, 'with a sword', { replyTo: progress.id });
    await drive.waitForMessage(1, has('a knight, with a sword'));
    await bot.finish();
    const larger = await drive.waitFor(() => pictures(bot)[1]);
    drive.sendText(1, 'in a forest', { replyTo: larger.id });
    const offer = await drive.waitForMessage(1, has('a knight, in a forest'));
    await drive.tap(1, offer.id, '✍ Edit this picture’s prompt');
    await drive.waitForMessage(1, (message) =>
      labels(message).some((each) => each.startsWith('🎨 Generate')),
    );
    expect(await jobs(bot)).toHaveLength(2);
  });

  test('that say nothing of it are small talk, and what cannot be changed is said so', async () => {
    const bot = await aBot();
    await aPainter(bot);
    const { drive } = bot.telegram;
    const picture = await aPictureOf('a knight --n 2', bot);
    drive.sendText(1, 'wow, thanks!', { replyTo: picture.id });
    await drive.waitForMessage(1, has('welcome'));
    // As of an album that a release before this one sent.
    await bot.pool.query('update sent_files set chat = null, message = null');
    drive.sendText(1, 'darker', { replyTo: picture.id });
    expect(labels(await drive.waitForMessage(1, has('can’t change')))).toEqual(['🎨 Only my words · 5']);
    expect(await jobs(bot)).toHaveLength(1);
  });

  test('in a group are the picture’s owner’s to merge, and of others never an order', async () => {
    const bot = await aBot();
    await aPainter(bot, 1);
    await aPainter(bot, 2);
    const { drive } = bot.telegram;
    drive.speak(2, 'en');
    const group = -1_001_000_000_001;
    const picture = await aPictureOf('@sandbox_bot a knight', bot, group);
    drive.sendText(2, 'a castle at night', { chatId: group, replyTo: picture.id });
    const offer = await drive.waitForMessage(group, has('can’t change'));
    expect(labels(offer)).toEqual(['🎨 Only my words · 5']);
    expect(await jobs(bot, userId('2'))).toEqual([]);
    expect(await drive.tap(1, offer.id, '🎨 Only my words · 5', { chatId: group })).toMatchObject({
      show_alert: true,
    });
    await drive.tap(2, offer.id, '🎨 Only my words · 5', { chatId: group });
    expect(await jobs(bot, userId('2'))).toMatchObject([{ prompt: 'a castle at night' }]);
    drive.sendText(1, 'at night', { chatId: group, replyTo: picture.id });
    await drive.waitForMessage(group, has('a knight, at night'));
    expect(await jobs(bot)).toHaveLength(1);
  });
});
