import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { type GenerationId, userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const owner = userId('1');
const group = -1_001_000_000_001;

/** A bot whose clock stands still, so that progress is shown when the test says so. */
async function aStillBot() {
  const clock = new FakeClock();
  const bot = await aBot({}, { clock });
  await aPainter(bot);
  return { bot, clock };
}

/** An order that waits. Returns the job and the number of its message. */
async function anOrder(bot: BotWorld, prompt: string, chatId = 1) {
  const { drive } = bot.telegram;
  const { generations, jobMessages } = bot.database.stores;
  const before = await generations.list({ limit: 9 });
  const words = chatId === 1 ? prompt : `@sandbox_bot ${prompt}`;
  drive.sendText(1, words, { chatId });
  const isNew = ({ id }: { readonly id: GenerationId }) => !before.some((one) => one.id === id);
  const find = async () => (await generations.list({ limit: 9 })).find(isNew);
  await expect.poll(find).toBeDefined();
  const { id } = (await find()) ?? expect.fail();
  await expect.poll(() => jobMessages.find(id)).not.toBeNull();
  return { id, message: (await jobMessages.find(id))?.message ?? expect.fail() };
}

/** Shows how far a job is, as its watch does. */
async function showProgress(bot: BotWorld, id: GenerationId) {
  const generation = (await bot.database.stores.generations.find(id)) ?? expect.fail();
  await bot.transport.deliver({
    kind: 'progress',
    generation,
    pending: { kind: 'pending', phase: 'queued', position: 3 },
  });
}

const drafts = (bot: BotWorld) => bot.telegram.calls.of('sendMessageDraft');
const statusOf = async (bot: BotWorld, id: GenerationId) =>
  (await bot.database.stores.generations.find(id))?.status;
const balance = async (bot: BotWorld) => (await bot.database.stores.ledger.account(owner)).balance;

test('Stop on the draft does what Cancel does: once, with the money back and the same words', async () => {
  const { bot, clock } = await aStillBot();
  const { drive } = bot.telegram;
  const { id, message } = await anOrder(bot, 'a knight');
  expect(await balance(bot)).toBe(95);
  await bot.submit();
  clock.advance(6);
  await showProgress(bot, id);
  expect(drive.draft(1)).toMatchObject({ canStop: true });
  expect(drive.draft(1)?.text).toContain('3');
  expect(drafts(bot).at(-1)?.parameters).toMatchObject({ draft_id: message, can_stop: true });
  // The message with the Cancel button says it, too.
  const shown = drive.messages(1).find((one) => one.id === message);
  expect(shown?.text).toContain('3');
  expect(shown?.buttons.flat().map(({ text }) => text)).toContain('✕ Cancel');

  drive.stopDraft(1);
  await expect.poll(() => statusOf(bot, id)).toBe('cancelled');
  drive.deliverAgain('stopped_message_generation');
  await bot.settle();
  const ended = await drive.waitForMessage(1, ({ text }) => text?.includes('Cancelled') ?? false);
  expect(ended.buttons.flat().map(({ text }) => text)).toEqual(['🔁 Try again · 5', '✍ Change']);
  expect(drive.draft(1)).toBeUndefined();
  expect(drive.messages(1).some((one) => one.id === message)).toBe(false);
  expect(await balance(bot)).toBe(100);
  const history = await bot.database.stores.ledger.history(owner, 20);
  expect(history.filter(({ kind }) => kind === 'release')).toHaveLength(1);
  expect(bot.log.at('error')).toEqual([]);
});

test('a draft that is in sight when a job ends makes place for a new message', async () => {
  const { bot, clock } = await aStillBot();
  const { drive } = bot.telegram;
  const { id, message } = await anOrder(bot, 'a knight');
  clock.advance(6);
  await showProgress(bot, id);
  await drive.tap(1, message, '✕ Cancel');
  await bot.settle();
  const ended = await drive.waitForMessage(1, ({ text }) => text?.includes('Cancelled') ?? false);
  expect(ended.id).toBeGreaterThan(message);
  expect(drive.draft(1)).toBeUndefined();
});

test('of several jobs the oldest has the draft, no oftener than every five seconds', async () => {
  const { bot, clock } = await aStillBot();
  const { drive } = bot.telegram;
  const first = await anOrder(bot, 'a knight');
  const second = await anOrder(bot, 'a harbour');
  await bot.submit();
  for (let seconds = 0; seconds < 18; seconds += 3) {
    clock.advance(3);
    for (const { id } of [first, second]) await showProgress(bot, id);
  }
  const sent = drafts(bot);
  expect(new Set(sent.map(({ parameters }) => parameters.draft_id))).toEqual(new Set([first.message]));
  // What says the same is sent again only before it would vanish.
  expect(sent).toHaveLength(2);
  drive.stopDraft(1);
  await expect.poll(() => statusOf(bot, first.id)).toBe('cancelled');
  expect(await statusOf(bot, second.id)).toBe('submitted');
  await bot.settle();
  clock.advance(6);
  await showProgress(bot, second.id);
  expect(drafts(bot).at(-1)?.parameters).toMatchObject({ draft_id: second.message });
});

test('nobody stops what is not theirs, and a Stop that comes too late is told so', async () => {
  const { bot, clock } = await aStillBot();
  const { drive, token, url } = bot.telegram;
  const { id, message } = await anOrder(bot, 'a knight');
  drive.start(2);
  const api = new Api(token, { apiRoot: url });
  await api.sendMessageDraft(2, message, 'forged', { can_stop: true });
  drive.stopDraft(2);
  await api.sendMessageDraft(1, 4711, 'of no job', { can_stop: true });
  drive.stopDraft(1);
  await bot.submit();
  clock.advance(6);
  await showProgress(bot, id);
  await bot.collect();
  drive.stopDraft(1);
  const late = await drive.waitForMessage(1, ({ text }) => text?.includes('too late') ?? false);
  expect(late.buttons.flat().length).toBeGreaterThan(0);
  expect(await statusOf(bot, id)).toBe('collected');
  expect(await balance(bot)).toBe(95);
});

test('a group has no drafts, and where a server knows none nothing is missed', async () => {
  const { bot, clock } = await aStillBot();
  const { drive, faults } = bot.telegram;
  const inGroup = await anOrder(bot, 'a knight', group);
  clock.advance(6);
  await showProgress(bot, inGroup.id);
  expect(drafts(bot)).toEqual([]);
  const description = 'Not Found: method not found';
  faults.add({ method: 'sendMessageDraft', fault: { kind: 'error', code: 404, description } });
  const { id, message } = await anOrder(bot, 'a harbour');
  for (let round = 0; round < 3; round += 1) {
    clock.advance(6);
    await showProgress(bot, id);
  }
  expect(drafts(bot)).toHaveLength(1);
  await drive.tap(1, message, '✕ Cancel');
  await bot.settle();
  await drive.waitForMessage(1, ({ text }) => text?.includes('Cancelled') ?? false);
});
