import { expect, test } from 'vitest';
import { ReconcilePayments } from '../../../../src/application/payments/reconcile-payments.js';
import { userId } from '../../../../src/domain/ids.js';
import type { MessageView } from '../../../../src/sandbox/telegram/driver/message-view.js';
import { demoGroupId } from '../../../../src/sandbox/telegram/state/world.js';
import { aPercentPromo } from '../../../support/builders/a-promo.js';
import { anOffer } from '../../../support/builders/an-offer.js';
import { aBot, type BotWorld } from '../a-bot.js';

const me = userId('1');
const offer = anOffer();
const dear = anOffer({
  id: 'large',
  credits: 300,
  stars: 375,
  name: { en: '300 credits', ru: '300 кредитов' },
});

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

async function aShop(offers = [offer, dear], options: { refundDays?: number; allowed?: string[] } = {}) {
  const allowed = options.allowed === undefined ? {} : { allowedUsers: new Set(options.allowed.map(userId)) };
  const bot = await aBot(allowed, {
    sales: { offers, refundDays: options.refundDays ?? 14, referralCredits: 0 },
  });
  await bot.database.stores.payments.keepOffers([offer, dear]);
  return bot;
}

async function offersOf(bot: BotWorld, person = 1, after = 0): Promise<MessageView> {
  bot.telegram.drive.sendText(person, '/buy');
  return bot.telegram.drive.waitForMessage(
    person,
    ({ id, buttons }) => id > after && (buttons[0]?.[0]?.url ?? '') !== '',
  );
}

async function buy(bot: BotWorld, person = 1) {
  const screen = await offersOf(bot, person);
  return bot.telegram.drive.payInvoice(person, screen.buttons[0]?.[0]?.url ?? '');
}

const balance = async ({ database }: BotWorld, of = me) => (await database.stores.ledger.account(of)).balance;

test('offers open their invoices, and a payment is credited with its receipt', async () => {
  const bot = await aShop();
  const screen = await offersOf(bot);
  expect(screen.buttons.flat().map(({ text }) => text)).toEqual([
    '50 credits · 100\u00a0⭐',
    '300 credits · 375\u00a0⭐',
  ]);
  expect(await buy(bot)).toMatchObject({ paid: true });
  const receipt = await bot.telegram.drive.waitForMessage(1, has('🧾'));
  expect(receipt.text).toContain('50\u00a0credits for 100\u00a0⭐');
  expect(receipt.text).toContain('You have 50 now');
  expect(await balance(bot)).toBe(50);
});

test('one invoice is paid by two people, twice by one of them, and each is credited', async () => {
  const bot = await aShop();
  const screen = await offersOf(bot);
  const link = screen.buttons[0]?.[0]?.url ?? '';
  const { drive } = bot.telegram;
  for (const person of [1, 2, 1]) expect(await drive.payInvoice(person, link)).toMatchObject({ paid: true });
  await expect.poll(() => balance(bot)).toBe(100);
  await expect.poll(() => balance(bot, userId('2'))).toBe(50);
});

