import { expect, test } from 'vitest';
import { PostgresSystemStats } from '../../src/adapters/postgres/stores/jobs/postgres-system-stats.js';
import { loadTexts } from '../../src/adapters/telegram/wording/translator.js';
import { NoteTroubles } from '../../src/application/operator/note-troubles.js';
import { SendAlerts } from '../../src/application/operator/send-alerts.js';
import { userId } from '../../src/domain/ids.js';
import { wordFinder } from '../../src/domain/text/doubtful-words.js';
import { aBot, aPainter, type BotWorld } from '../adapters/telegram/a-bot.js';
import { ChatPerson } from '../support/chat-person.js';

const [sharer, opener, operator] = [1, 2, 3];
const en = loadTexts()('en');
const names = ['Ada', 'Grace', 'Opal'];
const wordRules = {
  find: wordFinder([{ category: 'nudity', words: ['naked'], except: [], beside: null }]),
  ...{ judged: [], refused: new Set<never>() },
};

async function aWorld() {
  const people = names.map((firstName, index) => ({ id: index + 1, firstName, languageCode: 'en' }));
  const admins = new Set([userId(String(operator))]);
  const bot = await aBot({ admins }, { wordRules }, { people });
  for (const person of [sharer, opener]) await aPainter(bot, person);
  bot.telegram.drive.start(operator);
  const { database, transport, dependencies, log } = bot;
  const { clock, ids, policy } = dependencies;
  const stats = new PostgresSystemStats(bot.pool, { countAlive: async () => 1 }, clock);
  const health = { trouble: () => null };
  const disk = { isShort: async () => false, freeBytes: async () => 0 };
  const notes = new NoteTroubles({ database, clock, ids, policy, stats, health, disk, bot: undefined });
  const ways = { [operator]: transport.pager(userId(String(operator))) };
  return {
    bot,
    ada: new ChatPerson(bot, sharer),
    grace: new ChatPerson(bot, opener),
    opal: new ChatPerson(bot, operator),
    /** What every worker does each half minute. */
    halfAMinute: async () => {
      await notes.execute();
      await new SendAlerts({ database, clock, log, ways }).execute();
    },
  };
}

/** Makes a picture of words that are asked about, and shares it. */
async function share({ bot, ada }: Awaited<ReturnType<typeof aWorld>>): Promise<string> {
  ada.write('me naked on a rock');
  const question = await ada.sees('This sounds like nudity');
  expect(await bot.database.stores.generations.list({ limit: 1 })).toEqual([]);
  await ada.tap(question, '▶ Go on');
  await ada.sees('Starting');
  await bot.finish();
  await ada.tap(await ada.picture(), '🔗 Share');
  const { text = '' } = await ada.sees('start=r_');
  return /start=(r_[\w-]+)/.exec(text)?.[1] ?? '';
}

const acts = async ({ database }: BotWorld) =>
  (await database.stores.operatorActs.list(20)).map(({ act }) => act).reverse();

test('a shared recipe is reported and hidden, its owner blocked; they appeal, and are let in again', async () => {
  const world = await aWorld();
  const { bot, ada, grace, opal, halfAMinute } = world;
  const { drive } = bot.telegram;
  const link = await share(world);

  drive.start(opener, link);
  await grace.tap(await grace.sees('me naked on a rock'), '⚠ Report');
  await grace.tap(await grace.sees('What’s wrong'), en.plain('report-nudity'));
  await grace.sees('Somebody will look at it');
  await halfAMinute();
  await halfAMinute();
  const [page, ...more] = opal.saw('A shared recipe was reported: Nudity');
  expect(more).toEqual([]);
  expect(page?.text).not.toContain('naked');
  await opal.tap(await opal.sees('Something waits for your word'), en.plain('button-cases'));
  const first = await opal.sees('1 of 1');
  // She looks on purpose, asks to block, and says why.
  await opal.tap(first, en.plain('button-case-open'));
  await opal.sees('me naked on a rock');
  const picture = await opal.picture();
  expect(picture.id).toBeGreaterThan(first.id);
  expect(picture.isCovered).toBe(true);
  await opal.tap(first, en.plain('button-case-block'));
  await opal.tap(await opal.sees('Block Ada for what was reported?'), en.plain('button-say-why'));
  expect(await bot.database.stores.blocks.find(userId('1'))).toBeNull();
  const sure = await opal.sees('seen before', opal.write('seen before'));
  await opal.tap(sure, en.plain('button-confirm-block'));
  expect(await bot.database.stores.blocks.find(userId('1'))).toMatchObject({ why: 'seen before' });

  const blocked = await ada.sees('A recipe that you shared was reported: Nudity.');
  expect(blocked.text).toContain('/appeal');
  drive.start(opener, link);
  await grace.sees(en.plain('refusal-not-found'));
  const refused = await ada.sees(en.plain('refusal-person-blocked'), ada.write('a knight'));
  expect(refused.text).toContain('/appeal');

  // They change their mind, and what they write then is no appeal.
  const asked = await ada.answerTo('/appeal');
  expect(asked.text).toBe(en.plain('appeal-say'));
  await ada.tap(asked, '✕');
  await ada.sees(en.plain('cancel-done'));
  await ada.sees(en.plain('refusal-person-blocked'), ada.write('hello?'));
  expect(await bot.database.stores.cases.countWaiting()).toBe(0);
  expect((await ada.answerTo('/appeal')).text).toBe(en.plain('appeal-say'));
  await ada.sees(en.plain('appeal-heard'), ada.write('It was a statue, I swear.'));
  const waits = (await ada.answerTo('/appeal')).text;
  expect(waits).toContain(`since ${new Intl.DateTimeFormat('en', { month: 'short' }).format()}`);
  expect(waits).toContain('the answer comes here');
  await ada.sees(en.plain('refusal-person-blocked'), ada.write('Please!'));
  expect(await bot.database.stores.cases.countWaiting()).toBe(1);

  await halfAMinute();
  await halfAMinute();
  expect(opal.saw('Asks to be let in again. Blocked for: Nudity.')).toHaveLength(1);
  expect(opal.saw('statue')).toEqual([]);
  await opal.tap(await opal.sees('Asks to be let in again'), en.plain('button-cases'));
  const card = await opal.sees('1 of 1', page?.id);
  await opal.tap(card, en.plain('button-case-open'));
  await opal.sees('It was a statue, I swear.');
  await opal.tap(card, en.plain('button-case-unblock'));
  await ada.sees(en.plain('case-told-unblock'));
  await ada.sees('Starting', ada.write('a knight'));
  expect(await acts(bot)).toEqual([
    'case-open',
    'case-decide',
    'block',
    'case-open',
    'unblock',
    'case-decide',
  ]);
  expect(bot.log.at('error')).toEqual([]);
});

