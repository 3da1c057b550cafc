import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { avatarId, userId } from '../../../src/domain/ids.js';
import type { TrainingPending } from '../../../src/domain/training/training-outcome.js';
import {
  trainingBegun,
  trainingCancelled,
  trainingFailed,
  trainingSubmitting,
} from '../../../src/domain/training/training-transitions.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import {
  aDraft,
  aDraftPhoto,
  aTraining,
  aTrainingPolicy,
  givenTraining,
} from '../../support/builders/a-training.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { longAgo } from '../../support/builders/ids.js';
import { aBot, aPainter } from './a-bot.js';

const owner = userId('1');
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const pending = (changes: Partial<TrainingPending>): TrainingPending => ({
  kind: 'pending',
  phase: 'running',
  position: null,
  step: null,
  steps: null,
  ...changes,
});

test('the operator’s prices stand wherever a training is offered', async () => {
  const portrait = { fast: 0, balanced: 100, quality: 300 };
  const prices = { portrait, artistic: { fast: 350, balanced: 350, quality: 350 } };
  const bot = await aBot({}, { trainingPolicy: aTrainingPolicy({ prices, freeRetrains: 3 }) });
  await aPainter(bot, 1, { credits: 150 });
  const { drive } = bot.telegram;
  drive.sendText(1, '/balance');
  await drive.waitForMessage(1, has('Training an avatar: 0–350'));
  drive.sendText(1, '/help');
  const help = await drive.waitForMessage(1, has('Training an avatar: 0–350\u00a0credits'));
  expect(help.text).toContain('its next 3\u00a0trainings are free');
  drive.sendText(1, '/new');
  const begin = await drive.waitForMessage(1, has('A new avatar'));
  expect(begin.text).toContain('Training: 0–350\u00a0credits');
  expect(begin.text).toContain('its next 3\u00a0trainings are free');
  await drive.tap(1, begin.id, '👤 A person');
  const screen = await drive.waitForMessage(1, has('0 of 10\u00a0photos'));
  const [draft] = await bot.database.stores.avatarDrafts.list(owner);
  const avatar = draft?.avatar ?? avatarId('');
  for (let count = 0; count < 10; count += 1)
    await bot.database.stores.photos.add(aDraftPhoto({ avatar, owner }));
  await drive.tap(1, screen.id, '✅ It’s me, and I’m 18+');
  const ready = await drive.waitForMessage(1, (message) => labels(message).includes('⏱ Faster or better…'));
  await drive.tap(1, ready.id, '⏱ Faster or better…');
  const speeds = await drive.waitForMessage(1, has('How thoroughly?'));
  expect(labels(speeds).slice(0, 3)).toEqual([
    '⚡ Fast · ~3\u00a0min',
    '⭐ Balanced · ~7\u00a0min · 100\u00a0credits',
    '💎 Quality · ~11\u00a0min · 300\u00a0credits',
  ]);
  expect(speeds.text).toContain('⭐ Recommended: Balanced');
});

test('a late look at a training does not undo that it was called off', async () => {
  const bot = await aBot();
  await givenUser(bot.database.stores, { id: owner, credits: 100 });
  const { drive, faults, token, url } = bot.telegram;
  const { stores } = bot.database;
  drive.start(1);
  const { message_id: message } = await new Api(token, { apiRoot: url }).sendMessage(1, 'Training');
  const avatar = await givenAvatar(stores, { owner, status: 'training' });
  await stores.avatarDrafts.save(
    aDraft({ avatar: avatar.id, owner, transportState: { place: { chat: 1, message } } }),
  );
  const origin = { transport: 'telegram', address: { chat: 1, language: 'en' } };
  const training = await givenTraining(
    stores,
    aTraining({ status: 'training', avatar: avatar.id, owner, origin }),
  );
  const cancelled = trainingCancelled(training, longAgo).next;
  if (cancelled.status !== 'cancelled') throw new Error('it was not called off');
  const tell = () => bot.transport.deliver({ kind: 'training-ended', training: cancelled, avatar });
  faults.add({
    ...{ method: 'editMessageText', times: 1 },
    fault: {
      kind: 'hang',
      until: async () => {
        await stores.trainings.save(cancelled, { status: 'training' }, { checkAfter: longAgo });
        await tell();
      },
    },
  });
  const late = pending({ step: 250, steps: 1000 });
  const progress = { training, avatar, pending: late, expectedSeconds: 180 };
  await bot.transport.deliver({ kind: 'training-progress', ...progress });
  const shown = drive.messages(1).find(({ id }) => id === message);
  expect(shown?.text).toContain('cancelled');
  expect(labels(shown as MessageView)).toEqual(['📸 Photos']);
});

