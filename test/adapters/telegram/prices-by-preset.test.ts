import { expect, test } from 'vitest';
import type { PicturePrice } from '../../../src/domain/generation/picture-price.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar } from '../../support/builders/given.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const owner = userId('1');
const finetuned = 'fal-ai/flux-pro/finetuned';
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const jobs = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 20 });
const account = ({ database }: BotWorld) => database.stores.ledger.account(owner);

const picturePrices: PicturePrice[] = [
  { preset: 'fast', endpoint: null, credits: 3 },
  { preset: 'quality', endpoint: null, credits: 8 },
  { preset: null, endpoint: finetuned, credits: 6 },
  { preset: null, endpoint: 'fal-ai/flux-lora/image-to-image', credits: 7 },
];

const saying = (bot: BotWorld, words: string, after = 0) =>
  bot.telegram.drive.waitForMessage(1, ({ id, text }) => id > after && (text?.includes(words) ?? false));
const withButton = (bot: BotWorld, message: number, words: string) =>
  bot.telegram.drive.waitForMessage(
    1,
    (shown) => shown.id === message && labels(shown).some((label) => label.includes(words)),
  );

async function aResult(bot: BotWorld, text: string): Promise<MessageView> {
  const { drive } = bot.telegram;
  const [said] = drive.sendText(1, text);
  const made = (await jobs(bot)).length;
  await expect.poll(async () => (await jobs(bot)).length).toBe(made + 1);
  await bot.finish();
  return drive.waitForMessage(1, ({ id, photo }) => id > (said?.id ?? 0) && photo !== undefined);
}

