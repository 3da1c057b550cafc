import { expect, test } from 'vitest';
import { userId } from '../../../../src/domain/ids.js';
import type { MessageView } from '../../../../src/sandbox/telegram/driver/message-view.js';
import { anOffer } from '../../../support/builders/an-offer.js';
import { aBot, type BotWorld } from '../a-bot.js';

const me = userId('1');
const month = anOffer({ id: 'month', kind: 'month', stars: 90 });
const going = anOffer({
  ...{ id: 'going', kind: 'month', credits: 30, stars: 40, expires: true },
  name: { en: '30 credits', ru: '30 кредитов' },
});
const pack = anOffer();

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

async function aShop() {
  const bot = await aBot({}, { sales: { offers: [pack, month, going], refundDays: 14, referralCredits: 0 } });
  await bot.database.stores.payments.keepOffers([pack, month, going]);
  return { ...bot, drive: bot.telegram.drive };
}
type Shop = Awaited<ReturnType<typeof aShop>>;

/** Says it, and returns the answer. */
async function ask({ drive }: Shop, words: string, answer: string, person = 1): Promise<MessageView> {
  const [said] = drive.sendText(person, words);
  return drive.waitForMessage(person, has(answer, said?.id ?? 0));
}

const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const links = ({ buttons }: MessageView) => buttons.flat().flatMap(({ url }) => url ?? []);

/** Pays for a month of an offer; the charge id that it began with. */
async function subscribe(shop: Shop, label: string, person = 1): Promise<string> {
  const screen = await ask(shop, '/buy', '/terms', person);
  const button = screen.buttons.flat().find(({ text }) => text === label);
  const outcome = await shop.drive.payInvoice(person, button?.url ?? '');
  if (!outcome.paid) throw new Error(outcome.reason);
  await shop.drive.waitForMessage(person, has('🧾', screen.id));
  return outcome.chargeId;
}

const balance = async ({ database }: Pick<BotWorld, 'database'>) =>
  (await database.stores.ledger.account(me)).balance;
const monthlyLabel = '50 credits · 90\u00a0⭐ a month';
const goingLabel = '30 credits · 40\u00a0⭐ a month';

test('a subscription brings credits every month, is cancelled in the chat, and lasts as long as it is paid for', async () => {
  const shop = await aShop();
  const { drive } = shop;
  const charge = await subscribe(shop, monthlyLabel);
  drive.stars.passMonth(charge);
  await drive.waitForMessage(1, has('You have 100 now'));

  const offers = await ask(shop, '/buy', 'Next payment');
  expect(labels(offers)).toEqual(['50 credits · 100\u00a0⭐', goingLabel, '✕ Cancel 50 credits a month']);
  const screen = await ask(shop, '/balance', 'Next payment');
  await drive.tap(1, screen.id, '✕ Cancel 50 credits a month');
  const question = await drive.waitForMessage(1, has('Cancel 50 credits a month?'));
  expect(question.text).toContain('your credits stay');
  expect(drive.stars.subscriptions(1)[0]?.state).toBe('active');
  await drive.tap(1, question.id, '✕ Yes, cancel it');
  expect((await drive.waitForMessage(1, has('✅ Cancelled: 50 credits a month'))).text).toContain(
    'You won’t be charged again',
  );
  expect(drive.stars.subscriptions(1)[0]?.state).toBe('canceled');
  expect(drive.stars.passMonth(charge)).toMatchObject({ paid: false });

  const after = await ask(shop, '/balance', 'every month: cancelled');
  expect(labels(after).filter((text) => text.startsWith('✕'))).toEqual([]);
  expect(await balance(shop)).toBe(100);
});

test('whoever gives a month back is charged no more', async () => {
  const shop = await aShop();
  const { drive } = shop;
  const charge = await subscribe(shop, monthlyLabel);
  const receipt = await drive.waitForMessage(1, has('🧾'));
  await drive.tap(1, receipt.id, '↩ Give back · 90\u00a0⭐');
  const told = await drive.waitForMessage(1, has('are on their way back'));
  expect(told.text).toContain('The subscription is cancelled too');
  expect(drive.stars.subscriptions(1)[0]?.state).toBe('canceled');
  expect(drive.stars.passMonth(charge)).toMatchObject({ paid: false });
  expect(await balance(shop)).toBe(0);
});

test('one that goes on is not sold once more, also by an old link', async () => {
  const shop = await aShop();
  const link = links(await ask(shop, '/buy', '/terms'))[1] ?? '';
  await subscribe(shop, monthlyLabel);
  expect(await shop.drive.payInvoice(1, link)).toEqual({
    paid: false,
    reason: expect.stringContaining('You have this one already'),
  });
  expect(await shop.drive.payInvoice(2, link)).toMatchObject({ paid: true });
});

test('a month that could not be charged is said once, and grants nothing', async () => {
  const shop = await aShop();
  const { drive } = shop;
  const charge = await subscribe(shop, monthlyLabel);
  drive.stars.passMonth(charge, { canPay: false });
  const told = await drive.waitForMessage(1, has('couldn’t charge the 90\u00a0⭐'));
  expect(labels(told)).toEqual(['⭐ Buy credits']);
  drive.deliverAgain('subscription');
  const later = await ask(shop, '/balance', 'You have');
  expect(later.text).not.toContain('every month');
  expect(drive.messages(1).filter(has('couldn’t charge'))).toHaveLength(1);
  expect(await balance(shop)).toBe(50);
});

test('what the person does in Telegram’s own settings is known here', async () => {
  const shop = await aShop();
  const { drive } = shop;
  const charge = await subscribe(shop, monthlyLabel);
  const state = async () => (await shop.database.stores.subscriptions.list(me))[0]?.state;
  drive.stars.cancelSubscription(charge);
  await expect.poll(state).toBe('canceled');
  drive.stars.resumeSubscription(charge);
  await expect.poll(state).toBe('active');
});

test('credits that go with the month are shown with the balance, before they go', async () => {
  const shop = await aShop();
  await subscribe(shop, goingLabel);
  const screen = await ask(shop, '/balance', 'You have');
  expect(screen.text).toMatch(/⏳ Only until .*: 30\u00a0credits\. I’ll spend them first\./);
  const link = links(await ask(shop, '/buy', '⏳'))[1];
  expect(link).toContain('t.me');
});

test('whoever asks to be deleted pays no more, and is told so', async () => {
  const shop = await aShop();
  const { drive } = shop;
  await subscribe(shop, '50 кредитов · 90\u00a0⭐ в месяц', 2);
  const privacy = await ask(shop, '/privacy', 'Кредиты остаются', 2);
  await drive.tap(2, privacy.id, '🗑 Удалить меня');
  const question = await drive.waitForMessage(2, has('Подписка тоже отменится'));
  await drive.tap(2, question.id, '🗑 Да, удалить всё');
  await drive.waitForMessage(2, has('Подписка отменена'));
  expect(drive.stars.subscriptions(2)[0]?.state).toBe('canceled');
});
