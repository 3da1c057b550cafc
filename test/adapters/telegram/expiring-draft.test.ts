import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;

test('a draft that will go is announced, and one tap keeps it', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  const { avatarDrafts, avatars } = bot.database.stores;
  drive.sendText(1, '/new');
  const screen = await drive.waitForMessage(1, has('A new avatar'));
  await drive.tap(1, screen.id, '👤 A person');
  await drive.waitForMessage(1, has('0 of 10\u00a0photos'));
  const [draft] = await avatarDrafts.list(userId('1'));
  const [avatar] = await avatars.list(userId('1'));
  if (draft === undefined || avatar === undefined) throw new Error('there is no draft');
  await avatarDrafts.tell(avatar.id, new Date());
  const expiresAt = new Date('2026-03-05T12:00:00Z');
  await bot.transport.deliver({ kind: 'draft-expiring', draft, avatar, photos: 6, expiresAt });
  const told = await drive.waitForMessage(1, has('I’ll delete it with its 6\u00a0photos on March\u00a05'));
  expect(told.text).toContain(avatar.name);
  await drive.tap(1, told.id, '▶ Continue');
  await expect.poll(async () => (await avatarDrafts.times(avatar.id))?.toldAt).toBeNull();
});
