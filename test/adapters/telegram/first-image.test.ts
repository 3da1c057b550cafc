import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { aBot, aPainter, forgedFor } from './a-bot.js';

test('a prompt becomes a picture that answers it', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;

  const [form] = drive.sendText(1, '/generate a photo in medieval armor & <TOK>');
  const progress = await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  // The words stand in what it answers.
  expect(progress).toMatchObject({
    text: '⏳ Starting…\nAda · Balanced · 5\u00a0credits',
    replyTo: form?.id,
    buttons: [[{ text: '✕ Cancel' }]],
  });
  await bot.finish();

  const picture = await drive.waitForMessage(1, ({ photo }) => photo !== undefined);
  expect(picture.caption).toMatch(/^Ada · Balanced · 5\u00a0credits · seed\u00a042 · \d+\sseconds?$/);
  expect(picture.replyTo).toBe(form?.id);
  await expect
    .poll(() => drive.messages(1).some(({ id }) => id === progress.id), { interval: 5 })
    .toBe(false);
  expect(bot.generator.bought).toMatchObject([
    { order: { prompt: 'a photo in medieval armor & <TOK>', imageSize: 'square_hd', steps: 28 } },
  ]);
  expect(await bot.database.stores.ledger.account(userId('1'))).toEqual({ balance: 95, held: 0 });
  expect(bot.log.at('error')).toEqual([]);
});

test('plain text is a prompt too, and a Russian client is answered in Russian', async () => {
  const bot = await aBot();
  await aPainter(bot, 2);
  const { drive } = bot.telegram;

  drive.sendText(2, 'в средневековых доспехах');
  await drive.waitForMessage(2, ({ text }) => text?.includes('Начинаю') ?? false);
  await bot.finish();

  const picture = await drive.waitForMessage(2, ({ photo }) => photo !== undefined);
  expect(picture.caption).toContain('Сбалансированный');
});

test('a job is cancelled with its button, and the credits come back', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const progress = await drive.waitForMessage(1, ({ buttons }) => buttons.length > 0);

  expect(await drive.tap(1, progress.id, '✕ Cancel')).toMatchObject({ text: 'Cancelling' });
  await bot.settle();

  const told = await drive.waitForMessage(1, ({ text }) => text?.includes('Cancelled') ?? false);
  expect(told.id).toBe(progress.id);
  expect(told.buttons.flat().map(({ text }) => text)).toEqual(['🔁 Try again · 5', '✍ Change']);
  expect(told.text).toContain('5\u00a0credits refunded');
  expect(await bot.database.stores.ledger.account(userId('1'))).toEqual({ balance: 100, held: 0 });

  // What was called off by mistake is ordered again, once for a double tap, and by nobody else.
  await aPainter(bot, 2);
  const theirs = told.buttons.flat().map(({ data }) => data ?? '');
  const forged = await forgedFor(bot, 2, theirs);
  for (const data of theirs) expect(await drive.tap(2, forged, data)).toMatchObject({ show_alert: true });
  await Promise.all([drive.tap(1, told.id, '🔁 Try again · 5'), drive.tap(1, told.id, '🔁 Try again · 5')]);
  const open = () => bot.database.stores.generations.list({ status: 'accepted', limit: 9 });
  await expect.poll(async () => (await open()).length).toBe(1);
  const [first] = await bot.database.stores.generations.list({ status: 'cancelled', limit: 9 });
  expect((await open())[0]?.order).toEqual(first?.order);
  await drive.tap(1, told.id, '✍ Change');
  const screen = await drive.waitForMessage(1, ({ text }) => text?.includes('A new picture') ?? false);
  expect(screen.text).toContain('a knight');
});

test('a refusal of the content policy is told in plain words', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  bot.generator.endings = () => ({ kind: 'failed', failure: { kind: 'content_policy', detail: 'secret' } });
  drive.sendText(1, 'something bad');
  await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  await bot.finish();

  const told = await drive.waitForMessage(1, ({ text }) => text?.includes('rules don’t allow') ?? false);
  expect(told.text).toContain('5\u00a0credits refunded');
  expect(told.text).not.toContain('something bad');
  await expect.poll(() => drive.messages(1)).toHaveLength(2);
});

const wrongTexts = [
  ['/generate ab', 'Prompt is too short'],
  ['🙂🙂🙂🙂', 'Write what you want to see'],
  ['x'.repeat(2001), 'too long'],
  ['/generate', 'Now write what you want to see'],
  ['/cancel', 'Cancelled'],
  ['/nonsense', 'don’t know this command'],
] as const;

test('wrong texts are answered helpfully and make nothing', async () => {
  const bot = await aBot();
  await aPainter(bot);
  for (const [text, answer] of wrongTexts) {
    bot.telegram.drive.sendText(1, text);
    await bot.telegram.drive.waitForMessage(1, (message) => message.text?.includes(answer) ?? false);
  }
  expect(await bot.database.stores.generations.list({ limit: 1 })).toEqual([]);
});

test('who has no avatar or no credits hears so', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, ({ text }) => text?.includes('First you need an avatar') ?? false);
  await aPainter(bot, 2, { credits: 3 });
  drive.sendText(2, 'рыцарь');
  await drive.waitForMessage(
    2,
    ({ text }) => text?.includes('Не хватает 2\u00a0кредитов: нужно 5, а у вас 3') ?? false,
  );
});

test('a picture for which there is no room says so, and begins when there is', async () => {
  let isShort = true;
  const clock = new FakeClock();
  const bot = await aBot({}, { clock, disk: { isShort: async () => isShort } });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const waiting = await drive.waitForMessage(1, ({ text }) => text?.includes('out of storage') ?? false);
  isShort = false;
  const [generation] = await bot.database.stores.generations.list({ limit: 1 });
  if (generation === undefined) throw new Error('nothing was accepted');
  const pending = { kind: 'pending', phase: 'queued', position: 0 } as const;
  // The message is seen before it is written down where it stands.
  const shown = async () => {
    clock.advance(4);
    await bot.transport.deliver({ kind: 'progress', generation, pending });
    return drive.messages(1).find(({ id }) => id === waiting.id)?.text;
  };
  await expect.poll(shown).toBe('⏳ Starting…\nAda · Balanced · 5\u00a0credits');
});
