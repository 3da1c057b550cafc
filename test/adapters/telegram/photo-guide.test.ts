import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { languages } from '../../../src/adapters/telegram/wording/translator.js';
import { avatarTypes } from '../../../src/domain/avatar/avatar-type.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot } from './a-bot.js';

const has =
  (words: string) =>
  ({ text, caption }: MessageView) =>
    (text ?? caption)?.includes(words) ?? false;

test('which photos work is shown before the first one, above the counter; and uploaded once', async () => {
  const bot = await aBot();
  const { drive, calls } = bot.telegram;
  const begin = async (after: number) => {
    drive.sendText(1, '/new');
    const choice = await drive.waitForMessage(
      1,
      (message) => message.id > after && has('A new avatar')(message),
    );
    await drive.tap(1, choice.id, '👤 A person');
    const counter = await drive.waitForMessage(
      1,
      (message) => message.id > choice.id && has('0 of 10 photos, up to 20')(message),
    );
    const card = await drive.waitForMessage(
      1,
      (message) => message.id > choice.id && has('Which photos work best')(message),
    );
    expect(card.photo).toBeDefined();
    expect(card.id).toBeLessThan(counter.id);
    expect(drive.messages(1).map(({ id }) => id)).not.toContain(choice.id);
    return counter.id;
  };
  await begin(await begin(0));
  const [first, second] = calls.of('sendPhoto').map(({ parameters }) => parameters.photo);
  expect(first).toMatch(/^attach:/);
  expect(second).not.toMatch(/^attach:/);
});

test('photos are taken although the card cannot be shown', async () => {
  const bot = await aBot();
  const { drive, faults } = bot.telegram;
  faults.add({
    method: 'sendPhoto',
    fault: { kind: 'error', code: 400, description: 'Bad Request: not enough rights to send photos' },
  });
  drive.sendText(1, '/new');
  const choice = await drive.waitForMessage(1, has('A new avatar'));
  await drive.tap(1, choice.id, '🎨 A style');
  await drive.waitForMessage(1, has('0 of 10 photos'));
});

describe.each(avatarTypes.flatMap((type) => languages.map((language) => [type, language] as const)))(
  'the card for a %s avatar in %s',
  (type, language) => {
    it('is a picture that Telegram shows as large as it is', async () => {
      const { width, height, format } = await sharp(
        readFileSync(`assets/photo-guide/${type}-${language}.png`),
      ).metadata();
      expect({ width, format }).toEqual({ width: 1280, format: 'png' });
      expect(height).toBeLessThanOrEqual(1280);
    });
  },
);