test('a code for percent is said before, in the receipt and in the history, and goes back with its pack', async () => {
  const middle = anOffer({
    ...{ id: 'middle', credits: 120, stars: 200 },
    name: { en: '120 credits', ru: '120 кредитов' },
  });
  const bot = await aShop([middle]);
  const { drive } = bot.telegram;
  const { stores } = bot.database;
  await stores.payments.keepOffers([middle]);
  await stores.promos.add(aPercentPromo({ code: 'M0RE20', shown: 'MORE20' }));
  await stores.promos.add(aPercentPromo({ code: 'M0RE50', shown: 'MORE50', percent: 50 }));
  drive.sendText(1, '/promo more-20');
  const saved = await drive.waitForMessage(1, has('🎁'));
  expect(saved.text).toContain('+20% credits with the next pack you buy');
  expect(await balance(bot)).toBe(0);
  drive.sendText(1, '/promo more-20');
  await drive.waitForMessage(1, has('You’ve already used this promo code', saved.id));
  drive.sendText(1, '/promo more-50');
  await drive.waitForMessage(1, has('You already have a code waiting', saved.id));
  const offers = await offersOf(bot);
  expect(offers.text).toContain('Your code: +20% with the next pack');
  // The invoice is as dear as before.
  expect(offers.buttons[0]?.[0]?.text).toBe('120 credits · 200\u00a0⭐');
  expect(await drive.payInvoice(1, offers.buttons[0]?.[0]?.url ?? '')).toMatchObject({ paid: true });
  const receipt = await drive.waitForMessage(1, has('🧾'));
  expect(receipt.text).toContain('With your code, +20%: 144\u00a0credits for 200\u00a0⭐');
  expect(await balance(bot)).toBe(144);
  expect((await offersOf(bot, 1, receipt.id)).text).not.toContain('Your code');
  drive.sendText(1, '/balance');
  const history = await drive.waitForMessage(1, has('History', receipt.id));
  expect(history.text).toContain('+144 bought with Stars, +20% with a code');
  const back = receipt.buttons.flat().find(({ text }) => text.startsWith('↩'));
  await drive.tap(1, receipt.id, back?.data ?? '');
  await drive.waitForMessage(1, has('144\u00a0credits are gone from your balance'));
  expect(await balance(bot)).toBe(0);
});

test('a message of a payment that comes twice credits and thanks once', async () => {
  const bot = await aShop();
  await buy(bot);
  const receipt = await bot.telegram.drive.waitForMessage(1, has('🧾'));
  // As after a crash: nothing was noted of it.
  await bot.pool.query('delete from seen_updates');
  bot.telegram.drive.deliverAgain('message');
  bot.telegram.drive.sendText(1, '/terms');
  await bot.telegram.drive.waitForMessage(1, has('Terms', receipt.id));
  expect(await balance(bot)).toBe(50);
  expect(bot.telegram.drive.messages(1).filter(has('🧾'))).toHaveLength(1);
});

test('a checkout is refused in the words of the person when the offer is sold no more', async () => {
  const bot = await aShop([offer]);
  const { drive } = bot.telegram;
  const link = await bot.dependencies.payments.invoice(dear, { title: 'x', about: 'x' });
  expect(await drive.payInvoice(1, link)).toEqual({
    paid: false,
    reason: expect.stringContaining('This offer isn’t sold any more'),
  });
  expect(await drive.payInvoice(2, link)).toMatchObject({
    reason: expect.stringContaining('Этого предложения больше нет'),
  });
  expect(await balance(bot)).toBe(0);
});

test.each([{ kind: 'drop_before' }, { kind: 'bad_gateway' }, { kind: 'flood', retryAfter: 1 }] as const)(
  'a checkout is answered once more when Telegram could not be reached ($kind)',
  async (fault) => {
    const bot = await aShop();
    bot.telegram.faults.add({ method: 'answerPreCheckoutQuery', fault, times: 2 });
    expect(await buy(bot)).toMatchObject({ paid: true });
  },
);

test('a checkout that Telegram will not have answered is let go at once', async () => {
  const bot = await aShop();
  bot.telegram.faults.add({
    method: 'answerPreCheckoutQuery',
    fault: { kind: 'error', code: 400, description: 'Bad Request: query is too old' },
  });
  const screen = await offersOf(bot);
  const paying = bot.telegram.drive.payInvoice(1, screen.buttons[0]?.[0]?.url ?? '', { timeout: 1000 });
  expect(await paying).toEqual({ paid: false, reason: 'unanswered' });
  expect(bot.telegram.calls.of('answerPreCheckoutQuery')).toHaveLength(1);
});

test('who may not come in cannot pay', async () => {
  const bot = await aShop([offer], { allowed: ['2'] });
  const link = await bot.dependencies.payments.invoice(offer, { title: 'x', about: 'x' });
  expect(await bot.telegram.drive.payInvoice(1, link)).toMatchObject({ paid: false });
  expect(await bot.telegram.drive.payInvoice(2, link)).toMatchObject({ paid: true });
});

