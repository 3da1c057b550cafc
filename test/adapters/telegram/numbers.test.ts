import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { announceCommands } from '../../../src/adapters/telegram/bot-commands.js';
import {
  actsButton,
  numbersButton,
  numbersFileButton,
} from '../../../src/adapters/telegram/buttons/admin-buttons.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { aBot, aPainter, type BotWorld, forgedFor } from './a-bot.js';

const operator = userId('1');
const [me, stranger] = [1, 2];

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

const aRunBot = () => aBot({ admins: new Set([operator]) });

async function bridge(bot: BotWorld): Promise<MessageView> {
  bot.telegram.drive.sendText(me, '/admin');
  return bot.telegram.drive.waitForMessage(me, has('📊'));
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
  for (const words of ['Today', '1 done', '100% went well', '100 in', '50 sold', '$0.04', 'Balanced: 1'])
    expect(screen.text).toContain(words);
  expect(screen.buttons.map((row) => row.map(({ text }) => text))).toEqual([
    ['✓ Today', '7\u00a0days', '30\u00a0days'],
    ['📄 CSV file', '📋 Acts'],
  ]);
  await drive.tap(me, screen.id, numbersButton.data({ days: 30 }));
  await drive.waitForMessage(me, has('The last 30\u00a0days'));
  await drive.tap(me, screen.id, numbersFileButton.data({ days: 30 }));
  await expect
    .poll(() => drive.messages(me).find(({ document }) => document)?.document?.file_name)
    .toMatch(/^aisha-[\d-]{10}-30d\.csv$/);
  expect(bot.log.at('error')).toEqual([]);
});

test('to everybody else there is no such command, and no such button', async () => {
  const texts = loadTexts()('ru');
  const bot = await aRunBot();
  const { drive } = bot.telegram;
  const buttons = [
    numbersButton.data({ days: 1 }),
    numbersFileButton.data({ days: 30 }),
    actsButton.data({ before: null }),
  ];
  const forged = await forgedFor(bot, stranger, buttons);
  drive.sendText(stranger, '/nosuchcommand');
  const unknown = await drive.waitForMessage(stranger, has(texts.plain('unknown-command')));
  drive.sendText(stranger, '/admin');
  const answer = await drive.waitForMessage(
    stranger,
    ({ id, from }) => id > unknown.id + 1 && from !== stranger,
  );
  expect(answer.text).toBe(unknown.text);
  for (const data of buttons)
    expect(await drive.tap(stranger, forged, data)).toMatchObject({
      text: texts.plain('dead-button'),
    });
  expect(drive.messages(stranger).filter(has('📊'))).toEqual([]);
  expect(drive.messages(stranger).some(({ document }) => document !== undefined)).toBe(false);
});

test('the menu has the command for operators alone, and one who never wrote holds nobody up', async () => {
  const { telegram } = await aBot();
  telegram.drive.start(me);
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const log = new RecordingLogger();
  await announceCommands(api, loadTexts(), { admins: new Set([userId('777000777'), operator]), log });
  const commandsOf = async (scope: object) =>
    (await api.getMyCommands({ scope } as never)).map(({ command }) => command);
  expect(await commandsOf({ type: 'chat', chat_id: me })).toContain('admin');
  expect(await commandsOf({ type: 'default' })).not.toContain('admin');
  expect(log.at('info')).toEqual([expect.stringContaining('no chat')]);
});
