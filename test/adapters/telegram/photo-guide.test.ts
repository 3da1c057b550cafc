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
      (message) => message.id > choice.id && has('0 of 10\u00a0photos, up to 20')(message),
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

test.each([
  [1, 'en', '👤 A person', 'portrait'],
  [2, 'ru', '👤 Человек', 'portrait'],
  [2, 'ru', '🎨 Стиль', 'artistic'],
] as const)('person %i sees the card in %s, as tapped: %s', async (person, language, label, type) => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  drive.sendText(person, '/new');
  const choice = await drive.waitForMessage(person, ({ buttons }) =>
    buttons.flat().some(({ text }) => text === label),
  );
  await drive.tap(person, choice.id, label);
  const card = await drive.waitForMessage(person, ({ photo }) => photo !== undefined);
  const seen = await drive.download(card.photo?.at(-1)?.file_id ?? '');
  const cards = avatarTypes.flatMap((each) => languages.map((one) => `${each}-${one}`));
  const distances = await Promise.all(
    cards.map((name) => distance(seen, readFileSync(`assets/photo-guide/${name}.png`))),
  );
  expect(cards[distances.indexOf(Math.min(...distances))]).toBe(`${type}-${language}`);
});

/** How unlike two pictures are. */
async function distance(...pictures: readonly [Buffer, Buffer]): Promise<number> {
  const size = { width: 640, height: 640, fit: 'fill' } as const;
  const [one, other] = await Promise.all(
    pictures.map((picture) => sharp(picture).flatten().resize(size).greyscale().raw().toBuffer()),
  );
  return [...(one ?? [])].reduce((sum, value, index) => sum + Math.abs(value - (other?.[index] ?? 0)), 0);
}

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
  await drive.waitForMessage(1, has('0 of 10\u00a0photos'));
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