test('an untouched payment goes back in one tap, by its owner alone', async () => {
  const bot = await aShop();
  await buy(bot);
  const { drive } = bot.telegram;
  const receipt = await drive.waitForMessage(1, has('🧾'));
  const [picture, back] = receipt.buttons.flat();
  expect([picture?.text, back?.text]).toEqual(['🎨 Make a picture', '↩ Give back · 100\u00a0⭐']);
  drive.sendText(2, '/terms');
  const theirs = await drive.waitForMessage(2, ({ buttons }) => buttons.length > 0);
  await drive.tap(2, theirs.id, theirs.buttons[0]?.[0]?.text ?? '', { data: back?.data ?? '' });
  expect(await balance(bot)).toBe(50);
  await drive.tap(1, receipt.id, back?.text ?? '');
  await drive.waitForMessage(1, has('are on their way back'));
  expect(await balance(bot)).toBe(0);
  const [payment] = await bot.database.stores.payments.list(me);
  expect(payment).toMatchObject({ status: 'refunded', taken: 50 });
});

test('a touched payment does not, and it is said why', async () => {
  const bot = await aShop();
  await buy(bot);
  const { drive } = bot.telegram;
  const receipt = await drive.waitForMessage(1, has('🧾'));
  await bot.database.transaction(({ ledger }) =>
    ledger.write([{ user: me, kind: 'hold', amount: -5, reason: 'hold:generation:x' }], new Date()),
  );
  const answer = await drive.tap(1, receipt.id, '↩ Give back · 100\u00a0⭐');
  expect(JSON.stringify(answer)).toContain('some of its credits are spent');
  expect(await balance(bot)).toBe(45);
});

test('a refund that somebody else made takes the credits when Telegram tells of it', async () => {
  const bot = await aShop();
  await buy(bot);
  await bot.telegram.drive.waitForMessage(1, has('🧾'));
  const [payment] = await bot.database.stores.payments.list(me);
  bot.telegram.drive.send(1, {
    refunded_payment: {
      ...{ currency: 'XTR', total_amount: 100, invoice_payload: 'offer:small:1' },
      telegram_payment_charge_id: payment?.charge ?? '',
    },
  });
  await expect.poll(() => balance(bot)).toBe(0);
  expect(await bot.database.stores.payments.list(me)).toMatchObject([{ status: 'charged_back' }]);
  // Nobody waits a minute here.
  await bot.pool.query('update money_messages set next_try_at = created_at');
  await bot.dependencies.tellMoney.execute();
  const told = await bot.telegram.drive.waitForMessage(1, has('taken back'));
  expect(told.text).toMatch(/^↩ Your 100\u00a0⭐ of .+ were taken back, and 50\u00a0credits went with them/);
});

const reconcile = ({ database, dependencies }: BotWorld) =>
  new ReconcilePayments({ ...dependencies, database }).execute();

test('a payment whose message never came is found in Telegram’s books', async () => {
  const bot = await aShop();
  const screen = await offersOf(bot);
  const link = screen.buttons[0]?.[0]?.url ?? '';
  expect(await bot.telegram.drive.payInvoice(1, link, { told: 'never' })).toMatchObject({ paid: true });
  expect(await balance(bot)).toBe(0);
  await reconcile(bot);
  expect(await balance(bot)).toBe(50);
  const { tellMoney } = bot.dependencies;
  await Promise.all([tellMoney.execute(), tellMoney.execute()]);
  const receipt = await bot.telegram.drive.waitForMessage(1, has('🧾'));
  expect(receipt.text).toContain('50\u00a0credits for 100\u00a0⭐');
  expect(receipt.buttons.flat().map(({ text }) => text)).toContain('↩ Give back · 100\u00a0⭐');
  await tellMoney.execute();
  expect(bot.telegram.drive.messages(1).filter(has('🧾'))).toHaveLength(1);
});

