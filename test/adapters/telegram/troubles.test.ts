import { expect, test } from 'vitest';
import {
  restoreEndpointButton,
  settlePaymentButton,
  stopRefundButton,
  troublesButton,
  tryProviderButton,
  waitingPaymentsButton,
} from '../../../src/adapters/telegram/buttons/trouble-buttons.js';
import { SendAlerts } from '../../../src/application/operator/send-alerts.js';
import { userId } from '../../../src/domain/ids.js';
import type { Trouble } from '../../../src/domain/operator/trouble.js';
import { bought, takenBack } from '../../../src/domain/payments/payment.js';
import { secondsAfter } from '../../../src/domain/time.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { longAgo, nextUuid } from '../../support/builders/ids.js';
import { aBot, type BotWorld } from './a-bot.js';

const [me, other] = [1, 2];
const admins = new Set([userId('1'), userId('2')]);
const refused: Trouble = { kind: 'provider_refuses_key', subject: '', facts: {} };
const endpoint = 'fal-ai/flux-lora';

const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;

const note = ({ database }: BotWorld, trouble: Trouble) =>
  database.stores.alerts.note(nextUuid(), trouble, new Date());

/** As a process that has just begun tells what is due. */
function tell({ database, transport, dependencies: { clock, log } }: BotWorld): Promise<void> {
  const ways = Object.fromEntries([...admins].map((admin) => [admin, transport.pager(admin)]));
  return new SendAlerts({ database, clock, log, ways }).execute();
}

const told = ({ telegram }: BotWorld, person: number, words: string) =>
  telegram.drive.messages(person).filter(has(words));

async function trouble(bot: BotWorld): Promise<MessageView> {
  const { drive } = bot.telegram;
  drive.sendText(me, '/admin');
  const first = await drive.waitForMessage(me, has('For operators'));
  await drive.tap(me, first.id, troublesButton.data({}));
  return drive.waitForMessage(me, ({ id, text }) => id === first.id && text !== first.text);
}

test('each operator is told once in their chat, and once that it is over', async () => {
  const bot = await aBot({ admins });
  const { drive } = bot.telegram;
  for (const person of [me, other]) {
    drive.start(person);
    await drive.waitForMessage(person, ({ from }) => from !== person);
  }
  await note(bot, refused);
  // Several processes, then one that was started anew.
  await Promise.all([tell(bot), tell(bot), tell(bot)]);
  await tell(bot);
  const [page, ...more] = told(bot, me, 'fal refuses the key');
  expect(more).toEqual([]);
  expect(told(bot, other, 'fal не принимает ключ')).toHaveLength(1);
  await drive.tap(me, page?.id ?? 0, troublesButton.data({}));
  await drive.waitForMessage(me, ({ id, text }) => id === page?.id && (text?.includes('Since') ?? false));

  await bot.database.stores.alerts.clear(secondsAfter(new Date(), 60), new Date());
  await Promise.all([tell(bot), tell(bot)]);
  await tell(bot);
  expect(told(bot, me, 'Over')).toHaveLength(1);
  expect(told(bot, other, 'Прошло')).toHaveLength(1);
  expect(bot.log.at('warn')).toEqual([]);
});

test('that something waits for their word is told once, and not that it waits no more', async () => {
  const bot = await aBot({ admins });
  const { drive } = bot.telegram;
  drive.start(me);
  await drive.waitForMessage(me, ({ from }) => from !== me);
  await note(bot, {
    ...{ kind: 'case_waits', subject: nextUuid() },
    facts: { about: 'photos', category: null, photos: 3 },
  });
  await tell(bot);
  const [page, ...more] = told(bot, me, 'Something waits for your word');
  expect(page?.text).toContain('The faces in 3\u00a0photos of a training look like a child’s');
  expect(more).toEqual([]);
  await bot.database.stores.alerts.clear(secondsAfter(new Date(), 60), new Date());
  await tell(bot);
  expect(told(bot, me, 'Over')).toEqual([]);
  // A screen of its own shows what waits: it is nothing to be mended.
  await note(bot, { kind: 'case_waits', subject: nextUuid(), facts: { about: 'appeal', category: null } });
  expect((await trouble(bot)).text).toContain('No trouble');
  expect(bot.log.at('warn')).toEqual([]);
});

test('an operator without a chat holds nobody up', async () => {
  const bot = await aBot({ admins });
  const { drive } = bot.telegram;
  drive.start(other);
  await drive.waitForMessage(other, ({ from }) => from !== other);
  await note(bot, refused);
  await tell(bot);
  expect(told(bot, other, 'fal не принимает ключ')).toHaveLength(1);
  expect(bot.log.at('warn')).toEqual([]);
});

