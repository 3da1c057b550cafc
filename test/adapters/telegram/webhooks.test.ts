import { expect, test } from 'vitest';
import { TelegramHookChannel } from '../../../src/adapters/telegram/delivery/telegram-hook-channel.js';
import { starsApi } from '../../../src/adapters/telegram/payments/telegram-stars.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import type { EventHook } from '../../../src/domain/hooks/event-hook.js';
import { userId } from '../../../src/domain/ids.js';
import { longAgo, nextUuid } from '../../support/builders/ids.js';
import { aBot } from './a-bot.js';

const owner = userId('1');
const off: EventHook = {
  ...{ id: nextUuid(), owner, url: 'https://shop.example/in?a=<b>', events: ['generation.done'] },
  ...{ createdAt: longAgo, failingSince: new Date('2026-11-20T10:00:00Z'), failures: 9 },
  ...{ lastTrouble: 'timed_out', quietUntil: null, switchedOffAt: longAgo },
};

test('owners are told in their chat and their language that a webhook is switched off, and why', async () => {
  const bot = await aBot();
  const { database, telegram } = bot;
  telegram.drive.sendText(1, '/start');
  await telegram.drive.waitForMessage(1, ({ text }) => (text ?? '').length > 0);
  const channel = new TelegramHookChannel({ api: starsApi(telegram), database, textsIn: loadTexts() });
  const told = async (hook: EventHook, words: string) => {
    expect(await channel.tellSwitchedOff(hook)).toMatchObject({ kind: 'sent' });
    return (await telegram.drive.waitForMessage(1, ({ text }) => text?.includes(words) ?? false)).text;
  };
  const english = await told(off, 'I stopped sending events');
  expect(english).toContain(off.url);
  expect(english).toMatch(/November\s20/);
  await database.stores.preferences.change(owner, { language: 'ru' });
  expect(await told(off, 'не отправляю события')).toMatch(/20\sноября/);
  expect(await told({ ...off, lastTrouble: 'answered_410' }, '410')).toContain(off.url);
});
