import { cp } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { aFolder, aLocalTelegram, anApi, eventually } from './a-local-telegram.js';
import { aShop, month, price } from './a-shop.js';

async function aSubscriber() {
  const now = { at: Date.parse('2026-11-01T10:00:00Z') };
  const shop = await aShop(undefined, { now: () => new Date(now.at) });
  shop.telegram.drive.start(1);
  const chargeId = await shop.pay(1, await shop.monthly());
  return { ...shop, chargeId, now, start: now.at / 1000, stars: shop.telegram.drive.stars };
}

test('each month is a payment of its own, until when it lasts', async () => {
  const { chargeId, paid, stars, books, start, telegram } = await aSubscriber();

  const outcome = stars.passMonth(chargeId);

  const common = { invoice_payload: 'month', total_amount: price, is_recurring: true };
  await eventually(() => paid).toMatchObject([
    { ...common, telegram_payment_charge_id: chargeId, subscription_expiration_date: start + month },
    { ...common, subscription_expiration_date: start + 2 * month },
  ]);
  expect(paid.map(({ is_first_recurring }) => is_first_recurring)).toEqual([true, undefined]);
  expect(outcome).toEqual({ paid: true, chargeId: paid[1]?.telegram_payment_charge_id });
  expect(paid[1]?.telegram_payment_charge_id).not.toBe(chargeId);
  expect((await books()).map(({ source }) => source)).toMatchObject([
    { subscription_period: month },
    { subscription_period: month },
  ]);
  expect(stars.subscriptions(1)).toEqual([
    { chargeId, title: 'A month', amount: price, until: start + 2 * month, state: 'active' },
  ]);
  expect(telegram.drive.lastMessage(1)?.happened).toMatchObject({ kind: 'paid', isFirst: false });
});

test('the bot hears when the person cancels, takes it back, or cannot pay', async () => {
  const { chargeId, stars, subscriptions } = await aSubscriber();

  stars.cancelSubscription(chargeId);
  stars.resumeSubscription(chargeId);
  const outcome = stars.passMonth(chargeId, { canPay: false });

  const told = { user: expect.objectContaining({ id: 1 }), invoice_payload: 'month' };
  await eventually(() => subscriptions).toEqual([
    { ...told, state: 'canceled' },
    { ...told, state: 'active' },
    { ...told, state: 'failed' },
  ]);
  expect(outcome).toEqual({ paid: false, reason: 'failed' });
  expect(() => stars.passMonth(chargeId)).toThrow('There is no subscription');
});

test('a cancelled subscription lasts its month and is not paid again', async () => {
  const { chargeId, stars, balance } = await aSubscriber();
  stars.cancelSubscription(chargeId);
  expect(stars.subscriptions(1)[0]?.state).toBe('canceled');

  expect(stars.passMonth(chargeId)).toEqual({ paid: false, reason: 'canceled' });

  expect(stars.subscriptions(1)[0]?.state).toBe('over');
  expect(await balance()).toBe(price);
});

test('what the bot cancels the person cannot resume, until the bot allows it again', async () => {
  const { chargeId, bot, stars, subscriptions, telegram } = await aSubscriber();

  await bot.api.editUserStarSubscription(1, chargeId, true);
  expect(() => stars.resumeSubscription(chargeId)).toThrow('The bot cancelled');
  await bot.api.editUserStarSubscription(1, chargeId, false);
  expect(stars.subscriptions(1)[0]?.state).toBe('canceled');
  expect(subscriptions).toEqual([]);

  stars.resumeSubscription(chargeId);
  await telegram.drive.waitFor(() => subscriptions.length === 1);
});

test('only the first payment of a subscription names it', async () => {
  const { chargeId, bot, stars, invoice, pay } = await aSubscriber();
  const later = stars.passMonth(chargeId);
  if (!later.paid) throw new Error(later.reason);
  const single = await pay(1, (await invoice()).id);
  const edit = (user: number, charge: string) => bot.api.editUserStarSubscription(user, charge, true);

  await expect(edit(1, later.chargeId)).rejects.toThrow('CHARGE_ID_INVALID');
  await expect(edit(1, single)).rejects.toThrow('CHARGE_ID_INVALID');
  await expect(edit(2, chargeId)).rejects.toThrow('CHARGE_ID_INVALID');
  await expect(edit(1, '')).rejects.toThrow('parameter "telegram_payment_charge_id" is required');
  expect(await edit(1, chargeId)).toBe(true);
});

