import { expect, test } from 'vitest';
import { waysOutOf } from '../../../src/adapters/telegram/ways-out.js';
import { languages, loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import type { ReadyAvatar } from '../../../src/domain/avatar/avatar.js';
import type { Refusal } from '../../../src/domain/errors.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aTraining } from '../../support/builders/a-training.js';
import { givenAvatar } from '../../support/builders/given.js';
import { everyRefusal } from '../../support/every-refusal.js';
import { aBot, aPainter } from './a-bot.js';

const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;
const finetune = { kind: 'finetune', id: 'some-finetune' } as const;

test.each(languages)('every refusal has a button that leads on, in %s', (language) => {
  const texts = loadTexts()(language);
  const nobody = { avatars: [] as ReadyAvatar[], price: null, contact: null, isSelling: false, canAsk: true };
  for (const refusal of Object.values(everyRefusal) as Refusal[])
    for (const price of [null, 5]) {
      // The sentence itself names what is left to them.
      if (refusal.code === 'person_blocked') continue;
      const rows = waysOutOf(refusal, { ...nobody, price }, texts);
      expect(rows.flat().length, refusal.code).toBeGreaterThan(0);
      for (const row of rows) expect(row.length, refusal.code).toBeGreaterThan(0);
    }
  // Nobody can let themselves in.
  expect(waysOutOf({ code: 'not_allowed' }, { ...nobody, canAsk: false }, texts)).toEqual([]);
});

test('a preset that does not work leads to the avatar that takes it, and to one that does', async () => {
  const bot = await aBot();
  const owner = userId('1');
  await aPainter(bot);
  await givenAvatar(bot.database.stores, { owner, name: 'demo-artistic', type: 'artistic', model: finetune });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a quiet harbour --preset ultra');
  const refused = await drive.waitForMessage(1, has('work with this avatar'));
  expect(labels(refused)).toEqual(['👤 With demo-artistic', '🎚 Quality instead', '🎨 Make a picture']);
  await drive.tap(1, refused.id, '🎚 Quality instead');
  const form = await drive.waitForMessage(1, has('a quiet harbour'));
  expect(form.text).toContain('Quality');
  expect(bot.generator.bought).toEqual([]);
  const order = labels(form).find((label) => label.startsWith('🎨 Generate · 5\u00a0credits'));
  await drive.tap(1, form.id, order ?? '');
  await bot.finish();
  expect(bot.generator.bought).toMatchObject([{ order: { prompt: 'TOK a quiet harbour', steps: 50 } }]);
  await drive.tap(1, refused.id, '👤 With demo-artistic');
  expect((await drive.waitForMessage(1, has('Avatar: demo-artistic'))).text).toContain('a quiet harbour');
});

test('in a group a refusal opens no private screens', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  const group = -1_001_000_000_001;
  drive.sendText(1, '@sandbox_bot a harbour --ar 7:3', { chatId: group });
  expect((await drive.waitForMessage(group, has('7:3'))).buttons).toEqual([]);
});

test('a request for too much leads to the balance, in a message when it was tapped', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { credits: 2 });
  const { drive } = bot.telegram;
  drive.sendText(1, '/generate a knight');
  const typed = await drive.waitForMessage(1, has('you have 2'));
  expect(labels(typed)).toEqual(['💳 Balance and prices']);
  await drive.tap(1, typed.id, '💳 Balance and prices');
  await drive.waitForMessage(1, has('One picture'));
});

test('what cannot be taken now is tried again with the same words, without the command', async () => {
  const bot = await aBot({ openPerUser: 1 });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, 'a first fox');
  await drive.waitForMessage(1, has('Starting'));
  drive.sendText(1, '/generate a second one');
  const refused = await drive.waitForMessage(1, has('already being made'));
  expect(labels(refused)).toContain('🔁 Try again · 5');
  await bot.finish();
  await drive.tap(1, refused.id, '🔁 Try again · 5');
  await bot.finish();
  expect(bot.generator.bought.map(({ order }) => order.prompt)).toEqual([
    'TOK a first fox',
    'TOK a second one',
  ]);
});

