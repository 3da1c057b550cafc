import { expect, test } from 'vitest';
import { userId } from '../../../../src/domain/ids.js';
import type { MessageView } from '../../../../src/sandbox/telegram/driver/message-view.js';
import { aBot } from '../a-bot.js';

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

test('a person has a link, a friend comes by it, and it is said in both languages', async () => {
  const bot = await aBot({}, { sales: { offers: [], refundDays: 14, referralCredits: 30 } });
  const { drive } = bot.telegram;
  drive.sendText(1, '/invite');
  const invitation = await drive.waitForMessage(1, has('Invite a friend'));
  expect(invitation.text).toContain('you get 30\u00a0credits');
  const [, payload = ''] = /\?start=(ref_\d+)/.exec(invitation.text ?? '') ?? [];
  // Their own link, and then that of a friend: the first start of the second person counts.
  drive.start(1, payload);
  drive.start(2, payload);
  await drive.waitForMessage(2, ({ buttons }) => buttons.length > 0);
  expect(await bot.database.stores.referrals.of(userId('1'))).toEqual({ came: 1, rewarded: 0 });
  drive.sendText(1, '/invite');
  expect((await drive.waitForMessage(1, has('Invite a friend', invitation.id))).text).toContain(
    'Came by it: 1',
  );
  drive.sendText(2, '/invite');
  const russian = await drive.waitForMessage(2, has('Пригласите друга'));
  expect(russian.text).toContain('вам придёт 30\u00a0кредитов');
});
