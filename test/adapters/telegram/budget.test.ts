import { expect, test } from 'vitest';
import { budgetButton } from '../../../src/adapters/telegram/buttons/budget-buttons.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { noQuotas } from '../../support/builders/allowances.js';
import { aBot, aPainter, forgedFor } from './a-bot.js';

/** The local Telegram's first two people speak English and Russian. */
const [operator, person] = [1, 2];
const admins = new Set([userId(String(operator))]);
const inRussian = loadTexts()('ru');

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

test('when the budget is used up orders wait with a sentence, until the operator lets them go on', async () => {
  const budgets = { day: 70_000, month: null };
  const bot = await aBot({ admins, quotas: { ...noQuotas, budgets } });
  await aPainter(bot, person);
  const { drive } = bot.telegram;
  drive.start(operator);
  drive.sendText(person, 'рыцарь --n 2');
  await drive.waitForMessage(person, has('Начинаю'));
  drive.sendText(person, 'замок');
  const refused = await drive.waitForMessage(person, has('На сегодня я сделала всё'));
  expect(refused.text).toContain('Ничего не списано');
  expect((await bot.database.stores.ledger.account(userId(String(person)))).held).toBe(10);

  drive.sendText(operator, '/admin');
  const menu = await drive.waitForMessage(operator, ({ buttons }) =>
    buttons.flat().some(({ text }) => text.includes('Budget')),
  );
  await drive.tap(operator, menu.id, budgetButton.data({}));
  const screen = await drive.waitForMessage(operator, has('Today: $0.07 of $0.07'));
  expect(screen.text).toContain('This month: $0.07, no limit');
  drive.sendText(operator, '/admin reset');
  await drive.waitForMessage(operator, has('begin anew'));
  drive.sendText(person, 'замок');
  await drive.waitForMessage(person, has('Перед вами', refused.id));
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(2);
  expect(bot.log.at('error')).toEqual([]);
});

test('a person makes so many pictures a day, and more when the operator says so', async () => {
  const bot = await aBot({ admins, quotas: { ...noQuotas, pictures: 1 } });
  await aPainter(bot, person);
  const { drive } = bot.telegram;
  drive.start(operator);
  drive.sendText(person, 'рыцарь --n 2');
  const first = await drive.waitForMessage(person, has('Сегодня осталось 1\u00a0изображение'));
  drive.sendText(person, 'рыцарь');
  await drive.waitForMessage(person, has('Начинаю', first.id));
  drive.sendText(person, 'рыцарь');
  const refused = await drive.waitForMessage(person, has('На сегодня это всё'));
  drive.sendText(operator, `/admin limit ${person} 5`);
  await drive.waitForMessage(operator, has('may now make 5\u00a0pictures a day'));
  drive.sendText(person, 'рыцарь');
  await drive.waitForMessage(person, has('Перед вами', refused.id));
  drive.sendText(operator, `/admin limit ${person} many`);
  await drive.waitForMessage(operator, has('pictures'));
  drive.sendText(operator, `/admin limit ${person} usual`);
  await drive.waitForMessage(operator, has('as everybody'));
  expect((await bot.database.stores.operatorActs.list(9)).map(({ act }) => act)).toEqual([
    ...['picture-limit', 'picture-limit'],
  ]);
});

test('to everybody but operators there is none of it', async () => {
  const bot = await aBot({ admins, quotas: { ...noQuotas, pictures: 1 } });
  await aPainter(bot, person);
  const { drive } = bot.telegram;
  drive.start(person);
  const forged = await forgedFor(bot, person, [budgetButton.data({})]);
  expect(await drive.tap(person, forged, budgetButton.data({}))).toMatchObject({
    text: inRussian.plain('dead-button'),
  });
  for (const words of ['/admin reset', `/admin limit ${person} 50`]) drive.sendText(person, words);
  await expect
    .poll(() => drive.messages(person).filter(has(inRussian.plain('unknown-command').slice(0, 12))).length)
    .toBe(2);
  expect(await bot.database.stores.operatorActs.list(9)).toEqual([]);
});