test('a question before an order names the price of its preset, and that is held and charged', async () => {
  const bot = await aBot({ picturePrices, confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  for (const [text, price, left] of [
    ['a monk --preset fast', 3, 97],
    ['a queen --preset quality --n 2', 16, 81],
    ['a draft --preset fast --steps 50', 8, 73],
  ] as const) {
    const [said] = drive.sendText(1, text);
    const question = await saying(bot, 'Make ', said?.id);
    const pay = `🎨 Generate · ${price}\u00a0credits`;
    expect(labels(question)).toContain(pay);
    await drive.tap(1, question.id, pay);
    await expect.poll(() => account(bot)).toEqual({ balance: left, held: price });
    await bot.finish();
    expect(await account(bot)).toEqual({ balance: left, held: 0 });
  }
});

test('every button under a result says what it costs, and charges that', async () => {
  const bot = await aBot({ picturePrices });
  await aPainter(bot);
  const { drive } = bot.telegram;
  const result = await aResult(bot, 'a knight --preset quality');
  expect(await account(bot)).toEqual({ balance: 92, held: 0 });
  expect(labels(result)).toContain('🔁 Again · 8');
  await drive.tap(1, result.id, '🎚 Preset');
  const others = labels(await withButton(bot, result.id, 'Fast'));
  expect(others).toEqual(expect.arrayContaining([expect.stringMatching(/Fast · 3$/)]));
  expect(others).toEqual(expect.arrayContaining([expect.stringMatching(/Balanced · 5$/)]));
  await drive.tap(1, result.id, others.find((label) => label.endsWith('Fast · 3')) ?? '');
  await expect.poll(async () => (await account(bot)).balance).toBe(89);
  await bot.finish();
  const shown = await withButton(bot, result.id, 'Again');
  await drive.tap(1, result.id, labels(shown).find((label) => label.includes('Vary')) ?? '');
  const varied = labels(await withButton(bot, result.id, '· 8')).filter((label) => label.endsWith(' · 8'));
  // The price of its preset comes before that of the endpoint.
  expect(varied).toHaveLength(3);
  await drive.tap(1, result.id, varied[0] ?? '');
  await expect.poll(async () => (await account(bot)).balance).toBe(81);
});

test('a picture made from a picture has the price of its endpoint where its preset has none', async () => {
  const bot = await aBot({ picturePrices });
  await aPainter(bot);
  const { drive } = bot.telegram;
  const result = await aResult(bot, 'a knight');
  await drive.tap(1, result.id, labels(result).find((label) => label.includes('Vary')) ?? '');
  const varied = labels(await withButton(bot, result.id, '· 7')).filter((label) => label.endsWith(' · 7'));
  expect(varied).toHaveLength(3);
  await drive.tap(1, result.id, varied[0] ?? '');
  await expect.poll(() => account(bot)).toEqual({ balance: 88, held: 7 });
});

test('another avatar that goes elsewhere has its own price', async () => {
  const bot = await aBot({ picturePrices });
  await aPainter(bot);
  await givenAvatar(bot.database.stores, { owner, name: 'Bea', model: aFinetuneModel });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const starting = await saying(bot, 'Starting');
  await drive.tap(1, starting.id, labels(starting)[1] ?? '');
  const choice = await drive.waitForMessage(1, (message) => labels(message).includes('Bea · 6'));
  await drive.tap(1, choice.id, 'Bea · 6');
  await expect.poll(() => account(bot)).toEqual({ balance: 94, held: 6 });
});

test('a price that was raised between the question and the tap is told, and nothing is charged unseen', async () => {
  const bot = await aBot({ picturePrices: [...picturePrices], confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a monk --preset fast');
  const question = await saying(bot, 'Make ');
  Object.assign(bot.dependencies.policy, { picturePrices: [{ preset: 'fast', endpoint: null, credits: 4 }] });
  expect(await drive.tap(1, question.id, '🎨 Generate · 3\u00a0credits')).toMatchObject({
    text: expect.stringContaining('nothing was charged'),
  });
  expect(await account(bot)).toEqual({ balance: 100, held: 0 });
  const now = await withButton(bot, question.id, '· 4\u00a0credits');
  await drive.tap(1, question.id, labels(now).find((label) => label.includes('· 4\u00a0credits')) ?? '');
  await expect.poll(() => account(bot)).toEqual({ balance: 96, held: 4 });
  // What is waiting keeps its price.
  Object.assign(bot.dependencies.policy, {
    picturePrices: [{ preset: 'fast', endpoint: null, credits: 50 }],
  });
  await bot.finish();
  expect(await account(bot)).toEqual({ balance: 96, held: 0 });
});

test('the guided screen tells what each preset costs, and charges what its button says', async () => {
  const bot = await aBot({ picturePrices, confirmFirstOrders: 3 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a monk --n 2');
  const { id } = await saying(bot, 'Make ');
  await drive.tap(1, id, '✍ Change');
  const form = await withButton(bot, id, 'Generate · 10\u00a0credits');
  await drive.tap(1, id, labels(form).find((label) => label.includes('Preset')) ?? '');
  const presets = labels(await withButton(bot, id, 'Fast · 6'));
  await drive.tap(1, id, presets.find((label) => label.endsWith('Quality · 16')) ?? '');
  const chosen = await withButton(bot, id, 'Generate · 16\u00a0credits');
  await drive.tap(1, id, labels(chosen).find((label) => label.includes('Generate · 16')) ?? '');
  await expect.poll(() => account(bot)).toEqual({ balance: 84, held: 16 });
});

test('screens that speak of prices name the cheapest and the dearest', async () => {
  const bot = await aBot({ picturePrices });
  await aPainter(bot);
  const { drive } = bot.telegram;
  for (const [command, words] of [
    ['/help', 'One picture: 3–8\u00a0credits'],
    ['/balance', 'One picture: 3–8'],
  ] as const) {
    const [said] = drive.sendText(1, command);
    expect((await saying(bot, words, said?.id)).text).toContain(words);
  }
});

test('words that may be no prompt carry the price of their options', async () => {
  const bot = await aBot({ picturePrices });
  await aPainter(bot);
  const { preferences } = bot.database.stores;
  await preferences.change(owner, { preset: 'quality' });
  const { drive } = bot.telegram;
  drive.sendText(1, 'hello');
  const answer = await drive.waitForMessage(1, (message) =>
    labels(message).some((label) => label.endsWith(' · 8')),
  );
  await drive.tap(1, answer.id, labels(answer).find((label) => label.endsWith(' · 8')) ?? '');
  await expect.poll(() => account(bot)).toEqual({ balance: 92, held: 8 });
});

test('a preset with its price stands alone where a phone would cut two in a row', async () => {
  const bot = await aBot({ picturePrices });
  await aPainter(bot);
  const { drive } = bot.telegram;
  await bot.database.stores.preferences.change(owner, { language: 'ru' });
  drive.sendText(1, '/generate');
  const form = await drive.waitForMessage(1, ({ text }) => text?.includes('Новое изображение') ?? false);
  await drive.tap(1, form.id, labels(form).find((label) => label.includes('Пресет')) ?? '');
  const menu = await withButton(bot, form.id, 'Быстрый · 3');
  expect(labels(menu)).toContain('✓ Сбалансированный · 5');
  for (const row of menu.buttons.filter(({ length }) => length > 1))
    for (const { text } of row) expect([...text].length).toBeLessThanOrEqual(20);
});