test('a person may have several at once, and is charged although the bot is blocked', async () => {
  const { chargeId, pay, monthly, stars, telegram, balance } = await aSubscriber();
  const other = await pay(1, await monthly());
  telegram.drive.block(1);

  expect(stars.passMonth(other).paid).toBe(true);

  expect(stars.subscriptions(1).map((subscription) => subscription.chargeId)).toEqual([chargeId, other]);
  expect(await balance()).toBe(3 * price);
});

test('an update that the bot does not name is not kept for it', async () => {
  const { chargeId, bot, stars } = await aSubscriber();
  await bot.stop();
  await bot.api.getUpdates({ offset: -1, allowed_updates: ['message', 'pre_checkout_query'] });
  stars.cancelSubscription(chargeId);
  await bot.api.getUpdates({ allowed_updates: ['message', 'subscription'] });
  stars.resumeSubscription(chargeId);

  const updates = await bot.api.getUpdates();

  expect(updates.flatMap(({ subscription }) => subscription?.state ?? [])).toEqual(['active']);
});

test('an invoice in the chat is paid once, whatever period it names', async () => {
  const { telegram, pay, paid } = await aShop();
  telegram.drive.start(1);
  // grammY’s types have no such field here, and neither does Telegram: it overlooks it.
  await fetch(`${telegram.url}/bot${telegram.token}/sendInvoice`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      chat_id: 1,
      title: 't',
      description: 'd',
      payload: 'p',
      currency: 'XTR',
      prices: [{ label: 'x', amount: 5 }],
      subscription_period: month,
    }),
  });

  await pay(1, telegram.drive.lastMessage(1)?.id ?? 0);

  await eventually(() => paid).toHaveLength(1);
  expect(paid[0]?.is_recurring).toBeUndefined();
  expect(telegram.drive.stars.subscriptions(1)).toEqual([]);
});

test('subscriptions and their state survive a restart', async () => {
  const folder = await aFolder();
  const { telegram, pay, monthly } = await aShop(undefined, { folder });
  telegram.drive.start(1);
  const chargeId = await pay(1, await monthly());
  telegram.drive.stars.cancelSubscription(chargeId);
  const copy = await aFolder();
  await cp(folder, copy, { recursive: true });

  const after = await aLocalTelegram({ folder: copy });

  expect(after.drive.stars.subscriptions(1)).toEqual(telegram.drive.stars.subscriptions(1));
  expect(after.drive.stars.subscriptions(1)[0]?.state).toBe('canceled');
  expect(after.drive.stars.passMonth(chargeId).paid).toBe(false);
});

async function subscribe(period: number, stars: number) {
  const api = anApi(await aLocalTelegram());
  const prices = [{ label: 'x', amount: stars }];
  return api.createInvoiceLink('t', 'd', 'p', '', 'XTR', prices, { subscription_period: period });
}

test.each([
  ['a week', 604_800, 5, 'SUBSCRIPTION_PERIOD_INVALID'],
  ['the period of the test environment', 60, 5, 'SUBSCRIPTION_PERIOD_INVALID'],
  ['the other one', 300, 5, 'SUBSCRIPTION_PERIOD_INVALID'],
  ['10001 Stars a month', month, 10_001, 'SUBSCRIPTION_AMOUNT_INVALID'],
])('%s is refused', async (_, period, stars, refusal) => {
  await expect(subscribe(period, stars)).rejects.toThrow(refusal);
});

test('a month in another currency is refused', async () => {
  const api = anApi(await aLocalTelegram());
  const prices = [{ label: 'x', amount: 500 }];
  const monthly = { subscription_period: month };
  await expect(api.createInvoiceLink('t', 'd', 'p', '1:TEST:2', 'EUR', prices, monthly)).rejects.toThrow(
    'SUBSCRIPTION_PERIOD_INVALID',
  );
});

test('10000 Stars a month are not', async () => {
  expect(await subscribe(month, 10_000)).toMatch(/^https:\/\/t\.me\/\$/);
});
