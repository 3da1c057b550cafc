import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import { aFolder, aLocalTelegram, anApi, eventually } from './a-local-telegram.js';
import { aShop, price } from './a-shop.js';

test('one invoice is paid by several people and more than once, each time under a charge of its own', async () => {
  const { telegram, invoice, pay, paid, books } = await aShop();
  const { id } = await invoice();
  const inGroup = telegram.drive.forward(1, id, demoGroupId);

  const charges = [await pay(1, id), await pay(1, id), await pay(2, inGroup.id, { chatId: demoGroupId })];

  expect(new Set(charges).size).toBe(3);
  await eventually(() => paid.map(({ telegram_payment_charge_id }) => telegram_payment_charge_id)).toEqual(
    charges,
  );
  expect(paid.map(({ invoice_payload }) => invoice_payload)).toEqual(Array(3).fill('credits-100'));
  expect((await books()).map(({ source }) => source?.type === 'user' && source.user.id)).toEqual([1, 1, 2]);
  expect(telegram.drive.messages(2).map(({ happened }) => happened?.kind)).toEqual(['paid']);
});

test('a forwarded invoice keeps its Pay button without a start parameter, and leads to the bot with one', async () => {
  const { telegram, bot } = await aShop();
  telegram.drive.start(1);
  const send = (start: string) =>
    bot.api.sendInvoice(1, 't', 'd', 'p', 'XTR', [{ label: 'x', amount: 5 }], { start_parameter: start });
  const open = await bot.api.forwardMessage(demoGroupId, 1, (await send('')).message_id);
  const led = telegram.drive.forward(1, (await send('offer_1')).message_id, demoGroupId);

  const [kept] = telegram.drive.messages(demoGroupId).filter(({ id }) => id === open.message_id);
  expect(kept?.buttons).toEqual([[{ text: 'Pay 5 ⭐', pay: true, isStandard: true }]]);
  expect(led.buttons).toEqual([
    [{ text: 'Pay 5 ⭐', url: 'https://t.me/sandbox_bot?start=offer_1', isStandard: true }],
  ]);
  await expect(telegram.drive.payInvoice(2, led.id, { chatId: demoGroupId })).rejects.toThrow('no invoice');
});

test('an invoice that was paid where it stands shows its receipt', async () => {
  const { telegram, invoice, pay } = await aShop();
  const { id, buttons } = await invoice();

  const chargeId = await pay(1, id);

  expect(buttons).toEqual([[{ text: 'Pay 250 ⭐', pay: true, isStandard: true }]]);
  expect(telegram.drive.messages(1).find((message) => message.id === id)).toMatchObject({
    receipt: chargeId,
    buttons: [[{ text: 'Receipt', pay: true }]],
  });
});

test('a pay button of the bot’s own shows a Star for XTR', async () => {
  const { telegram, bot } = await aShop();
  telegram.drive.start(1);
  const [top, below] = [
    { text: 'Give 5 XTR', pay: true },
    { text: 'No', callback_data: 'no' },
  ];
  await bot.api.sendInvoice(1, 't', 'd', 'p', 'XTR', [{ label: 'x', amount: 5 }], {
    reply_markup: { inline_keyboard: [[top], [below]] },
  });

  expect(
    telegram.drive
      .lastMessage(1)
      ?.buttons.flat()
      .map(({ text }) => text),
  ).toEqual(['Give 5 ⭐', 'No']);
});

test('a lost update leaves the payment in the chat and in the books only', async () => {
  const { telegram, invoice, pay, paid, books } = await aShop();
  const { id } = await invoice();

  const lost = await pay(1, id, { told: 'never' });
  const doubled = await pay(1, id, { told: 'twice' });

  await eventually(() => paid.map((payment) => payment.telegram_payment_charge_id)).toEqual([
    doubled,
    doubled,
  ]);
  expect((await books()).map((entry) => entry.id)).toEqual([lost, doubled]);
  expect(telegram.drive.messages(1).filter(({ happened }) => happened?.kind === 'paid')).toHaveLength(2);
});

test('the books are in order of time, say where Stars came from and went, and are read in pages', async () => {
  let now = Date.parse('2026-11-01T10:00:00Z');
  const { bot, telegram, invoice, pay, books, refunded } = await aShop(undefined, {
    now: () => new Date(now),
  });
  const { id } = await invoice();
  const first = await pay(1, id);
  now += 60_000;
  const second = await pay(1, id);
  now += 60_000;

  await bot.api.refundStarPayment(1, first);

  const entry = { amount: price, date: expect.any(Number) };
  const user = expect.objectContaining({ id: 1 });
  const partner = { type: 'user', transaction_type: 'invoice_payment', user, invoice_payload: 'credits-100' };
  expect(await books()).toStrictEqual([
    { ...entry, id: first, source: partner },
    { ...entry, id: second, source: partner },
    { ...entry, id: first, receiver: partner },
  ]);
  const dates = (await books()).map(({ date }) => date);
  expect(dates).toEqual([...dates].sort((one, other) => one - other));
  const page = await bot.api.getStarTransactions({ offset: 1, limit: 1 });
  expect(page.transactions.map((transaction) => transaction.id)).toEqual([second]);
  await eventually(() => refunded).toEqual([first]);
  expect(telegram.drive.lastMessage(1)?.service).toBe('250 Stars were refunded');
});

