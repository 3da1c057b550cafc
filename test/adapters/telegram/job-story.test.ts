import { expect, test } from 'vitest';
import { jobStoryButton } from '../../../src/adapters/telegram/buttons/trouble-buttons.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { aBot, aPainter } from './a-bot.js';

const [me, stranger] = [1, 2];

const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;
const story = '🕘 What happened';
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);

test('an operator asks what happened to a picture of their own, and to any by its id', async () => {
  const bot = await aBot({ admins: new Set([userId('1')]) });
  await aPainter(bot, me);
  await aPainter(bot, stranger);
  const { drive } = bot.telegram;
  drive.sendText(me, 'a knight');
  drive.sendText(stranger, 'a castle');
  // Whichever comes first is ahead of the other.
  for (const person of [me, stranger]) await drive.waitForMessage(person, ({ from }) => from !== person);
  await bot.finish();
  const result = await drive.waitForMessage(me, (message) => labels(message).includes(story));
  expect(drive.messages(stranger).flatMap(labels)).not.toContain('🕘 Что было');
  const data = result.buttons.flat().find(({ text }) => text === story)?.data ?? '';
  await drive.tap(me, result.id, data);
  const told = await drive.waitForMessage(me, has('🕘'));
  for (const words of [
    'accepted',
    'credits set aside',
    'fal took it',
    'pictures are here',
    'credits charged',
    'handed over',
  ])
    expect(told.text).toContain(words);
  expect(told.text).toMatch(/\d\d:\d\d:\d\d/);

  const [theirs] = await bot.database.stores.generations.list({ owner: userId('2'), limit: 1 });
  const [sent] = drive.sendText(me, `/admin job #${theirs?.id.slice(0, 8)}`);
  const found = await drive.waitForMessage(
    me,
    ({ id, text }) => id > (sent?.id ?? 0) && (text?.includes('🕘') ?? false),
  );
  expect(found.text).toContain(theirs?.id);
  drive.sendText(me, '/admin job zzzz');
  await drive.waitForMessage(me, has('no such job'));
  expect(bot.log.at('error')).toEqual([]);
});

test('a failure is explained too, and a training', async () => {
  const bot = await aBot({ admins: new Set([userId('1')]) });
  const avatar = await aPainter(bot, me);
  const { drive } = bot.telegram;
  drive.sendText(me, 'a knight');
  await drive.waitForMessage(me, has('Starting'));
  await bot.submit();
  for (const { ticket } of bot.generator.bought)
    bot.generator.finish(ticket, { kind: 'failed', failure: { kind: 'gave_up', detail: 'a <test>' } });
  await bot.settle();
  await drive.waitForMessage(me, (message) => labels(message).includes(story));
  const training = await givenTraining(
    bot.database.stores,
    aTraining({ avatar: avatar.id, owner: userId('1'), status: 'failed' }),
  );
  const failed = await drive.waitForMessage(me, (message) => labels(message).includes(story));
  await drive.tap(me, failed.id, failed.buttons.flat().find(({ text }) => text === story)?.data ?? '');
  expect((await drive.waitForMessage(me, has('🕘'))).text).toContain('failed');
  const [sent] = drive.sendText(me, `/admin job ${training.id}`);
  const told = await drive.waitForMessage(
    me,
    ({ id, text }) => id > (sent?.id ?? 0) && (text?.includes('🎓 Training #') ?? false),
  );
  expect(told.text).toContain('failed');
});

test('a story of many moments comes in pages that fit a message', async () => {
  const bot = await aBot({ admins: new Set([userId('1')]) });
  await aPainter(bot, me);
  const { drive } = bot.telegram;
  drive.sendText(me, 'a knight --n 4');
  await drive.waitForMessage(me, has('Starting'));
  await bot.finish();
  const [job] = await bot.database.stores.generations.list({ owner: userId('1'), limit: 1 });
  for (let call = 0; call < 20; call += 1)
    await bot.database.stores.webhookInbox.add(
      {
        requestId: `request-${call}`,
        reference: `generation:${job?.id}:1`,
        ticket: `t${call}`,
        outcome: null,
      },
      new Date(),
    );
  drive.sendText(me, `/admin job ${job?.id}`);
  const first = await drive.waitForMessage(me, has('🕘'));
  expect(labels(first)).toContain('Later ›');
  await drive.tap(me, first.id, jobStoryButton.data({ kind: 'generation', id: job?.id ?? '', from: 15 }));
  const second = await drive.waitForMessage(
    me,
    (message) => message.id === first.id && labels(message).includes('‹ Earlier'),
  );
  expect(second.text?.length).toBeLessThan(4096);
});
