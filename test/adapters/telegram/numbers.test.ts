import { expect, test } from 'vitest';
import { numbersButton, numbersFileButton } from '../../../src/adapters/telegram/buttons/admin-buttons.js';
import { numbersText } from '../../../src/adapters/telegram/features/admin/numbers/numbers-text.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import { userId } from '../../../src/domain/ids.js';
import { type Counted, numbersOf } from '../../../src/domain/operator/numbers.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

const operator = userId('1');
const [me, stranger] = [1, 2];

const has =
  (words: string, after = 0) =>
  ({ id, text, caption = text }: MessageView) =>
    id > after && (caption?.includes(words) ?? false);

const aRunBot = () => aBot({ admins: new Set([operator]) });

async function bridge(bot: BotWorld): Promise<MessageView> {
  const { drive } = bot.telegram;
  drive.sendText(me, '/admin');
  const first = await drive.waitForMessage(me, has('For operators'));
  await drive.tap(me, first.id, numbersButton.data({ days: 1 }));
  return drive.waitForMessage(me, has('📊'));
}

test('an operator sees what came of the day, looks further back, and takes it along as a file', async () => {
  const bot = await aRunBot();
  await aPainter(bot, stranger);
  const { drive } = bot.telegram;
  drive.sendText(stranger, 'a knight');
  await drive.waitForMessage(stranger, has('Начинаю'));
  await bot.finish();
  await bot.database.stores.payments.add(aPayment({ user: userId('2'), paidAt: new Date() }));
  const screen = await bridge(bot);
  for (const words of ['Today', '1\u00a0done', '100% went well', '100 in', '50 sold', '$0.04', 'Balanced: 1'])
    expect(screen.caption).toContain(words);
  expect(screen.buttons.map((row) => row.map(({ text }) => text))).toEqual([
    ['✓ Today', '7\u00a0days', '30\u00a0days'],
    ['📄 CSV file'],
    ['‹ Back'],
  ]);
  expect(screen.photo).toBeDefined();
  expect(screen.caption).toContain('hour by hour');
  await drive.tap(me, screen.id, numbersButton.data({ days: 30 }));
  const month = await drive.waitForMessage(me, has('The last 30\u00a0days'));
  expect(month).toMatchObject({ id: screen.id, caption: expect.stringContaining('day by day') });
  expect(month.photo?.at(-1)?.file_unique_id).not.toBe(screen.photo?.at(-1)?.file_unique_id);
  await drive.tap(me, screen.id, numbersFileButton.data({ days: 30 }));
  await expect
    .poll(() => drive.messages(me).find(({ document }) => document)?.document?.file_name)
    .toMatch(/^aisha-[\d-]{10}-30d\.csv$/);
  expect(bot.log.at('error')).toEqual([]);
});

test.each(['en', 'ru'] as const)('what has no room under the plot is in the file alone: %s', (language) => {
  const jobs = 123_456;
  const counted: Counted = {
    people: { joined: jobs, active: jobs, paying: jobs },
    pictures: presetNames.map((preset) => ({
      ...{ preset, status: 'delivered', jobs, credits: jobs, cost: 9_876_543_210, unpriced: jobs },
    })),
    trainings: [{ status: 'ready', jobs, credits: jobs, cost: 9_876_543_210, unpriced: 0 }],
    waits: { pictures: { p50: 123, p90: 456 }, trainings: { p50: 1234, p90: 5678 } },
    money: { stars: jobs, refunded: 1, commission: 1, sold: jobs, given: jobs },
    spenders: Array.from({ length: 10 }, (_, index) => ({
      ...{ user: userId(`777000000${index}`), jobs, stars: jobs, credits: jobs, cost: 9_876_543_210 },
    })),
  };
  const texts = loadTexts()(language);
  const numbers = numbersOf(30, new Date('2026-11-01T00:00:00Z'), counted);
  const { text } = numbersText(numbers, texts);
  expect(text.length).toBeLessThanOrEqual(1024);
  // Both lists begin, the dearest first.
  expect(text).toContain(texts.plain('numbers-training'));
  expect(text).toContain('7770000000');
  expect(text).toContain(texts.plain('numbers-more'));
  const few = numbersOf(30, numbers.from, { ...counted, spenders: [], pictures: [] });
  expect(numbersText(few, texts).text).not.toContain(texts.plain('numbers-more'));
});
