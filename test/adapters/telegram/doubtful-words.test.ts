import { expect, test } from 'vitest';
import type { WordRules } from '../../../src/application/policy/check-words.js';
import { userId } from '../../../src/domain/ids.js';
import { wordFinder } from '../../../src/domain/text/doubtful-words.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const owner = userId('1');
const goOn = '▶ Go on · 5\u00a0credits';
const labels = ({ buttons }: MessageView) => buttons.map((row) => row.map(({ text }) => text));
const ordered = ({ database }: BotWorld) => database.stores.generations.list({ owner, limit: 20 });
const account = ({ database }: BotWorld) => database.stores.ledger.account(owner);

const rules = (...refused: readonly ('nudity' | 'people')[]): WordRules => ({
  find: wordFinder([
    { category: 'nudity', words: ['naked'], except: [], beside: null },
    { category: 'people', words: ['taylor swift'], except: [], beside: null },
  ]),
  judged: [],
  refused: new Set(refused),
});

async function careful(wordRules: WordRules, confirmFirstOrders = 0): Promise<BotWorld> {
  const bot = await aBot({ confirmFirstOrders }, { wordRules });
  await aPainter(bot);
  return bot;
}

const says = (bot: BotWorld, words: string, after = 0) =>
  bot.telegram.drive.waitForMessage(1, ({ id, text }) => id > after && (text?.includes(words) ?? false));

test('doubtful words are asked about in one sentence; "Go on" makes the picture, once', async () => {
  const bot = await careful(rules());
  const { drive } = bot.telegram;
  const [said] = drive.sendText(1, 'me naked on a rock');
  const question = await says(bot, 'nudity');
  expect(question.text).toBe('🤔 This sounds like nudity or sex. Should I go on?\nme naked on a rock');
  expect(question.replyTo).toBe(said?.id);
  expect(labels(question)).toEqual([[goOn], ['✍ Change', '✕ Cancel']]);
  expect(await ordered(bot)).toEqual([]);
  expect(await account(bot)).toEqual({ balance: 100, held: 0 });
  await Promise.all([drive.tap(1, question.id, goOn), drive.tap(1, question.id, goOn).catch(() => null)]);
  await says(bot, 'Starting', question.id - 1);
  expect(await ordered(bot)).toHaveLength(1);
  expect(await account(bot)).toEqual({ balance: 95, held: 5 });
});

test('whoever is asked about first orders anyway is asked one question, not two', async () => {
  const bot = await careful(rules(), 3);
  const { drive } = bot.telegram;
  drive.sendText(1, 'me naked on a rock');
  const question = await says(bot, 'nudity');
  await drive.tap(1, question.id, goOn);
  await expect.poll(async () => (await ordered(bot)).length).toBe(1);
});

test('"Change" leads to the guided screen, whose own button asks about words too, and not about other ones', async () => {
  const bot = await careful(rules());
  const { drive } = bot.telegram;
  drive.sendText(1, 'me naked on a rock');
  const question = await says(bot, 'nudity');
  await drive.tap(1, question.id, '✍ Change');
  const form = await says(bot, 'A new picture');
  const order =
    labels(form)
      .flat()
      .find((label) => label.startsWith('🎨 Generate')) ?? '';
  await drive.tap(1, form.id, order);
  expect(labels(await says(bot, 'nudity'))[0]).toEqual([goOn]);
  expect(await ordered(bot)).toEqual([]);
  await drive.tap(1, form.id, '✍ Change');
  await drive.tap(1, form.id, '✍ Rewrite');
  drive.sendText(1, 'me in armor on a rock');
  const changed = await says(bot, 'me in armor', form.id);
  await drive.tap(1, changed.id, order);
  await expect
    .poll(async () => (await ordered(bot)).map((job) => job.prompt))
    .toEqual(['me in armor on a rock']);
});

test('the name of a person whom the operator protects is refused, with the way to other words', async () => {
  const bot = await careful(rules('people'), 3);
  const { drive } = bot.telegram;
  drive.sendText(1, 'me and Taylor Swift');
  const refusal = await says(bot, 'I don’t make pictures of this person');
  expect(labels(refusal).flat()).not.toContain(goOn);
  expect(await ordered(bot)).toEqual([]);
  expect(await account(bot)).toEqual({ balance: 100, held: 0 });
});

test('a picture whose words were agreed to is made again and varied without another question', async () => {
  const bot = await careful(rules());
  const { drive } = bot.telegram;
  drive.sendText(1, 'me naked on a rock');
  const question = await says(bot, 'nudity');
  await drive.tap(1, question.id, goOn);
  await expect.poll(async () => (await ordered(bot)).length).toBe(1);
  await bot.finish();
  const picture = await drive.waitForMessage(1, ({ photo }) => photo !== undefined);
  const again =
    labels(picture)
      .flat()
      .find((label) => label.includes('Again')) ?? '';
  await drive.tap(1, picture.id, again);
  await expect.poll(async () => (await ordered(bot)).length).toBe(2);
});