test('what an affiliate gets of a payment is known from Telegram’s books, and comes back with a refund', async () => {
  const bot = await aShop();
  const screen = await offersOf(bot);
  const { drive } = bot.telegram;
  const { starBooks } = bot.database.stores;
  const link = screen.buttons[0]?.[0]?.url ?? '';
  for (const commissionPerMille of [125, 125])
    expect(await drive.payInvoice(1, link, { commissionPerMille })).toMatchObject({ paid: true });
  await expect.poll(() => balance(bot)).toBe(100);
  await reconcile(bot);
  const agreed = { differing: 0, unexplained: 0 };
  expect(await starBooks.totals()).toMatchObject({ ...agreed, commission: 25_000, balance: 175_000 });
  const [payment] = await bot.database.stores.payments.list(me);
  await bot.dependencies.refundPayment.execute(payment?.charge ?? '', me);
  await reconcile(bot);
  expect(await starBooks.totals()).toMatchObject({ ...agreed, commission: 12_500, balance: 87_500 });
});

test('a checkout is answered before any queue, while no message can be kept', async () => {
  const bot = await aShop();
  const link = (await offersOf(bot)).buttons[0]?.[0]?.url ?? '';
  const hindrance = await bot.pool.connect();
  await hindrance.query('begin; lock table seen_updates in access exclusive mode');
  expect(await bot.telegram.drive.payInvoice(1, link)).toMatchObject({ paid: true });
  await hindrance.query('rollback');
  hindrance.release();
  await expect.poll(() => balance(bot)).toBe(50);
});

test('Stars that the store takes back take their credits, and then nothing is ordered until it is made good', async () => {
  const bot = await aShop();
  await buy(bot);
  const { drive } = bot.telegram;
  await drive.waitForMessage(1, has('🧾'));
  await bot.database.transaction(({ ledger }) =>
    ledger.write([{ user: me, kind: 'hold', amount: -45, reason: 'hold:generation:x' }], new Date()),
  );
  const [payment] = await bot.database.stores.payments.list(me);
  drive.stars.chargeBack(payment?.charge ?? '');
  await reconcile(bot);
  expect(await balance(bot)).toBe(-45);
  drive.sendText(1, '/buy');
  expect((await drive.waitForMessage(1, has('short'))).text).toContain('you’re 45\u00a0credits short');
  expect(await buy(bot)).toMatchObject({ paid: true });
  await expect.poll(() => balance(bot)).toBe(5);
});

test('terms and help with payments answer, with the numbers of the payments', async () => {
  const bot = await aShop();
  await buy(bot);
  const { drive } = bot.telegram;
  await drive.waitForMessage(1, has('🧾'));
  drive.sendText(1, '/paysupport');
  const help = await drive.waitForMessage(1, has('Help with a payment'));
  const [payment] = await bot.database.stores.payments.list(me);
  expect(help.text).toContain(payment?.charge);
  drive.sendText(2, '/terms');
  expect((await drive.waitForMessage(2, has('Условия'))).text).toContain('14\u00a0дней');
});

test('a refusal for lack of credits leads to the offers, and so does the balance', async () => {
  const bot = await aShop();
  const { drive } = bot.telegram;
  drive.sendText(1, '/balance');
  const screen = await drive.waitForMessage(1, has('You have'));
  expect(screen.buttons.flat().map(({ text }) => text)).toContain('⭐ Buy credits');
  await drive.tap(1, screen.id, '⭐ Buy credits');
  await drive.waitForMessage(1, ({ buttons }) => (buttons[0]?.[0]?.url ?? '').includes('t.me'));
});

test('offers open in the private chat alone', async () => {
  const bot = await aShop();
  const { drive } = bot.telegram;
  const [said] = drive.sendText(1, '/buy', { chatId: demoGroupId });
  const answer = await drive.waitForMessage(demoGroupId, ({ replyTo }) => replyTo === said?.id);
  expect(answer.buttons.flat().map(({ url }) => url)).toEqual([expect.stringContaining('?start=buy')]);
});

test('a refund that was made before is success, and one of a payment that never was is refused', async () => {
  const bot = await aShop();
  await buy(bot);
  await bot.telegram.drive.waitForMessage(1, has('🧾'));
  const { payments } = bot.dependencies;
  const [payment] = await bot.database.stores.payments.list(me);
  const charge = payment?.charge ?? '';
  expect(await payments.refund(me, charge)).toEqual({ is: 'refunded' });
  expect(await payments.refund(me, charge)).toEqual({ is: 'refunded' });
  expect(await payments.refund(me, 'no such charge')).toMatchObject({ is: 'refused' });
});