test('an appeal that is turned down is told kindly, one that comes too late is none, and nobody else is asked', async () => {
  const { bot, ada, grace, opal } = await aWorld();
  const { stores } = bot.database;
  await stores.blocks.block({ user: userId('1'), at: new Date(), why: 'threats' });
  expect((await ada.answerTo('/appeal')).text).toBe(en.plain('appeal-say'));
  await ada.sees(en.plain('appeal-heard'), ada.write('I am sorry.'));
  await opal.tap(await opal.sees('🛠', opal.write('/admin')), en.plain('button-cases'));
  const card = await opal.sees('Asks to be let in again.');
  expect(card.text).not.toContain('sorry');
  await opal.tap(card, en.plain('button-find-person'));
  const person = await opal.sees('threats');
  await ada.sees(en.plain('refusal-person-blocked'), ada.write('a knight'));
  const again = await opal.sees('🛠', opal.write('/admin'));
  await opal.tap(again, en.plain('button-cases'));
  await opal.tap(await opal.sees('Asks to be let in again.', again.id - 1), en.plain('button-case-stay'));
  const told = await ada.sees('it stays as it is');
  expect(told.text).toBe(en.plain('case-told-stay'));
  expect(await stores.blocks.find(userId('1'))).not.toBeNull();
  expect((await ada.answerTo('/appeal')).text).toContain('Your message was read, and answered on');
  await stores.personal.forget(userId('1'));
  expect((await ada.answerTo('/appeal')).text).toContain('deleted with your data');
  // From the card of the person nothing is left to answer.
  await opal.tap(person, en.plain('button-unblock'));
  await opal.sees(en.plain('act-came-done'));
  expect(ada.saw(en.plain('case-told-unblock'))).toEqual([]);

  await grace.sees(en.plain('appeal-free'), grace.write('/appeal'));
  await grace.sees('Starting', grace.write('a knight'));
  // Asked under one block, and blocked anew meanwhile.
  const block = (minute: number) =>
    stores.blocks.block({ user: userId('2'), at: new Date(Date.UTC(2026, 0, 1, 0, minute)), why: null });
  await block(1);
  expect((await grace.answerTo('/appeal')).text).toBe(en.plain('appeal-say'));
  await stores.blocks.unblock(userId('2'));
  await block(2);
  await grace.sees(en.plain('refusal-person-blocked'), grace.write('Let me in'));
  expect(await stores.cases.countWaiting()).toBe(0);
});

test('whoever has no avatar reads a shared recipe all the same, and reports it', async () => {
  const world = await aWorld();
  const { bot, opal } = world;
  const link = await share(world);
  // The operator has none, and never had.
  bot.telegram.drive.start(operator, link);
  const shown = await opal.sees('me naked on a rock');
  expect(shown.text).toContain(en.plain('recipe-needs-avatar'));
  expect(shown.buttons.flat().map(({ text }) => text)).toContain(en.plain('button-make-avatar'));
  await opal.tap(shown, '⚠ Report');
  await opal.tap(await opal.sees('What’s wrong'), en.plain('report-nudity'));
  await opal.sees('Somebody will look at it');
  expect(await bot.database.stores.cases.waiting(0)).toMatchObject({
    ...{ kind: 'recipe', person: '1', reporter: '3', category: 'nudity' },
  });
  expect(bot.log.at('error')).toEqual([]);
});