test('without an avatar nothing is a dead end, and what was asked for is kept', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  drive.start(1);
  drive.sendText(1, 'a knight on the moon');
  const refused = await drive.waitForMessage(1, has('First you need an avatar'));
  expect(labels(refused)[0]).toBe('➕ Make my avatar');
  const kept = await bot.database.stores.forms.lastSaid(userId('1'));
  expect(kept?.prompt).toBe('a knight on the moon');
  drive.sendText(1, '/generate');
  await drive.waitForMessage(1, (message) => has('First you need')(message) && message.id > refused.id);

  const owner = userId('1');
  const avatar = await aPainter(bot);
  const origin = { transport: 'telegram', address: { chat: 1, message: null, language: 'en' } };
  const training = aTraining({ status: 'ready', owner, avatar: avatar.id, origin });
  const ready = { kind: 'avatar-ready', training, avatar } as const;
  await bot.transport.deliver(ready);
  const told = await drive.waitForMessage(1, has('You wrote earlier: a knight on the moon'));
  await drive.tap(1, told.id, '🎨 What you wrote earlier');
  const form = await drive.waitForMessage(1, has('A new picture'));
  expect(form.text).toContain('a knight on the moon');
  expect(await bot.database.stores.generations.list({ limit: 1 })).toEqual([]);
});

test.each([
  [
    'https://t.me/aisha_help',
    [[{ text: '💬 Get more credits', url: 'https://t.me/aisha_help' }]],
    '@aisha_help',
  ],
  ['mailto:help@example.com', [], 'help@example.com'],
  [null, [], null],
] as const)('who lacks credits is told how many, and led to %s', async (supportContact, rows, shown) => {
  const bot = await aBot({}, { supportContact });
  await aPainter(bot, 1, { credits: 3 });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  const refused = await drive.waitForMessage(1, has('2\u00a0more credits: this costs 5, and you have 3'));
  expect(refused.buttons.slice(0, -1)).toEqual(rows);
  expect(labels(refused).at(-1)).toBe('💳 Balance and prices');
  const isInText = shown !== null && rows.length === 0;
  expect(refused.text?.includes(shown ?? 'write to')).toBe(isInText);
  drive.sendText(1, '/help');
  const help = await drive.waitForMessage(1, has('How it works'));
  expect(help.text?.includes(`Write to ${shown}.`)).toBe(shown !== null);
});

test('what went wrong leads on: an answer that Telegram refuses, an export that fails, a file that is too big', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive, faults } = bot.telegram;
  const description = 'Bad Request: nobody knows why';
  const refuseOnce = (method: string) =>
    faults.add({ method, fault: { kind: 'error', code: 400, description }, times: 1 });
  refuseOnce('sendMessage');
  drive.sendText(1, '/balance');
  expect(labels(await drive.waitForMessage(1, has('Something went wrong')))).toEqual([
    '🎨 Make a picture',
    '❔ How it works',
  ]);

  drive.sendText(1, '/privacy');
  const privacy = await drive.waitForMessage(1, has('What is stored about you'));
  refuseOnce('sendDocument');
  await drive.tap(1, privacy.id, '⬇ Export my data');
  const failed = await drive.waitForMessage(1, has('couldn’t send all of your data'));
  await drive.tap(1, failed.id, '⬇ Export my data');
  await drive.waitForMessage(1, ({ document }) => document !== undefined);

  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('Starting'));
  await bot.finish();
  const picture = await drive.waitForMessage(1, ({ photo }) => photo !== undefined);
  await bot.pool.query('update images set bytes = 60000000');
  await drive.tap(1, picture.id, '📄 Original');
  const big = await drive.waitForMessage(1, has('too big for Telegram'));
  expect(labels(big)).toEqual(['🎨 Make a picture']);
});
