import { expect, test } from 'vitest';
import {
  casesButton,
  decideCaseButton,
  openCaseButton,
} from '../../../src/adapters/telegram/buttons/admin-buttons.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import { aBot, aPainter, type BotWorld, forgedFor } from './a-bot.js';

const [sharer, opener, admin] = [1, 2, 3];
const texts = loadTexts()('en');

const sees = ({ telegram: { drive } }: BotWorld, person: number, words: string, after = 0) =>
  drive.waitForMessage(
    person,
    ({ id, text, caption }) => id > after && (text ?? caption ?? '').includes(words),
  );

const press = async (bot: BotWorld, person: number, words: string, label: string) => {
  const screen = await sees(bot, person, words);
  const button = screen.buttons.flat().find(({ text }) => text.startsWith(label));
  expect(button, `"${label}" under "${screen.text}"`).toBeDefined();
  await bot.telegram.drive.tap(person, screen.id, button?.data ?? '');
};

/** The link of a recipe that the first person shared. */
async function sharing(): Promise<{ bot: BotWorld; link: string }> {
  const people = ['Ada', 'Grace', 'Opal'].map((firstName, index) => ({
    id: index + 1,
    firstName,
    languageCode: 'en',
  }));
  const bot = await aBot({ admins: new Set([userId('3')]) }, {}, { people });
  for (const person of [sharer, opener]) await aPainter(bot, person);
  const { drive } = bot.telegram;
  drive.sendText(sharer, 'a very particular knight');
  await sees(bot, sharer, 'Starting');
  await bot.finish();
  const result = await drive.waitForMessage(sharer, ({ photo }) => photo !== undefined);
  const share = result.buttons.flat().find(({ text }) => text === '🔗 Share');
  await drive.tap(sharer, result.id, share?.data ?? '');
  const { text = '' } = await sees(bot, sharer, 'start=r_');
  return { bot, link: /start=(r_[\w-]+)/.exec(text)?.[1] ?? '' };
}

test('a shared recipe is reported, looked at on purpose, and hidden; its owner is told why', async () => {
  const { bot, link } = await sharing();
  const { drive } = bot.telegram;
  drive.start(opener, link);
  await press(bot, opener, 'a very particular knight', '⚠ Report');
  await press(bot, opener, 'What’s wrong', 'Cruelty');
  await sees(bot, opener, 'Somebody will look at it');
  drive.sendText(admin, '/admin');
  await press(bot, admin, '🛠', texts.plain('button-cases'));
  const card = await sees(bot, admin, 'A shared recipe was reported: Cruelty.');
  expect(
    drive
      .messages(admin)
      .map(({ text }) => text)
      .join(),
  ).not.toContain('particular');
  expect(await bot.database.stores.operatorActs.list(5)).toEqual([]);
  await press(bot, admin, 'was reported', '👁 Open');
  await sees(bot, admin, 'a very particular knight', card.id);
  await drive.waitForMessage(admin, ({ photo }) => photo !== undefined);
  await press(bot, admin, 'was reported', '🙈 Hide');
  await sees(bot, admin, 'Nothing waits for you');
  await sees(bot, sharer, 'hidden after a report: Cruelty');
  const acts = await bot.database.stores.operatorActs.list(5);
  expect(acts.map(({ act, admin: by, subject }) => [act, by, subject])).toEqual([
    ['case-decide', '3', '1'],
    ['case-open', '3', '1'],
  ]);
  drive.start(opener, link);
  await sees(bot, opener, texts.html('refusal-not-found').source);
  const [result] = drive.messages(sharer).filter(({ photo }) => photo !== undefined);
  const share = result?.buttons.flat().find(({ text }) => text === '🔗 Share');
  const answer = await drive.tap(sharer, result?.id ?? 0, share?.data ?? '');
  expect(answer).toMatchObject({ text: texts.plain('refusal-recipe-hidden') });
  expect(bot.log.at('error')).toEqual([]);
});

test('nobody but an operator sees or decides what waits, whatever their client sends', async () => {
  const { bot, link } = await sharing();
  const { drive } = bot.telegram;
  drive.start(opener, link);
  await press(bot, opener, 'a very particular knight', '⚠ Report');
  await press(bot, opener, 'What’s wrong', 'Nudity');
  await sees(bot, opener, 'Somebody will look at it');
  const waits = await bot.database.stores.cases.waiting(0);
  const item = waits?.id ?? '';
  const data = [
    casesButton.data({ skip: 0 }),
    openCaseButton.data({ item }),
    decideCaseButton.data({ item, decision: 'hide' }),
  ];
  const forged = await forgedFor(bot, opener, data);
  for (const each of data) await drive.tap(opener, forged, each);
  expect(await bot.database.stores.cases.find(item)).toEqual(waits);
  expect(await bot.database.stores.operatorActs.list(5)).toEqual([]);
  expect(
    drive
      .messages(opener)
      .map(({ text }) => text)
      .join(),
  ).not.toContain('was reported');
  // One's own recipe has no such button, and is not reported by a forged one either.
  drive.start(sharer, link);
  const own = await sees(bot, sharer, 'A new picture');
  expect(own.buttons.flat().map(({ text }) => text)).not.toContain('⚠ Report');
});