test('a chargeback takes Stars without a word, also what was withdrawn before', async () => {
  const { telegram, bot, invoice, pay, refunded, books, balance } = await aShop();
  const { id } = await invoice();
  const chargeId = await pay(1, id);
  telegram.drive.stars.withdraw(price);
  const before = telegram.drive.messages(1).length;

  telegram.drive.stars.chargeBack(chargeId);

  expect(await balance()).toBe(-price);
  expect((await books()).at(-1)).toMatchObject({ id: chargeId, amount: price, receiver: { type: 'user' } });
  expect((await books()).at(1)).toMatchObject({ receiver: { type: 'fragment' } });
  expect(telegram.drive.messages(1)).toHaveLength(before);
  await expect(bot.api.refundStarPayment(1, chargeId)).rejects.toThrow('CHARGE_ALREADY_REFUNDED');
  expect(() => telegram.drive.stars.chargeBack(chargeId)).toThrow('Nothing is left');
  expect(refunded).toEqual([]);
});

test('a refund can fail before or after it was done', async () => {
  const { telegram, bot, invoice, pay, balance, refunded } = await aShop();
  const { id } = await invoice();
  const charges = [await pay(1, id), await pay(1, id), await pay(1, id)];
  const refund = (index: number) => bot.api.refundStarPayment(1, charges[index] ?? '');
  const method = 'refundStarPayment';
  const error = { kind: 'error', code: 502, description: 'Bad Gateway' } as const;

  telegram.faults.add({ method, fault: error, times: 1, chatId: 1 });
  await expect(refund(0)).rejects.toMatchObject({ error_code: 502 });
  expect(await balance()).toBe(3 * price);
  telegram.faults.add({ method, fault: { ...error, isDone: true }, times: 1, chatId: 1 });
  await expect(refund(0)).rejects.toMatchObject({ error_code: 502 });
  await expect(refund(0)).rejects.toThrow('CHARGE_ALREADY_REFUNDED');
  telegram.faults.add({ method, fault: { kind: 'drop_before' }, times: 1 });
  await expect(refund(1)).rejects.toThrow('Network request');
  telegram.faults.add({ method, fault: { kind: 'drop_after' }, times: 1 });
  await expect(refund(2)).rejects.toThrow('Network request');

  expect(await balance()).toBe(price);
  await eventually(() => refunded).toEqual([charges[0], charges[2]]);
});

test('a bot that lets the ten seconds pass is not paid, and may not answer any more', async () => {
  let now = Date.now();
  const asked: string[] = [];
  const { telegram, bot, invoice, books } = await aShop(
    (bot) => {
      bot.on('pre_checkout_query', (context) => {
        now += 10_001;
        asked.push(context.preCheckoutQuery.id);
      });
    },
    { now: () => new Date(now) },
  );
  const { id } = await invoice();

  const outcome = telegram.drive.payInvoice(1, id, { timeout: 300 });

  await eventually(() => asked).toHaveLength(1);
  await expect(bot.api.answerPreCheckoutQuery(asked[0] ?? '', true)).rejects.toThrow('query is too old');
  expect(await outcome).toEqual({ paid: false, reason: 'unanswered' });
  expect(await books()).toEqual([]);
});

test('payments of a folder from before there were books are in them', async () => {
  const folder = await aFolder();
  const terms = { title: 't', description: 'd', payload: 'p', currency: 'XTR', amount: 7 };
  const lines = [
    ['payments', 'stx1', { chargeId: 'stx1', personId: 1, terms, date: 1000, refunded: true }],
    ['payments', 'stx2', { chargeId: 'stx2', personId: 1, terms, date: 2000 }],
  ];
  await writeFile(join(folder, 'chats.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

  const api = anApi(await aLocalTelegram({ folder }));

  const { transactions } = await api.getStarTransactions();
  expect(transactions.map(({ id, source }) => [id, source !== undefined])).toEqual([
    ['stx1', true],
    ['stx1', false],
    ['stx2', true],
  ]);
  expect(await api.getMyStarBalance()).toEqual({ amount: 7 });
});
