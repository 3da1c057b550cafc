import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aDraftPhoto, aTrainingPolicy } from '../../support/builders/a-training.js';
import { givenAvatar } from '../../support/builders/given.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const owner = userId('1');
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const jobs = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 20 });
const balance = async ({ database }: BotWorld) => (await database.stores.ledger.account(owner)).balance;
const refused = { text: expect.stringContaining('nothing was charged'), show_alert: true };

/** The operator starts the bot with other prices, and old messages keep their buttons. */
const reprice = ({ dependencies }: BotWorld) =>
  Object.assign(dependencies.policy, { priceImage: 7, priceUpscale: 12 });

/** Taps a button of the result that is dearer by now: it says so, and what it says then is charged. */
async function tapsTwice(bot: BotWorld, message: number, earlier: string, now: string): Promise<void> {
  const { drive } = bot.telegram;
  const before = { balance: await balance(bot), jobs: (await jobs(bot)).length };
  expect(await drive.tap(1, message, earlier)).toMatchObject(refused);
  expect({ balance: await balance(bot), jobs: (await jobs(bot)).length }).toEqual(before);
  await drive.waitForMessage(1, (shown) => shown.id === message && labels(shown).includes(now));
  await drive.tap(1, message, now);
  await expect.poll(async () => (await jobs(bot)).length).toBe(before.jobs + 1);
  expect(before.balance - (await balance(bot))).toBe(Number(/\d+$/.exec(now)?.[0]));
}

test('a button under a result charges no more than it says, whatever the operator has changed since', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  await expect.poll(async () => (await jobs(bot)).length).toBe(1);
  await bot.finish();
  const result = await drive.waitForMessage(1, ({ photo }) => photo !== undefined);
  const shown = async (label: string) =>
    drive.waitForMessage(1, (message) => message.id === result.id && labels(message).includes(label));
  await drive.tap(1, result.id, '🎚 Preset');
  await shown('Fast · 5');
  reprice(bot);
  await tapsTwice(bot, result.id, 'Fast · 5', 'Fast · 7');
  await shown('🔁 Again · 7');
  Object.assign(bot.dependencies.policy, { priceImage: 9, priceUpscale: 15 });
  await tapsTwice(bot, result.id, '🔁 Again · 7', '🔁 Again · 9');
  const enlarge = labels(await shown('🔁 Again · 9')).find((label) => label.endsWith(' · 12')) ?? '';
  await tapsTwice(bot, result.id, enlarge, enlarge.replace('12', '15'));
});

test('one that costs less by now is charged what it costs', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  await expect.poll(async () => (await jobs(bot)).length).toBe(1);
  await bot.finish();
  const result = await drive.waitForMessage(1, ({ photo }) => photo !== undefined);
  Object.assign(bot.dependencies.policy, { priceImage: 3 });
  await drive.tap(1, result.id, '🔁 Again · 5');
  await expect.poll(async () => (await jobs(bot)).length).toBe(2);
  expect(await balance(bot)).toBe(92);
});

test('a picture that is being made goes on when another avatar has become dearer', async () => {
  const bot = await aBot();
  await aPainter(bot);
  await givenAvatar(bot.database.stores, { owner, name: 'Bea' });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const starting = await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  await drive.tap(1, starting.id, labels(starting)[1] ?? '');
  const choice = await drive.waitForMessage(1, (message) => labels(message).includes('Bea · 5'));
  reprice(bot);
  expect(await drive.tap(1, choice.id, 'Bea · 5')).toMatchObject(refused);
  expect(await jobs(bot)).toMatchObject([{ status: 'accepted' }]);
  await drive.waitForMessage(1, (message) => message.id === choice.id && labels(message).includes('Bea · 7'));
  await drive.tap(1, choice.id, 'Bea · 7');
  await expect.poll(async () => (await jobs(bot)).length).toBe(2);
  expect(await balance(bot)).toBe(93);
});

test('a training charges no more than its button says', async () => {
  const portrait = { fast: 60, balanced: 100, quality: 300 };
  const prices = { portrait, artistic: portrait };
  const bot = await aBot({}, { trainingPolicy: aTrainingPolicy({ prices }) });
  await aPainter(bot, 1, { credits: 200 });
  const { drive } = bot.telegram;
  drive.sendText(1, '/new');
  const begin = await drive.waitForMessage(1, ({ text }) => text?.includes('A new avatar') ?? false);
  await drive.tap(1, begin.id, '👤 A person');
  const screen = await drive.waitForMessage(1, ({ text }) => text?.includes('0 of 10\u00a0photos') ?? false);
  const [draft] = await bot.database.stores.avatarDrafts.list(owner);
  const avatar = draft?.avatar ?? expect.fail();
  for (let count = 0; count < 10; count += 1)
    await bot.database.stores.photos.add(aDraftPhoto({ avatar, owner }));
  await drive.tap(1, screen.id, '✅ It’s me, and I’m 18+');
  const ready = await drive.waitForMessage(1, (message) => labels(message).includes('⏱ Faster or better…'));
  await drive.tap(1, ready.id, '⏱ Faster or better…');
  const speeds = await drive.waitForMessage(1, ({ text }) => text?.includes('How thoroughly?') ?? false);
  const [earlier = ''] = labels(speeds).filter((label) => label.endsWith('100\u00a0credits'));
  Object.assign(portrait, { balanced: 120 });
  expect(await drive.tap(1, speeds.id, earlier)).toMatchObject(refused);
  expect(await balance(bot)).toBe(200);
  const now = earlier.replace('100', '120');
  await drive.waitForMessage(1, (message) => message.id === speeds.id && labels(message).includes(now));
  await drive.tap(1, speeds.id, now);
  await expect.poll(() => balance(bot)).toBe(80);
});