test('the key is tried and an endpoint restored from the screen, which then is empty', async () => {
  const bot = await aBot({ admins });
  const { endpoints } = bot.database.stores;
  const { drive } = bot.telegram;
  await note(bot, refused);
  await endpoints.retire(endpoint, {
    since: new Date(),
    nextTryAt: secondsAfter(new Date(), 3600),
    tries: 1,
  });
  const screen = await trouble(bot);
  for (const words of ['fal refuses the key', `takes no jobs for ${endpoint}`])
    expect(screen.text).toContain(words);
  for (const [takesKey, words] of [
    ['no', 'still refuses'],
    ['unknown', 'no clear answer'],
    ['yes', 'takes the key'],
  ] as const) {
    bot.provider.takesKey = takesKey;
    expect(await drive.tap(me, screen.id, tryProviderButton.data({}))).toMatchObject({
      text: expect.stringContaining(words),
    });
  }
  await drive.tap(me, screen.id, restoreEndpointButton.data({ endpoint }));
  await drive.waitForMessage(me, (message) => message.id === screen.id && !has(endpoint)(message));
  expect((await endpoints.retired(new Date())).size).toBe(0);
  expect(await bot.database.stores.operatorActs.list(9)).toMatchObject([
    { admin: '1', act: 'endpoint-restore', details: { endpoint } },
  ]);
  await bot.database.stores.alerts.clear(secondsAfter(new Date(), 60), new Date());
  await drive.tap(me, screen.id, troublesButton.data({}));
  await drive.waitForMessage(me, (message) => message.id === screen.id && has('No trouble')(message));
  expect(bot.log.at('error')).toEqual([]);
});

/** Two that only an operator can end: a refund without an answer, and money for an unknown offer. */
async function waitingPayments({ database }: BotWorld) {
  const { payments, ledger } = database.stores;
  const user = userId('2');
  const begun = { status: 'refunding', taken: 50, refundBegunAt: longAgo } as const;
  const unanswered = aPayment({ user, charge: 'unanswered', ...begun });
  const unknown = aPayment({ user, charge: 'unknown', offer: null, credits: 0, stars: 75 });
  for (const payment of [unanswered, unknown]) await payments.add(payment);
  await ledger.write([...bought(unanswered), ...takenBack(unanswered, 50)], longAgo);
  return { unanswered: { user, payment: unanswered.id }, unknown: { user, payment: unknown.id } };
}

test('payments that wait are named with their trouble, and each ends after one more question', async () => {
  const bot = await aBot({ admins });
  const { drive } = bot.telegram;
  drive.start(other);
  await drive.waitForMessage(other, ({ from }) => from !== other);
  const before = (await bot.database.stores.ledger.account(userId('2'))).balance;
  const { unanswered, unknown } = await waitingPayments(bot);
  const screen = await trouble(bot);
  expect(screen.text).toContain('Telegram hasn’t answered a refund for half an hour');
  expect(screen.text).toContain('Payments: 1, Stars: 75.');
  // Both lead to the same screen.
  expect(screen.buttons.flat().filter(({ text }) => text === '💰 Payments')).toHaveLength(1);
  await drive.tap(me, screen.id, waitingPaymentsButton.data({}));
  const shown = (words: string) =>
    drive.waitForMessage(me, (message) => message.id === screen.id && has(words)(message));
  const list = await shown('Payments that wait for you');
  expect(list.buttons.slice(0, 2).map((row) => row.map(({ text }) => text))).toEqual([
    ['1 · 🔄 Ask again', '1 · ✕ Stop'],
    ['2 · ➕ Credits', '2 · ↩ Refund'],
  ]);

  await drive.tap(me, screen.id, stopRefundButton.data(unanswered));
  const [stop] = (await shown('Stop the refund of 100\u00a0⭐?')).buttons.flat();
  await drive.tap(me, screen.id, stop?.data ?? '');
  await shown('Done.');
  expect((await bot.database.stores.ledger.account(userId('2'))).balance).toBe(before + 50);

  const anew = await trouble(bot);
  await drive.tap(me, anew.id, waitingPaymentsButton.data({}));
  await drive.waitForMessage(
    me,
    ({ id, text }) => id === anew.id && (text?.includes('wait for you') ?? false),
  );
  await drive.tap(me, anew.id, settlePaymentButton.data(unknown));
  await drive.waitForMessage(me, has('How many credits is this payment worth'));
  drive.sendText(me, '120 an old invoice');
  const asked = await drive.waitForMessage(me, has('Give 120\u00a0credits for 75\u00a0⭐?'));
  await drive.tap(me, asked.id, asked.buttons[0]?.[0]?.data ?? '');
  await drive.waitForMessage(me, ({ id, text }) => id === asked.id && (text?.includes('Done.') ?? false));
  expect((await bot.database.stores.ledger.account(userId('2'))).balance).toBe(before + 170);
  expect((await bot.database.stores.operatorActs.list(9)).map(({ act }) => act)).toEqual([
    'payment-settle',
    'refund-stop',
  ]);
  expect((await trouble(bot)).text).toContain('No trouble');
  expect(bot.log.at('error')).toEqual([]);
});
