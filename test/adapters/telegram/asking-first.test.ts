import { expect, test } from 'vitest';
import type { AvatarId } from '../../../src/domain/ids.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar, givenGeneration } from '../../support/builders/given.js';
import { retireUltra } from '../../support/builders/retired.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const owner = userId('1');
const order = '🎨 Generate · 5\u00a0credits';
const labels = ({ buttons }: MessageView) => buttons.map((row) => row.map(({ text }) => text));
const ordered = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 20 });
const account = ({ database }: BotWorld) => database.stores.ledger.account(owner);

const asking = (bot: BotWorld, after = 0) =>
  bot.telegram.drive.waitForMessage(1, ({ id, text }) => id > after && (text?.startsWith('Make ') ?? false));

const becomes = (bot: BotWorld, message: MessageView, words: string) =>
  bot.telegram.drive.waitForMessage(
    1,
    ({ id, text }) => id === message.id && (text?.includes(words) ?? false),
  );

test('the first three orders are asked about, with everything that is ordered, and charged when their button says so', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  const texts = ['a knight', '/generate a monk', 'a queen --preset quality --ar 16:9 --n 2'];
  const prices = [order, order, '🎨 Generate · 10\u00a0credits'];
  for (const [index, text] of texts.entries()) {
    const before = await account(bot);
    const [said] = drive.sendText(1, text);
    const question = await asking(bot, said?.id);
    expect(question.replyTo).toBe(said?.id);
    expect(labels(question)).toEqual([[prices[index]], ['✍ Change', '✕ Cancel']]);
    expect(await account(bot)).toEqual(before);
    expect(await ordered(bot)).toHaveLength(index);
    if (index === 2)
      expect(question.text).toBe(
        'Make these 2\u00a0pictures?\na queen\nAvatar: Ada · Quality · 16:9 · 2\u00a0pictures\nI ask before your first 3\u00a0pictures. After that, you decide in /settings.',
      );
    await drive.tap(1, question.id, prices[index] ?? '');
    await becomes(bot, question, 'Starting');
    await bot.finish();
  }
  expect(bot.generator.bought.map(({ order }) => order)).toMatchObject([
    { prompt: 'TOK a knight' },
    { prompt: 'TOK a monk' },
    { prompt: 'TOK a queen', imageSize: 'landscape_16_9', count: 2 },
  ]);
  drive.sendText(1, 'a fourth one');
  await expect.poll(async () => (await ordered(bot)).length).toBe(4);
  expect(await account(bot)).toEqual({ balance: 75, held: 5 });
});

test('a double tap on the question orders once, and so does a message that is dealt with again', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const first = await asking(bot);
  // As after a crash: nothing was noted of it.
  await bot.pool.query('delete from seen_updates');
  drive.deliverAgain('message');
  const second = await asking(bot, first.id);
  await Promise.all([first, first, second].map(({ id }) => drive.tap(1, id, order)));
  await becomes(bot, first, 'Starting');
  expect(await ordered(bot)).toHaveLength(1);
  await bot.finish();
  await drive.tap(1, second.id, order).catch(() => null);
  expect(bot.generator.bought).toHaveLength(1);
  expect(await account(bot)).toEqual({ balance: 95, held: 0 });
});

test('a preset that has gone away since the question is not replaced by another one unasked', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot);
  const { database, dependencies } = bot;
  const style = { owner, name: 'Bea', type: 'artistic', model: aFinetuneModel } as const;
  await givenAvatar(database.stores, style);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight --avatar Bea --preset ultra');
  const question = await asking(bot);
  const before = await account(bot);
  await retireUltra(database.stores.endpoints, dependencies.clock);
  expect(await drive.tap(1, question.id, order)).toMatchObject({
    text: 'That preset isn’t available right now, so nothing was charged. Please check what I chose instead.',
    show_alert: true,
  });
  const screen = await becomes(bot, question, 'Balanced');
  expect(await ordered(bot)).toEqual([]);
  expect(await account(bot)).toEqual(before);
  const generate = labels(screen)
    .flat()
    .find((label) => label.includes('Generate · 5'));
  await drive.tap(1, screen.id, generate ?? expect.fail());
  await becomes(bot, question, 'Starting');
  expect(await ordered(bot)).toMatchObject([{ preset: 'balanced' }]);
});

test('"Cancel" and "Change" charge nothing; the form has what was asked for', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight --preset fast --seed 7');
  const question = await asking(bot);
  await drive.tap(1, question.id, '✍ Change');
  const form = await becomes(bot, question, 'A new picture');
  expect(form.text).toContain('Ada · Fast · 1:1 · 1\u00a0picture');
  expect(form.text).toContain('Seed: 7');
  expect(labels(form).flat().join()).toContain('🎨 Generate · 5\u00a0credits · ~');
  drive.sendText(1, 'a monk');
  const other = await asking(bot, question.id);
  await drive.tap(1, other.id, '✕ Cancel');
  await drive.waitFor(() => !drive.messages(1).some(({ id }) => id === other.id));
  expect(await ordered(bot)).toEqual([]);
  expect(await account(bot)).toEqual({ balance: 100, held: 0 });
});