test('one message tells how far a training is, and the end stands where it is seen', async () => {
  const clock = new FakeClock();
  const bot = await aBot({}, { clock });
  await aPainter(bot, 1, { credits: 150 });
  const { drive } = bot.telegram;
  const { stores } = bot.database;
  drive.sendText(1, '/new');
  const begin = await drive.waitForMessage(1, has('A new avatar'));
  await drive.tap(1, begin.id, '👤 A person');
  drive.sendText(1, 'Grace');
  await drive.waitForMessage(1, (message) => has('Grace')(message) && has('0 of 10\u00a0photos')(message));
  const [draft] = await stores.avatarDrafts.list(owner);
  if (draft === undefined) throw new Error('there is no draft');
  const { avatar } = draft;
  for (let count = 0; count < 10; count += 1) await stores.photos.add(aDraftPhoto({ avatar, owner }));
  const status = await drive.waitForMessage(1, (message) =>
    labels(message).includes('✅ It’s me, and I’m 18+'),
  );
  await drive.tap(1, status.id, '✅ It’s me, and I’m 18+');
  const ready = await drive.waitForMessage(1, (message) => labels(message).includes('⏱ Faster or better…'));
  await drive.tap(1, ready.id, '⏱ Faster or better…');
  const menu = await drive.waitForMessage(1, has('How thoroughly?'));
  expect(menu.text).toContain('You have 150\u00a0credits');
  await drive.tap(1, menu.id, '⚡ Fast · ~3\u00a0min · 60\u00a0credits');
  await drive.waitForMessage(1, has('Uploading your photos'));
  expect(await stores.ledger.account(owner)).toEqual({ balance: 90, held: 60 });

  const [accepted] = await stores.trainings.ofAvatar(avatar);
  if (accepted?.status !== 'accepted') throw new Error('no training was accepted');
  const held = { training: accepted, avatar: await stores.avatars.find(avatar) };
  await bot.transport.deliver({ kind: 'training-waits', why: 'no_room', ...held });
  const waiting = drive.messages(1).find(({ id }) => id === menu.id);
  expect(waiting?.text).toContain('out of storage');
  expect(labels(waiting as MessageView)).toEqual(['✕ Cancel']);
  const submitting = trainingSubmitting(accepted, clock.now());
  await stores.trainings.save(submitting, { status: 'accepted' }, { checkAfter: clock.now() });
  const { next: training } = trainingBegun(submitting, 'ticket', clock.now());
  await stores.trainings.save(training, { status: 'submitting' }, { checkAfter: clock.now() });
  if (training.status !== 'training') throw new Error('it did not begin');
  const tell = async (progress: Partial<TrainingPending>, seconds: number) => {
    clock.advance(seconds);
    const now = await stores.avatars.find(avatar);
    const notification = { training, avatar: now, pending: pending(progress), expectedSeconds: 180 };
    await bot.transport.deliver({ kind: 'training-progress', ...notification });
    return drive.messages(1).find(({ id }) => id === menu.id);
  };
  expect((await tell({ phase: 'queued', position: 2 }, 4))?.text).toContain('You’re number 2 in line');
  const running = await tell({ step: 250, steps: 1000 }, 40);
  expect(running?.text).toContain('▰▰▱▱▱▱▱▱▱▱ about 2\u00a0min left');
  expect(running?.text).toContain('Step 250 of 1,000');
  expect(labels(running as MessageView)).toEqual(['✕ Cancel']);
  // Within three seconds nothing is edited again.
  expect((await tell({ step: 300, steps: 1000 }, 1))?.text).toContain('Step 250');
  // The bar never claims to be done.
  expect((await tell({ step: 1000, steps: 1000 }, 4))?.text).toContain('▰▰▰▰▰▰▰▰▰▱');

  const failure = { kind: 'timeout', detail: '' } as const;
  const { next: failed } = trainingFailed(training, failure, clock.now());
  if (failed.status !== 'failed') throw new Error('it did not fail');
  const report = await bot.transport.deliver({
    kind: 'training-ended',
    training: failed,
    avatar: await stores.avatars.find(avatar),
  });
  const end = await drive.waitForMessage(1, has('The training of “Grace” failed'));
  expect(end.text).toContain('60\u00a0credits refunded');
  expect(labels(end)).toEqual(['🔁 Try again', '📸 Photos']);
  // It waits until the end is written down: sent twice is worse than shown twice.
  const isShown = () => drive.messages(1).some(({ id }) => id === menu.id);
  expect(isShown()).toBe(true);
  if (report.kind === 'sent') await report.tidyUp?.();
  expect(isShown()).toBe(false);
});

test('nobody pays more for a training than its button said', async () => {
  const prices = {
    portrait: { fast: 60, balanced: 150, quality: 240 },
    artistic: { fast: 150, balanced: 150, quality: 150 },
  };
  const trainingPolicy = aTrainingPolicy({ prices });
  const bot = await aBot({}, { trainingPolicy });
  await aPainter(bot, 1, { credits: 400 });
  const { drive } = bot.telegram;
  const { stores } = bot.database;
  drive.sendText(1, '/new');
  const begin = await drive.waitForMessage(1, has('A new avatar'));
  await drive.tap(1, begin.id, '👤 A person');
  const screen = await drive.waitForMessage(1, has('0 of 10\u00a0photos'));
  const [draft] = await stores.avatarDrafts.list(owner);
  const avatar = draft?.avatar ?? avatarId('');
  for (let count = 0; count < 10; count += 1) await stores.photos.add(aDraftPhoto({ avatar, owner }));
  await drive.tap(1, screen.id, '✅ It’s me, and I’m 18+');
  const ready = await drive.waitForMessage(1, has('If it fails, you get your credits back'));
  expect(labels(ready).slice(0, 2)).toEqual([
    '🎓 Train · ~7\u00a0min · 150\u00a0credits',
    '⏱ Faster or better…',
  ]);

  prices.portrait.balanced = 200;
  expect(await drive.tap(1, ready.id, '🎓 Train · ~7\u00a0min · 150\u00a0credits')).toMatchObject({
    text: expect.stringContaining('nothing was charged'),
  });
  const speeds = await drive.waitForMessage(1, has('How thoroughly?'));
  expect(await stores.ledger.account(owner)).toEqual({ balance: 400, held: 0 });
  await drive.tap(1, speeds.id, '⭐ Balanced · ~7\u00a0min · 200\u00a0credits');
  await drive.waitForMessage(1, has('Uploading your photos'));
  expect(await stores.ledger.account(owner)).toEqual({ balance: 200, held: 200 });
});
