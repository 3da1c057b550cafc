import { expect, test } from 'vitest';
import type { StoredImage } from '../../../src/domain/stored-image.js';
import type { Likeness } from '../../../src/domain/training/likeness.js';
import { proofCells } from '../../../src/domain/training/proof-sheet.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { aTraining, someWeights } from '../../support/builders/a-training.js';
import { givenGeneration } from '../../support/builders/given.js';
import { nextUuid } from '../../support/builders/ids.js';
import { aBot, aPainter, aPicture, type BotWorld } from './a-bot.js';

const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has =
  (words: string) =>
  ({ caption }: MessageView) =>
    caption?.includes(words) ?? false;

async function saved(bot: BotWorld): Promise<StoredImage> {
  const bytes = await aPicture(300, 400);
  const chunks = async function* () {
    yield bytes;
  };
  return bot.media.saveImage(`images/${nextUuid()}`, chunks());
}

/** A trained avatar and its proof sheet, whose pictures are so much alike. */
async function aProof(bot: BotWorld, alike: readonly Likeness[]) {
  const model = { kind: 'lora', url: someWeights.url, mediaKey: someWeights.mediaKey } as const;
  const avatar = await aPainter(bot, 1, { name: 'Ada', model });
  const { owner } = avatar;
  const { stores } = bot.database;
  const cells = await Promise.all(
    proofCells('portrait').map(async (cell, index) => {
      const { id } = await givenGeneration(stores, { status: 'delivered', owner, avatar: avatar.id });
      await stores.images.add([anImageRow({ ...(await saved(bot)), owner, generation: id })]);
      return { ...cell, generation: id, likeness: alike[index] ?? null };
    }),
  );
  const sheet = { image: await saved(bot), cells };
  const origin = { transport: 'telegram', address: { chat: 1, message: null, language: 'en' } };
  const proof = { status: 'composed', sheet, announcedAt: null } as const;
  const training = aTraining({ status: 'ready', owner, avatar: avatar.id, origin, proof });
  await stores.trainings.add(training);
  return { avatar, notification: { kind: 'proof-sheet', training, avatar, sheet } as const };
}

test('a proof sheet says which pictures are how alike; one is looked at, and its strength is used', async () => {
  const bot = await aBot();
  const { avatar, notification } = await aProof(bot, ['very', 'alike', 'less', 'less', 'alike', 'less']);
  const { drive } = bot.telegram;
  drive.start(1);
  await bot.transport.deliver(notification);
  const sheet = await drive.waitForMessage(1, has('Which looks most like Ada?'));
  const words = ['Very alike: 1', 'Alike: 2, 5', 'Less alike: 3, 4, 6'];
  expect(sheet.caption?.split('\n')).toEqual(expect.arrayContaining(words));
  expect(sheet.caption).not.toContain('%');
  await drive.tap(1, sheet.id, '2');
  const second = await drive.waitForMessage(1, has('2 · strength 1 · Alike'));
  expect(second.photo).toBeDefined();
  const strength = async () => {
    const held = await bot.database.stores.avatars.find(avatar.id);
    return held?.defaultStrength;
  };
  expect(await strength()).toBeNull();
  expect(await drive.tap(1, second.id, 'Use this strength')).toMatchObject({
    text: 'Ada: strength 1 from now on',
  });
  expect(await strength()).toBe(1);
  const used = await drive.waitFor(() =>
    drive.messages(1).find((one) => one.id === second.id && labels(one).includes('✓ Use this strength')),
  );
  expect(labels(used)).toContain('🖼 Keep picture 2');
});

test('where no picture is alike, the free training is offered with advice', async () => {
  const bot = await aBot();
  const { notification } = await aProof(bot, ['less', 'less', 'less', 'less', 'less', 'less']);
  const { drive } = bot.telegram;
  drive.start(1);
  await bot.transport.deliver(notification);
  const sheet = await drive.waitForMessage(1, has('None of these looks much like Ada yet'));
  expect(sheet.caption).toContain('The next training is free.');
  expect(labels(sheet).at(-1)).toBe('🔁 Train again');
  await drive.tap(1, sheet.id, '🔁 Train again');
  await drive.waitForMessage(1, ({ text }) => text?.includes('You can use the avatar as it is') ?? false);
});
