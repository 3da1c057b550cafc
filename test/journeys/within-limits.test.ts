import { expect, test } from 'vitest';
import { PostgresSystemStats } from '../../src/adapters/postgres/stores/jobs/postgres-system-stats.js';
import { NoteTroubles } from '../../src/application/operator/note-troubles.js';
import { RecountSpending } from '../../src/application/operator/quotas/recount-spending.js';
import { SendAlerts } from '../../src/application/operator/send-alerts.js';
import { userId } from '../../src/domain/ids.js';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld } from '../adapters/telegram/a-bot.js';
import { FakeClock } from '../fakes/fake-clock.js';

/** The local Telegram's first two people speak English and Russian. */
const [operator, person] = [1, 2];
const cents = 10_000;
const ofAPicture = 35_000;

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

/** Three pictures a day and person, and 35 cents a month: ten pictures. It is noon of the first of January. */
async function aWorld() {
  const clock = new FakeClock();
  const admins = new Set([userId(String(operator))]);
  const quotas = { pictures: 3, budgets: { day: null, month: 10 * ofAPicture } };
  const bot = await aBot({ admins, quotas }, { clock });
  await aPainter(bot, person);
  const { drive } = bot.telegram;
  drive.start(operator);
  await drive.waitForMessage(operator, ({ from }) => from !== operator);
  const { database, transport, log, dependencies } = bot;
  const { ids, policy } = dependencies;
  const stats = new PostgresSystemStats(bot.pool, { countAlive: async () => 1 }, clock);
  const disk = { isShort: async () => false, freeBytes: async () => 0 };
  const health = { trouble: () => null };
  const notes = new NoteTroubles({ database, clock, ids, policy, stats, health, disk, bot: undefined });
  const ways = { [operator]: transport.pager(userId(String(operator))) };
  /** What every worker does now and then. */
  const upkeep = async () => {
    await new RecountSpending({ database, clock, policy }).execute();
    await notes.execute();
    await new SendAlerts({ database, clock, log, ways }).execute();
  };
  return { bot, clock, upkeep };
}

/** Sends words, and waits for what is said to them. */
async function order({ telegram: { drive } }: BotWorld, words: string, said: string): Promise<MessageView> {
  const last = drive.messages(person).at(-1)?.id ?? 0;
  drive.sendText(person, words);
  return drive.waitForMessage(person, has(said, last));
}

const held = async ({ database }: BotWorld) =>
  (await database.stores.ledger.account(userId(String(person)))).held;
const told = ({ telegram: { drive } }: BotWorld, words: string) =>
  drive.messages(operator).filter(has(words));

test('a day’s pictures are used up, which is said kindly, and tomorrow there are new ones', async () => {
  const { bot, clock } = await aWorld();
  await order(bot, 'рыцарь --n 2', 'Начинаю');
  const few = await order(bot, 'замок --n 2', 'Сегодня осталось 1\u00a0изображение');
  expect(few.buttons.flat().length).toBeGreaterThan(0);
  await order(bot, 'замок', 'Перед вами');
  const spent = await order(bot, 'лес', 'На сегодня это всё');
  expect(spent.text).toContain('Ничего не списано');
  expect(await held(bot)).toBe(15);
  await bot.finish();
  clock.advance(12 * 3600 - 1);
  await order(bot, 'лес', 'На сегодня это всё');
  clock.advance(1);
  await order(bot, 'лес', 'Начинаю');
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(3);
  expect(bot.log.at('error')).toEqual([]);
});

test('of a month’s dollars four fifths are told, the last ones hold orders up, and the operator lets them go on', async () => {
  const { bot, clock, upkeep } = await aWorld();
  const { drive } = bot.telegram;
  const nearly = 'This month’s budget is nearly spent';
  for (const [day, words] of ['рыцарь --n 3', 'замок --n 3', 'лес --n 1'].entries()) {
    if (day > 0) clock.advance(24 * 3600);
    await order(bot, words, 'Начинаю');
    await bot.finish();
    await upkeep();
  }
  expect(told(bot, nearly)).toEqual([]);
  await order(bot, 'море --n 1', 'Начинаю');
  await bot.finish();
  for (let times = 0; times < 3; times += 1) await upkeep();
  const [page, ...more] = told(bot, nearly);
  expect(more).toEqual([]);
  expect(page?.text).toContain('$0.28 of $0.35');

  clock.advance(24 * 3600);
  await order(bot, 'горы --n 2', 'Начинаю');
  const refused = await order(bot, 'река', 'В этом месяце я сделала всё, что могла');
  expect(refused.text).toContain('1\u00a0февраля');
  expect(refused.text).toContain('Ничего не списано');
  expect(await held(bot)).toBe(10);
  // What was begun is finished.
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(5);

  await drive.tap(operator, page?.id ?? 0, page?.buttons[0]?.[0]?.data ?? '');
  const shown = (words: string) =>
    drive.waitForMessage(operator, (message) => message.id === page?.id && has(words)(message));
  const trouble = await shown('Since');
  expect(trouble.text).toContain('This month’s budget is spent');
  const budget = trouble.buttons.flat().find(({ text }) => text.includes('Budget'));
  await drive.tap(operator, trouble.id, budget?.data ?? '');
  const screen = await shown('This month: $0.35 of $0.35');
  const again = screen.buttons.flat().find(({ text }) => text.includes('Start over'));
  await drive.tap(operator, screen.id, again?.data ?? '');
  const asked = await shown('Start the day and the month over?');
  expect(asked.text).toContain('this month: $0.35');
  await drive.tap(operator, asked.id, asked.buttons[0]?.[0]?.data ?? '');
  await shown('orders go on');
  // What is mended is gone at once.
  expect(await bot.dependencies.listTroubles.execute()).toEqual([]);
  await order(bot, 'река', 'Начинаю');
  await bot.finish();
  expect(bot.generator.bought).toHaveLength(6);
  const acts = await bot.database.stores.operatorActs.list(9);
  expect(acts).toMatchObject([{ act: 'budget-reset', details: { month: 35 * cents } }]);
  expect(bot.log.at('error')).toEqual([]);
});
