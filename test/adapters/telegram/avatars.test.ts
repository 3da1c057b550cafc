import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar } from '../../support/builders/given.js';
import { photograph } from '../../support/photographs.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const owner = userId('1');
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has =
  (text: string) =>
  ({ text: shown, caption }: MessageView) =>
    (shown ?? caption ?? '').includes(text);
const url = 'https://weights.example/grace.safetensors';

/** The card of an avatar, from the list. */
async function cardOf({ telegram: { drive } }: BotWorld, name: string): Promise<MessageView> {
  drive.sendText(1, '/avatars');
  const list = await drive.waitForMessage(1, (message) => labels(message).includes('➕ New avatar'));
  await drive.tap(1, list.id, labels(list).find((label) => label.endsWith(name)) ?? name);
  return drive.waitForMessage(1, (message) => has(name)(message) && labels(message).includes('✏ Rename'));
}

test('two avatars come into one picture, with both of their triggers', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { name: 'Ada' });
  const grace = { owner, name: 'Grace', trigger: 'GRC', model: { kind: 'lora' as const, url } };
  await givenAvatar(bot.database.stores, grace);
  await givenAvatar(bot.database.stores, { owner, name: 'Style', model: aFinetuneModel });
  const { drive } = bot.telegram;
  drive.sendText(1, '/generate');
  const screen = await drive.waitForMessage(1, has('A new picture'));
  await drive.tap(1, screen.id, '👥 Second avatar');
  const menu = await drive.waitForMessage(1, (now) => labels(now).includes('Grace'));
  expect(labels(menu)).toEqual(['✓ Nobody else', 'Grace', '‹ Back']);
  await drive.tap(1, menu.id, 'Grace');
  await drive.waitForMessage(1, has('Ada + Grace'));
  drive.sendText(1, 'in a boat');
  const ready = await drive.waitForMessage(1, (now) => labels(now).some((text) => text.startsWith('🎨 Gen')));
  await drive.tap(1, ready.id, '🎨 Generate · 5\u00a0credits · ~25\u00a0s');
  await bot.finish();
  const [bought] = bot.generator.bought;
  expect(bought?.order.prompt).toContain('GRC');
  expect(bought?.order).toMatchObject({ loras: [{}, { url }] });
  // The next picture is of one again.
  drive.sendText(1, '/generate');
  const next = await drive.waitForMessage(1, has('A new picture'));
  expect(next.text).not.toContain('Ada + Grace');
});

test('a card shows the newest picture, and sets the strength', async () => {
  const bot = await aBot();
  const avatar = await aPainter(bot, 1, { name: 'Ada' });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('Starting'));
  await bot.finish();
  const card = await cardOf(bot, 'Ada');
  expect(card.photo).toBeDefined();
  await drive.tap(1, card.id, '🎚 Strength');
  await drive.waitFor(() =>
    drive.messages(1).find((now) => now.id === card.id && labels(now).includes('1.2')),
  );
  expect(await drive.tap(1, card.id, '1.2')).toMatchObject({ text: 'Strength: 1.2' });
  await drive.waitFor(() => drive.messages(1).find((now) => now.id === card.id && has('Strength: 1.2')(now)));
  expect(await bot.database.stores.avatars.find(avatar.id)).toMatchObject({ defaultStrength: 1.2 });
  await drive.tap(1, card.id, '🎚 Strength');
  await drive.waitFor(() =>
    drive.messages(1).find((now) => now.id === card.id && labels(now).includes('✓ 1.2')),
  );
  await drive.tap(1, card.id, 'The preset’s own');
  expect(await bot.database.stores.avatars.find(avatar.id)).toMatchObject({ defaultStrength: null });
});

test('a finetune is moved to a style LoRA, and works on until then', async () => {
  const bot = await aBot();
  const avatar = await aPainter(bot, 1, { name: 'Style', type: 'artistic', model: aFinetuneModel });
  const { drive } = bot.telegram;
  const card = await cardOf(bot, 'Style');
  expect(labels(card)).not.toContain('⬇ LoRA file');
  await drive.tap(1, card.id, '🔁 Train a new version');
  const draft = await drive.waitForMessage(1, has('You can use the avatar as it is'));
  expect(labels(draft)).toContain('✅ A style: no faces, or adults only');
  expect(labels(draft)).not.toContain('🗑 Delete');
  await drive.sendPhoto(1, await photograph(600, 700, { seed: 7 }));
  await drive.waitForMessage(1, has('1 of 10\u00a0photos'));
  expect(await bot.database.stores.avatars.find(avatar.id)).toMatchObject({ model: aFinetuneModel });
});

test('weights that Telegram would not take are handed out by their address', async () => {
  const bot = await aBot();
  const mediaKey = 'weights/large.safetensors';
  await aPainter(bot, 1, { name: 'Ada', model: { kind: 'lora', url, mediaKey } });
  await bot.media.save(
    mediaKey,
    (async function* () {
      for (let part = 0; part < 51; part += 1) yield Buffer.alloc(1024 * 1024);
    })(),
  );
  const { drive } = bot.telegram;
  const card = await cardOf(bot, 'Ada');
  await drive.tap(1, card.id, '⬇ LoRA file');
  await drive.waitForMessage(1, has(url));
});
