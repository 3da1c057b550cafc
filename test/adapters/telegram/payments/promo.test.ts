import { expect, test } from 'vitest';
import { userId } from '../../../../src/domain/ids.js';
import type { MessageView } from '../../../../src/sandbox/telegram/driver/message-view.js';
import { demoGroupId } from '../../../../src/sandbox/telegram/state/world.js';
import { aPercentPromo, aPromo } from '../../../support/builders/a-promo.js';
import { plenty } from '../../../support/builders/allowances.js';
import { aBot } from '../a-bot.js';

const has =
  (words: string, after = 0) =>
  ({ id, text, caption }: MessageView) =>
    id > after && ((text ?? caption)?.includes(words) ?? false);

async function aBotWithCodes() {
  const bot = await aBot({ allowances: { ...plenty, promo_codes: 5 } });
  await bot.database.stores.promos.add(aPromo({ code: 'SPR1NG26', shown: 'SPRING26' }));
  const balance = async (person: number) =>
    (await bot.database.stores.ledger.account(userId(String(person)))).balance;
  return { ...bot, drive: bot.telegram.drive, balance };
}

test('a link gives its credits to a newcomer, with the first screen after it, and the history says why', async () => {
  const { drive, balance } = await aBotWithCodes();
  drive.start(1, 'promo_SPRING26');
  const gift = await drive.waitForMessage(1, has('🎁'));
  expect(gift.text).toBe('🎁 50\u00a0credits from your promo code. You have 50 now.');
  await drive.waitForMessage(1, ({ id, buttons }) => id > gift.id && buttons.length > 0);
  drive.sendText(1, '/balance');
  expect((await drive.waitForMessage(1, has('History'))).text).toContain('+50 promo code, ');
  drive.start(1, 'promo_SPRING26');
  await drive.waitForMessage(1, has('You’ve already used this promo code. You have 50 now.'));
  expect(await balance(1)).toBe(50);
});

test('a code is sent in as it was read, and answered in Russian', async () => {
  const { drive, balance } = await aBotWithCodes();
  drive.sendText(2, '/promo');
  await drive.waitForMessage(2, has('Есть промокод?'));
  drive.sendText(2, '/PROMO spring 26');
  const gift = await drive.waitForMessage(2, has('по промокоду'));
  expect(gift.text).toBe('🎁 50\u00a0кредитов по промокоду. Теперь у вас 50.');
  drive.sendText(2, '/balance');
  expect((await drive.waitForMessage(2, has('История'))).text).toContain('+50 промокод, ');
  expect(await balance(2)).toBe(50);
});

test('a link to a code for percent keeps it for the next pack, and is answered in Russian', async () => {
  const { drive, balance, database } = await aBotWithCodes();
  await database.stores.promos.add(aPercentPromo({ code: 'M0RE20', shown: 'MORE20' }));
  drive.start(2, 'promo_MORE20');
  const saved = await drive.waitForMessage(2, has('Промокод сохранён: +20% кредитов'));
  await drive.waitForMessage(2, ({ id, buttons }) => id > saved.id && buttons.length > 0);
  expect(await balance(2)).toBe(0);
});

test('a wrong one is refused, and a newcomer sees the first screen all the same', async () => {
  const { drive, balance } = await aBotWithCodes();
  drive.start(1, 'promo_NEVERWAS');
  const refused = await drive.waitForMessage(1, has('This promo code doesn’t work'));
  await drive.waitForMessage(1, ({ id, buttons }) => id > refused.id && buttons.length > 0);
  drive.sendText(2, '/promo NEVERWAS');
  const inRussian = await drive.waitForMessage(2, has('Промокод не сработал'));
  expect(inRussian.buttons.length).toBeGreaterThan(0);
  expect(await balance(1)).toBe(0);
});

test('guessing ends after five tries an hour', async () => {
  const { drive, balance } = await aBotWithCodes();
  for (let tries = 0; tries < 5; tries++) drive.sendText(1, `/promo WRONG${tries}`);
  drive.sendText(1, '/promo SPRING26');
  expect((await drive.waitForMessage(1, has('That’s a lot of codes'))).text).toContain('in 1\u00a0hour');
  expect(await balance(1)).toBe(0);
});

test('in a group a code leads to the private chat', async () => {
  const { drive, balance } = await aBotWithCodes();
  const [said] = drive.sendText(1, '/promo SPRING26', { chatId: demoGroupId });
  const answer = await drive.waitForMessage(demoGroupId, ({ replyTo }) => replyTo === said?.id);
  expect(answer.buttons.flat().map(({ url }) => url)).toEqual([expect.stringContaining('?start=promo')]);
  expect(await balance(1)).toBe(0);
});
