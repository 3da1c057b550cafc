import { expect, it } from 'vitest';
import { Patience } from '../../../src/adapters/telegram/middleware/patience.js';
import { aBot } from './a-bot.js';

it('lasts from the first failure on, for each update by itself', () => {
  let now = 5000;
  const patience = new Patience(() => now);
  expect(patience.lasts(1, 60)).toBe(true);
  now += 59_999;
  expect(patience.lasts(1, 60)).toBe(true);
  expect(patience.lasts(2, 60)).toBe(true);
  now += 1;
  expect(patience.lasts(1, 60)).toBe(false);
  expect(patience.lasts(2, 60)).toBe(true);
  patience.ends(1);
  expect(patience.lasts(1, 60)).toBe(true);
});

it('a message that looks hours old, because a clock is ahead, is answered when Telegram takes answers again', {
  timeout: 60_000,
}, async () => {
  const bot = await aBot({}, {}, { now: () => new Date(Date.now() - 2 * 3_600_000) });
  bot.telegram.faults.add({ method: 'sendMessage', fault: { kind: 'bad_gateway' }, times: 1 });
  bot.telegram.drive.sendText(1, '/balance');
  await bot.telegram.drive.waitForMessage(1, ({ text }) => text?.startsWith('You have') === true, {
    timeout: 50_000,
  });
});
