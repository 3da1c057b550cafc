import { expect, test } from 'vitest';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, type BotWorld } from './a-bot.js';

const me = 1;
const texts = loadTexts()('en');

const press = async (
  { telegram: { drive } }: BotWorld,
  screen: MessageView,
  label: string,
): Promise<MessageView> => {
  const button = screen.buttons.flat().find(({ text }) => text === label);
  await drive.tap(me, screen.id, button?.data ?? '');
  const has = (id: number) => drive.messages(me).find((message) => message.id === id) ?? screen;
  await expect.poll(() => has(screen.id).text).not.toBe(screen.text);
  return has(screen.id);
};

test('an operator reads what was done, page by page and back', async () => {
  const bot = await aBot({ admins: new Set([userId('1')]) });
  const { drive } = bot.telegram;
  drive.sendText(me, '/admin');
  const first = await drive.waitForMessage(me, ({ text }) => text?.includes('🛠') ?? false);
  const empty = await press(bot, first, texts.plain('button-acts'));
  expect(empty.text).toContain(texts.plain('acts-none'));
  const { operatorActs } = bot.database.stores;
  const act = { at: new Date(), admin: 'cli', act: 'grant', subject: '42' } as const;
  for (let credits = 1; credits <= 12; credits++)
    await operatorActs.write({ ...act, why: `for <${credits}>`, details: { credits } });
  await operatorActs.write({
    ...{ ...act, subject: null, why: null },
    ...{ act: 'promo-create', details: { code: 'SPRING', credits: 5 } },
  });
  const back = await press(bot, empty, texts.plain('button-back'));
  const newest = await press(bot, back, texts.plain('button-acts'));
  for (const words of ['SPRING', '12\u00a0credits given · 42', 'for <12>', 'cli'])
    expect(newest.text).toContain(words);
  expect(newest.text).not.toContain('for <3>');
  const older = await press(bot, newest, texts.plain('button-acts-older'));
  for (const words of ['for <3>', 'for <1>']) expect(older.text).toContain(words);
  expect(older.text).not.toContain('for <4>');
  expect(older.buttons.flat().map(({ text }) => text)).not.toContain(texts.plain('button-acts-older'));
  expect((await press(bot, older, texts.plain('button-acts-newest'))).text).toContain('SPRING');
  expect(bot.log.at('error')).toEqual([]);
});
