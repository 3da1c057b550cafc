import { expect, test } from 'vitest';
import type { PromptAssistant } from '../../../src/application/ports/prompt-assistant.js';
import { userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { plenty } from '../../support/builders/allowances.js';
import { photograph } from '../../support/photographs.js';
import { aBot, aPainter } from './a-bot.js';
import { whenArrived } from './arrived.js';

const has =
  (words: string) =>
  ({ text, caption }: { text?: string; caption?: string }) =>
    (text ?? caption ?? '').includes(words);

/** Counts how often it was asked. */
function anAssistant() {
  let asked = 0;
  const assistant: PromptAssistant = {
    improve: async (prompt) => {
      asked += 1;
      return `${prompt}, golden hour`;
    },
    describe: async () => {
      asked += 1;
      return 'a red bicycle';
    },
  };
  return { assistant, asked: () => asked };
}

test('help with prompts has an end for today; own words go on', async () => {
  const { assistant, asked } = anAssistant();
  const bot = await aBot({ allowances: { ...plenty, prompt_help: 1 } }, { promptAssistant: assistant });
  await aPainter(bot);
  const { drive } = bot.telegram;
  await bot.database.stores.preferences.change(userId('1'), { promptHelp: 'enrich' });
  drive.sendText(1, 'a knight');
  await drive.waitForMessage(1, has('a knight, golden hour'));
  drive.sendText(1, 'a dragon');
  const refused = await drive.waitForMessage(1, has('all the prompt help for today'));
  expect(refused.text).toContain('in 24\u00a0hours');
  const screen = await drive.waitForMessage(1, has('a dragon'));
  const improve = screen.buttons.flat().find(({ text }) => text.startsWith('✨'));
  const tapped = await drive.tap(1, screen.id, improve?.text ?? '');
  expect(tapped).toMatchObject({ text: expect.stringContaining('all the prompt help for today') });
  expect(asked()).toBe(1);
});

test('photos are put into words so often a day', async () => {
  const { assistant, asked } = anAssistant();
  const bot = await aBot({ allowances: { ...plenty, photo_words: 1 } }, { promptAssistant: assistant });
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.start(1);
  const photo = await photograph(600, 600);
  await drive.sendPhoto(1, photo);
  await drive.waitForMessage(1, has('a red bicycle'));
  await drive.sendPhoto(1, photo);
  await drive.waitForMessage(1, has('I can’t describe more photos for you today'));
  expect(asked()).toBe(1);
});

test('an album beyond what may be sent a day is refused in one message that says when', async () => {
  const [one, two, three] = await Promise.all([1, 2, 3].map((seed) => photograph(700, 700, { seed })));
  const clock = new FakeClock(new Date());
  const allowances = { ...plenty, upload_bytes: (one as Buffer).length + 1000 };
  const bot = await aBot({ allowances }, { clock });
  const { drive } = bot.telegram;
  drive.sendText(1, '/new');
  const screen = await drive.waitForMessage(1, has('A new avatar'));
  await drive.tap(1, screen.id, '👤 A person');
  await drive.waitForMessage(1, has('0 of 10\u00a0photos'));
  await drive.sendPhoto(1, one as Buffer);
  await whenArrived(bot, 1, clock);
  await drive.waitForMessage(1, has('1 of 10\u00a0photos'));
  await drive.sendAlbum(1, [two as Buffer, three as Buffer]);
  await whenArrived(bot, 2, clock);
  const refused = await drive.waitForMessage(1, has('all I can take today'));
  expect(refused.text).toContain('2\u00a0photos didn’t make it');
  expect(refused.text).toContain('in 24\u00a0hours');
  expect(await bot.database.stores.photos.ofOwner(userId('1'))).toHaveLength(1);
});