test('an avatar that was deleted meanwhile is not replaced unseen, and another main one changes nothing', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  const ada = await aPainter(bot);
  const bob = await givenAvatar(bot.database.stores, { owner, name: 'Bob' });
  const { drive } = bot.telegram;
  const asked: MessageView[] = [];
  for (const text of ['a knight', 'a monk']) {
    const [said] = drive.sendText(1, text);
    asked.push(await asking(bot, said?.id));
  }
  const [knight, monk] = asked as [MessageView, MessageView];
  const { avatars } = bot.database.stores;
  await avatars.save({ ...ada, isMain: false });
  await avatars.save({ ...bob, isMain: true });
  await drive.tap(1, knight.id, order);
  await becomes(bot, knight, 'Starting');
  expect((await ordered(bot)).map(({ avatar }): AvatarId | null => avatar)).toEqual([ada.id]);
  await bot.finish();
  await avatars.remove(owner, ada.id);
  expect(await drive.tap(1, monk.id, order)).toMatchObject({
    text: expect.stringContaining('nothing was charged'),
  });
  expect((await becomes(bot, monk, 'A new picture')).text).toContain('Avatar: Bob');
  expect(await ordered(bot)).toHaveLength(1);
});

test('what cannot be had or paid is refused instead of asked about; a balance that is spent meanwhile is told on the tap', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot, 1, { credits: 9 });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight --preset ultra');
  await drive.waitForMessage(1, ({ text }) => text?.includes('work with this avatar') ?? false);
  drive.sendText(1, 'a knight --n 2');
  await drive.waitForMessage(1, ({ text }) => text?.includes('this costs 10, and you have 9') ?? false);
  const [said] = drive.sendText(1, 'a knight');
  const knight = await asking(bot, said?.id);
  drive.sendText(1, 'a monk');
  const monk = await asking(bot, knight.id);
  await drive.tap(1, knight.id, order);
  await becomes(bot, knight, 'Starting');
  await drive.tap(1, monk.id, order);
  await drive.waitForMessage(
    1,
    ({ replyTo, text }) => replyTo === monk.id && (text?.includes('this costs 5, and you have 4') ?? false),
  );
  expect(await ordered(bot)).toHaveLength(1);
  expect(await account(bot)).toEqual({ balance: 4, held: 5 });
});

test('everybody decides for themselves in the settings; free orders count for nothing and never ask', async () => {
  const bot = await aBot({ confirmFirstOrders: 1 });
  await aPainter(bot);
  await givenGeneration(bot.database.stores, { owner, price: 0 });
  const { drive } = bot.telegram;
  drive.sendText(1, '/settings');
  const settings = await drive.waitForMessage(1, ({ text }) => text?.startsWith('Settings') ?? false);
  const shown = () => labels(drive.messages(1).find(({ id }) => id === settings.id) ?? expect.fail()).flat();
  const on = '💬 Ask before each picture: on';
  const off = '💬 Ask before each picture: off';
  expect(shown()).toContain(on);
  await drive.tap(1, settings.id, on);
  await drive.waitFor(() => shown().includes(off));
  drive.sendText(1, 'a knight');
  await expect.poll(async () => (await ordered(bot)).length).toBe(2);
  await drive.tap(1, settings.id, off);
  await drive.waitFor(() => shown().includes(on));
  const [said] = drive.sendText(1, 'a monk');
  // No word of the first ones: this person wants it so.
  expect((await asking(bot, said?.id)).text).not.toContain('first');
});

test('nothing is asked where pictures are free', async () => {
  const bot = await aBot({ confirmFirstOrders: 3, priceImage: 0 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  await bot.database.stores.preferences.change(owner, { confirmOrders: true });
  drive.sendText(1, '/settings');
  const settings = await drive.waitForMessage(1, ({ text }) => text?.startsWith('Settings') ?? false);
  expect(labels(settings).flat().join()).not.toContain('Ask before');
  drive.sendText(1, 'a knight');
  await expect.poll(async () => (await ordered(bot)).length).toBe(1);
});

test('a text that is corrected while it is asked about is asked about as it is now', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  const [said] = drive.sendText(1, 'a nkight');
  const question = await asking(bot);
  drive.editText(1, said?.id ?? 0, 'a knight');
  const form = await drive.waitForMessage(
    1,
    ({ id, text }) => id > question.id && (text?.includes('a knight') ?? false),
  );
  await drive.waitFor(() => !drive.messages(1).some(({ id }) => id === question.id));
  await drive.tap(
    1,
    form.id,
    labels(form)
      .flat()
      .find((label) => label.startsWith('🎨 Generate')) ?? '',
  );
  await becomes(bot, form, 'Starting');
  expect((await ordered(bot)).map(({ prompt }) => prompt)).toEqual(['a knight']);
});

test('nobody pays more than the button said', async () => {
  const bot = await aBot({ confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const question = await asking(bot);
  await bot.pool.query('delete from seen_updates');
  drive.deliverAgain('message');
  const other = await asking(bot, question.id);
  await drive.tap(1, other.id, '✍ Change');
  await drive.tap(1, (await becomes(bot, other, 'A new picture')).id, '4');
  await becomes(bot, other, '4\u00a0pictures');
  expect(await drive.tap(1, question.id, order)).toMatchObject({
    text: expect.stringContaining('nothing was charged'),
  });
  expect(await ordered(bot)).toEqual([]);
  const shown = await becomes(bot, question, '4\u00a0pictures');
  const now = labels(shown)
    .flat()
    .find((label) => label.startsWith('🎨 Generate · 20\u00a0credits'));
  await drive.tap(1, question.id, now ?? '');
  await becomes(bot, question, 'Starting');
  expect(await account(bot)).toEqual({ balance: 80, held: 20 });
});
