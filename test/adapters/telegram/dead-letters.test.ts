import { expect, test } from 'vitest';
import type { GenerationId } from '../../../src/domain/ids.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld, forgedFor } from './a-bot.js';

const [me, person] = [1, 2];
const owner = userId('2');
const admins = new Set([userId('1'), userId('2')]);

const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;

/** A bot with a picture that was given up: while it holds its credits still, or after they went back. */
async function givenUp({ held }: { held: boolean }) {
  const bot = await aBot({ admins });
  await aPainter(bot, person);
  const { drive } = bot.telegram;
  drive.sendText(person, 'a knight');
  await drive.waitForMessage(person, has('Начинаю'));
  const { generations } = bot.database.stores;
  const [job] = await generations.list({ owner, limit: 1 });
  if (job === undefined) throw new Error('there is none');
  if (!held) {
    await bot.submit();
    for (const { ticket } of bot.generator.bought)
      bot.generator.finish(ticket, { kind: 'failed', failure: { kind: 'gave_up', detail: 'a <test>' } });
    await bot.settle();
  }
  await generations.markDead(job.id, new Date());
  drive.start(me);
  return { bot, id: job.id };
}

/** Goes from the first screen to what was given up, then taps what is labelled so and returns what is shown then. */
async function pressing({ telegram: { drive } }: BotWorld) {
  drive.sendText(me, '/admin');
  const first = await drive.waitForMessage(me, has('For operators'));
  const press = async (label: string, words: string): Promise<MessageView> => {
    const now = drive.messages(me).find(({ id }) => id === first.id);
    const button = now?.buttons.flat().find(({ text }) => text.includes(label));
    await drive.tap(me, first.id, button?.data ?? label);
    return drive.waitForMessage(me, (message) => message.id === first.id && has(words)(message));
  };
  await press('Trouble · 1', 'was given up');
  return press;
}

/** Taps a button that is not shown any more, or was never shown to them. */
const forge = async (bot: BotWorld, by: number, data: string) =>
  bot.telegram.drive.tap(by, await forgedFor(bot, by, [data]), data);

const confirming = (screen: MessageView): string => screen.buttons.flat()[0]?.data ?? '';
const credits = ({ database }: BotWorld) => database.stores.ledger.account(owner);
const named = (id: GenerationId) => ({ kind: 'generation', id }) as const;

test('one that still holds credits is given back after a last look, once, and kept as an act', async () => {
  const { bot, id } = await givenUp({ held: true });
  const press = await pressing(bot);
  const { drive } = bot.telegram;
  const list = await press('Pictures given up', 'Pictures given up: 1');
  expect(list.text).toContain('5\u00a0credits are still held');
  await press('Picture #', 'nothing to try again');
  const question = await press('Give back', 'Give 5\u00a0credits back?');
  expect(await credits(bot)).toEqual({ balance: 95, held: 5 });
  await press('Yes', 'went back');
  expect(await credits(bot)).toEqual({ balance: 100, held: 0 });
  expect(await bot.database.stores.generations.dead(9)).toEqual([]);
  expect(await bot.database.stores.operatorActs.list(9)).toMatchObject([
    { admin: '1', act: 'job-give-back', subject: '2', details: { job: named(id), credits: 5 } },
  ]);
  // An old button does it no second time.
  await forge(bot, me, confirming(question));
  expect(await bot.database.stores.operatorActs.list(9)).toHaveLength(1);
  await bot.settle();
  await drive.waitForMessage(person, has('5'));
  expect(await bot.database.stores.ledger.breaches()).toEqual([]);
  expect(bot.log.at('error')).toEqual([]);
});

test('one whose credits are back is tried again with a hold of its own, or taken off the list', async () => {
  const { bot, id } = await givenUp({ held: false });
  const press = await pressing(bot);
  expect(await credits(bot)).toEqual({ balance: 100, held: 0 });
  const given = await press('Pictures given up', 'Pictures given up: 1');
  expect(given.text).toContain('A step of ours kept failing:\na <test>');
  const card = await press('Picture #', 'back already');
  expect(card.text).toContain('sets aside 5\u00a0credits of their 100\u00a0credits');
  const off = await press('Off the list', 'Take it off the list?');
  await press('No', 'back already');
  await press('Try again', 'Try again?');
  await press('Yes', 'is being tried again');
  expect(await credits(bot)).toEqual({ balance: 95, held: 5 });
  expect(await bot.database.stores.generations.find(id)).toMatchObject({ status: 'accepted', run: 1 });
  // It is another run now: what was asked before does not end it.
  await forge(bot, me, confirming(off));
  expect(await bot.database.stores.generations.find(id)).toMatchObject({ status: 'accepted', run: 1 });
  expect(await bot.database.stores.operatorActs.list(9)).toMatchObject([
    { act: 'job-replay', subject: '2', details: { credits: 5 } },
  ]);
  expect(await bot.database.stores.ledger.breaches()).toEqual([]);
});

test('another operator confirms nothing in their place', async () => {
  const { bot } = await givenUp({ held: true });
  const press = await pressing(bot);
  await press('Pictures given up', 'Pictures given up: 1');
  await press('Picture #', 'nothing to try again');
  const question = await press('Give back', 'Give 5');
  await forge(bot, person, confirming(question));
  expect(await credits(bot)).toEqual({ balance: 95, held: 5 });
  expect(await bot.database.stores.operatorActs.list(9)).toEqual([]);
});

test('whoever has too few credits is not tried again for', async () => {
  const { bot } = await givenUp({ held: false });
  await bot.database.stores.ledger.write(
    [{ user: owner, kind: 'chargeback', amount: -98, reason: 'chargeback:test' }],
    new Date(),
  );
  const press = await pressing(bot);
  await press('Pictures given up', 'Pictures given up: 1');
  const card = await press('Picture #', 'give them some first');
  expect(card.buttons.flat().map(({ text }) => text)).not.toContain('↻ Try again');
});
