import { Api, Keyboard } from 'grammy';
import { expect, test } from 'vitest';
import * as buttons from '../../src/adapters/telegram/buttons/admin-buttons.js';
import { openBalanceButton } from '../../src/adapters/telegram/buttons/start-buttons.js';
import { loadTexts } from '../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../src/domain/ids.js';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter, type BotWorld, forgedFor } from '../adapters/telegram/a-bot.js';
import { aPayment } from '../support/builders/a-payment.js';
import { anOffer } from '../support/builders/an-offer.js';

/** The local Telegram's people: the operator reads English, the person Russian. */
const [operator, person] = [1, 2];
const max = userId('2');
const en = loadTexts()('en');

const aBridge = (options: { supportContact?: string } = {}): Promise<BotWorld> =>
  aBot(
    { admins: new Set([userId(String(operator))]) },
    { ...options, sales: { offers: [anOffer()], refundDays: 14, referralCredits: 0 } },
  );

class Operator {
  constructor(
    readonly bot: BotWorld,
    readonly id = operator,
  ) {}

  write(text: string): number {
    return this.bot.telegram.drive.sendText(this.id, text)[0]?.id ?? 0;
  }

  sees(words: string, after = 0): Promise<MessageView> {
    return this.bot.telegram.drive.waitForMessage(
      this.id,
      ({ id, text, from }) => id > after && from !== this.id && (text?.includes(words) ?? false),
    );
  }

  tap(screen: MessageView, label: string) {
    const button = screen.buttons.flat().find(({ text }) => text.startsWith(label));
    return this.bot.telegram.drive.tap(this.id, screen.id, button?.data ?? '');
  }

  async find(words: string): Promise<MessageView> {
    const asked = this.write('/admin');
    await this.tap(await this.sees('🛠', asked), en.plain('button-find-person'));
    const question = await this.sees('Who is it?', asked);
    this.write(words);
    return this.sees('to spend', question.id);
  }

  /** Writes an answer, and confirms what it comes to. */
  async answer(text: string, question: string): Promise<MessageView> {
    const card = await this.sees(question, this.write(text));
    await this.tap(card, '✓');
    return this.sees(en.plain('act-came-done'), card.id - 1);
  }
}

/** The promo codes, none so far, and the question what a new one shall give. */
async function askForPromo(me: Operator): Promise<void> {
  await me.tap(await me.sees('🛠', me.write('/admin')), en.plain('button-promos'));
  await me.tap(await me.sees(en.plain('promos-none')), en.plain('button-new-promo'));
  await me.sees('What should the code give?');
}

/** Opens what is sold, as the person does; returns the address of a pack's invoice. */
async function openShop({ telegram: { drive }, database }: BotWorld): Promise<string> {
  await database.stores.payments.keepOffers([anOffer()]);
  drive.sendText(person, '/buy');
  const urlIn = ({ buttons }: MessageView) => buttons[0]?.[0]?.url ?? '';
  return urlIn(await drive.waitForMessage(person, (message) => urlIn(message) !== ''));
}

async function known(bot: BotWorld): Promise<void> {
  bot.telegram.drive.start(person);
  await bot.telegram.drive.waitForMessage(person, ({ from }) => from !== person);
}

const balanceOf = async ({ database }: BotWorld) => (await database.stores.ledger.account(max)).balance;
const acts = async ({ database }: BotWorld) =>
  (await database.stores.operatorActs.list(20)).map(({ act, admin, subject, why }) => ({
    ...{ act, admin, subject, why },
  }));

test('an operator finds a person, gives and takes credits, and both can read why', async () => {
  const bot = await aBridge();
  await known(bot);
  const me = new Operator(bot);
  const card = await me.find('2');
  expect(card.text).toContain('0 to spend');
  await me.tap(card, en.plain('button-give'));
  await me.sees('How many credits');
  const given = await me.answer('50 sorry for the wait', 'They have 0 now, and 50 then.');
  expect(given.text).toContain('50 to spend');
  await me.tap(given, en.plain('button-take'));
  await me.sees('given twice');
  const taken = await me.answer('20 too many', 'They have 50 now, and 30 then.');
  expect(taken.text).toContain('30 to spend');
  expect(await balanceOf(bot)).toBe(30);
  expect(await acts(bot)).toEqual([
    { act: 'take-back', admin: '1', subject: '2', why: 'too many' },
    { act: 'grant', admin: '1', subject: '2', why: 'sorry for the wait' },
  ]);
  bot.telegram.drive.sendText(person, '/balance');
  const history = await bot.telegram.drive.waitForMessage(person, ({ text }) => !!text?.includes('too many'));
  expect(history.text).toContain('sorry for the wait');
  expect(await bot.database.stores.ledger.breaches()).toEqual([]);
  expect(bot.log.at('error')).toEqual([]);
});

test('more than somebody has is not taken, and the same button does nothing twice', async () => {
  const bot = await aBridge();
  await known(bot);
  const me = new Operator(bot);
  await me.tap(await me.find('2'), en.plain('button-give'));
  await me.sees('How many credits');
  const card = await me.sees('and 50 then', me.write('50 a gift'));
  const confirm = card.buttons[0]?.[0]?.data ?? '';
  const { drive } = bot.telegram;
  const old = await forgedFor(bot, operator, [confirm]);
  await drive.tap(operator, card.id, confirm);
  await expect.poll(() => balanceOf(bot)).toBe(50);
  expect(await drive.tap(operator, old, confirm)).toMatchObject({
    text: en.plain('refusal-intent-over'),
  });
  const done = await me.sees('50 to spend');
  await me.tap(done, en.plain('button-take'));
  await me.sees('no more than 50', me.write('60 too much'));
  await me.sees('and 0 then', me.write('50 all of it'));
  expect(await acts(bot)).toHaveLength(1);
});

test('an operator gives a payment back, with its reason', async () => {
  const bot = await aBridge();
  await known(bot);
  const { drive } = bot.telegram;
  await drive.payInvoice(person, await openShop(bot));
  await expect.poll(() => balanceOf(bot)).toBe(50);
  const me = new Operator(bot);
  const card = await me.find('2');
  expect(card.text).toContain('100\u00a0⭐ · 50 of 50');
  await me.tap(card, '↩');
  const asked = await me.sees('Refund 100\u00a0⭐');
  await me.tap(asked, en.plain('button-say-why'));
  await me.sees('What’s the reason?');
  const done = await me.answer('paid by mistake', 'paid by mistake');
  expect(done.text).toContain('refunded');
  expect(await balanceOf(bot)).toBe(0);
  expect(await acts(bot)).toEqual([{ act: 'refund', admin: '1', subject: '2', why: 'paid by mistake' }]);
});

test('an operator writes to a person, who learns where answers go', async () => {
  const bot = await aBridge({ supportContact: 'https://t.me/aisha_help' });
  await known(bot);
  const me = new Operator(bot);
  await me.tap(await me.find('2'), en.plain('button-message'));
  await me.sees('Write the message');
  const card = await me.sees('Send this message', me.write('Your avatar is back.'));
  await me.tap(card, '✉');
  const { drive } = bot.telegram;
  const heading = await drive.waitForMessage(person, ({ text }) => !!text?.includes('@aisha_help'));
  await drive.waitForMessage(person, ({ id, text }) => id > heading.id && text === 'Your avatar is back.');
  expect(await acts(bot)).toEqual([{ act: 'message', admin: '1', subject: '2', why: null }]);
  drive.block(person);
  await me.tap(await me.sees('to spend', card.id - 1), en.plain('button-message'));
  const again = await me.sees('Send this message', me.write('Are you there?'));
  await me.tap(again, '✉');
  await me.sees(en.plain('act-came-unreachable'));
});

test('a person is found by a part of the name and by a forwarded message, unless they hide', async () => {
  const bot = await aBridge();
  await known(bot);
  const { drive } = bot.telegram;
  const me = new Operator(bot);
  const { displayName } = (await bot.database.stores.users.find(max)) ?? {};
  const name = displayName ?? '';
  expect((await me.find(name.substring(1, 4).toUpperCase())).text).toContain(name);
  const asked = me.write('/admin');
  await me.tap(await me.sees('🛠', asked), en.plain('button-find-person'));
  await me.sees('Who is it?', asked);
  const hidden = drive.forwardWords(operator, { hidden: 'Somebody' }, 'hello');
  await me.sees('hide it', hidden.id);
  await me.sees('nobody like that', me.write('nobodyhasthisname'));
  const forwarded = drive.forwardWords(operator, person, 'hello');
  expect((await me.sees('to spend', forwarded.id)).text).toContain(name);
});

test('whoever is blocked finds every door closed but those to their own data', async () => {
  const bot = await aBridge();
  await known(bot);
  const { drive } = bot.telegram;
  const pack = await openShop(bot);
  const me = new Operator(bot);
  await me.tap(await me.find('2'), en.plain('button-block'));
  await me.tap(await me.sees('Block '), en.plain('button-say-why'));
  await me.sees('What’s the reason?');
  const asked = await me.sees('threats', me.write('threats'));
  await me.tap(asked, en.plain('button-confirm-block'));
  const card = await me.sees('Blocked on');
  expect(card.text).toContain('threats');
  const ru = loadTexts()('ru');
  const closed = ru.plain('refusal-person-blocked');
  const answered = async (text: string) => {
    const [sent] = drive.sendText(person, text);
    return drive.waitForMessage(person, ({ id, from }) => id > (sent?.id ?? 0) && from !== person);
  };
  for (const text of ['a knight', '/start', '/balance', '/promo SPRING', '/admin'])
    expect((await answered(text)).text, text).toBe(closed);
  const forged = await forgedFor(bot, person, [openBalanceButton.data({})]);
  expect(await drive.tap(person, forged, openBalanceButton.data({}))).toMatchObject({ text: closed });
  expect(await drive.inlineQuery(person, '')).toMatchObject({ results: [] });
  expect(await drive.payInvoice(person, pack)).toMatchObject({ paid: false });
  expect((await answered('/privacy')).buttons.flat().map(({ text }) => text)).toContain(
    ru.plain('button-delete-me'),
  );
  await me.tap(card, en.plain('button-unblock'));
  await expect.poll(() => bot.database.stores.blocks.find(max)).toBeNull();
  expect((await answered('/balance')).text).not.toBe(closed);
  expect((await acts(bot)).map(({ act, why }) => [act, why])).toEqual([
    ['unblock', null],
    ['block', 'threats'],
  ]);
});

test('an operator makes a code for everybody, sees it used, and ends it', async () => {
  const bot = await aBridge();
  await known(bot);
  const me = new Operator(bot);
  await askForPromo(me);
  await me.sees('What should the code give?', me.write('fifty'));
  const asked = await me.sees('Up to 3\u00a0people', me.write('50 3 2099-01-31 SPRING-26'));
  expect(asked.text).toContain('150\u00a0credits in all');
  await me.tap(asked, en.plain('button-confirm-promo'));
  const made = await me.sees('/promo SPRING-26');
  bot.telegram.drive.sendText(person, '/promo spring26');
  await expect.poll(() => balanceOf(bot)).toBe(50);
  await me.tap(made, en.plain('button-promos'));
  const used = await me.sees('used: 1 of 3');
  await me.tap(used, '✕ End SPRING-26');
  const sure = await me.sees('1\u00a0person has used it');
  await me.tap(sure, '✕ End SPRING-26');
  await me.tap(await me.sees('SPRING-26 is over'), en.plain('button-promos'));
  await me.sees(en.plain('promos-over'));
  expect((await acts(bot)).map(({ act, admin }) => [act, admin])).toEqual([
    ['promo-end', '1'],
    ['promo-create', '1'],
  ]);
});

test('an operator makes a code for percent, and sees what it gives', async () => {
  const bot = await aBridge();
  await known(bot);
  const me = new Operator(bot);
  await askForPromo(me);
  const asked = await me.sees('Up to 3\u00a0people can use it.', me.write('20% 3 2099-01-31 MORE-20'));
  expect(asked.text).toContain('gives +20% with the next pack');
  await me.tap(asked, en.plain('button-confirm-promo'));
  const made = await me.sees('/promo MORE-20');
  bot.telegram.drive.sendText(person, '/promo more20');
  await expect.poll(() => bot.database.stores.promos.waiting(max)).toMatchObject({ percent: 20 });
  await me.tap(made, en.plain('button-promos'));
  expect((await me.sees('used: 1 of 3')).text).toContain('+20% with the next pack');
  const [act] = await bot.database.stores.operatorActs.list(1);
  expect(act).toMatchObject({ details: { code: 'MORE-20', credits: null, percent: 20 } });
});

test('to everybody else none of it is there', async () => {
  const bot = await aBridge();
  await known(bot);
  const { drive } = bot.telegram;
  const payment = aPayment({ user: max });
  await bot.database.stores.payments.add(payment);
  const act = { act: 'grant', user: max, credits: 50, why: 'mine' } as const;
  const intent = await bot.dependencies.keepIntent.execute(act, { admin: userId(String(operator)) });
  const taps = [
    buttons.findPersonButton.data({}),
    buttons.personButton.data({ user: max }),
    buttons.askCreditsButton.data({ user: max, movement: 'give' }),
    buttons.pickPersonButton.data({}),
    buttons.askLimitButton.data({ user: max }),
    buttons.setLimitButton.data({ user: max, pictures: 1000 }),
    buttons.personJobsButton.data({ user: max }),
    buttons.askRefundButton.data({ user: max, payment: payment.id }),
    buttons.askMessageButton.data({ user: max }),
    buttons.promosButton.data({}),
    buttons.newPromoButton.data({}),
    buttons.confirmPromoButton.data({ intent }),
    buttons.endPromoButton.data({ code: 'SPR1NG' }),
    buttons.askBlockButton.data({ user: max }),
    buttons.unblockButton.data({ user: max }),
    buttons.confirmActButton.data({ intent }),
    buttons.sayWhyButton.data({ intent }),
    buttons.useAsReasonButton.data({ intent }),
    buttons.confirmEndButton.data({ intent }),
  ];
  const forged = await forgedFor(bot, person, taps);
  const dead = loadTexts()('ru').plain('dead-button');
  for (const data of taps) expect(await drive.tap(person, forged, data)).toMatchObject({ text: dead });
  // Whatever keyboard they were given, and by whomever: whom they choose is shown to nobody.
  const api = new Api(bot.telegram.token, { apiRoot: bot.telegram.url });
  const choosing = new Keyboard().requestUsers('Choose', 1, { user_is_bot: false });
  await api.sendMessage(person, 'forged', { reply_markup: choosing });
  const shared = drive.shareUsers(person, 'Choose', [operator]);
  const [help] = drive.sendText(person, '/nosuchcommand');
  const unknown = loadTexts()('ru').plain('unknown-command');
  await drive.waitForMessage(person, ({ id, text }) => id > (help?.id ?? 0) && text === unknown);
  expect(drive.messages(person).filter(({ id }) => id > shared.id && id !== help?.id)).toHaveLength(1);
  expect(await bot.database.stores.quotas.limitOf(max)).toBeNull();
  expect(await bot.database.stores.pendingReplies.list(max, '2')).toEqual([]);
  expect(await balanceOf(bot)).toBe(0);
  expect(await acts(bot)).toEqual([]);
});

test('a person is chosen in Telegram’s own list, and its button goes with the question', async () => {
  const bot = await aBridge();
  const { drive } = bot.telegram;
  const me = new Operator(bot);
  const screen = await me.sees('🛠', me.write('/admin'));
  await me.tap(screen, en.plain('button-find-person'));
  await me.tap(await me.sees('Who is it?', screen.id - 1), en.plain('button-choose-person'));
  const picker = await me.sees(en.plain('person-pick'));
  const choose = () => drive.shareUsers(operator, en.plain('button-choose-person'), [person]);
  // They have never come.
  await me.sees('nobody like that', choose().id);
  await known(bot);
  const { displayName } = (await bot.database.stores.users.find(max)) ?? {};
  expect((await me.sees('to spend', choose().id)).text).toContain(displayName);
  await drive.waitFor(() => drive.messages(operator).every(({ id }) => id !== picker.id));
  expect(choose).toThrow('no button');
  // Whoever goes back is asked no more, and the button goes as well.
  await me.tap(await me.sees('to spend'), en.plain('button-find-person'));
  await me.tap(await me.sees('Who is it?'), en.plain('button-choose-person'));
  await me.sees(en.plain('person-pick'), picker.id);
  await me.tap(await me.sees('Who is it?'), en.plain('button-back'));
  await drive.waitFor(() =>
    drive.messages(operator).every(({ replyKeyboard }) => replyKeyboard === undefined),
  );
  expect(await bot.database.stores.pendingReplies.list(userId('1'), '1')).toEqual([]);
  expect(bot.log.at('error')).toEqual([]);
});

test('an operator sets how many pictures a day a person may order, and sees what became of their orders', async () => {
  const quotas = { pictures: 1, budgets: { day: null, month: null } };
  const bot = await aBot({ admins: new Set([userId(String(operator))]), quotas });
  await aPainter(bot, person);
  const { drive } = bot.telegram;
  const order = async (text: string) => {
    const [sent] = drive.sendText(person, text);
    return drive.waitForMessage(person, ({ id, from }) => id > (sent?.id ?? 0) && from !== person);
  };
  expect((await order('рыцарь')).text).toContain('Сбалансированный');
  expect((await order('замок')).text).not.toContain('Сбалансированный');
  const me = new Operator(bot);
  const card = await me.find('2');
  expect(card.text).toContain('Pictures today: 1 of 1');
  await me.tap(card, en.plain('button-picture-limit'));
  const asked = await me.sees('How many pictures');
  await me.sees('How many pictures', me.write('many'));
  const raised = await me.sees('1 of 3 (their own limit)', me.write('3'));
  expect((await order('замок')).text).toContain('Сбалансированный');
  await me.tap(asked, en.plain('button-usual-limit'));
  await me.sees('Pictures today: 2 of 1', asked.id - 1);
  expect(await bot.database.stores.quotas.limitOf(max)).toBeNull();
  expect((await acts(bot)).map(({ act, subject }) => [act, subject])).toEqual([
    ['picture-limit', '2'],
    ['picture-limit', '2'],
  ]);
  await bot.finish();
  await drive.waitForMessage(person, ({ photo }) => photo !== undefined);
  await me.tap(raised, en.plain('button-what-happened'));
  const jobs = await me.sees('What happened lately');
  expect(jobs.text).toContain('delivered');
  expect(jobs.text).not.toContain('рыцарь');
  expect(jobs.buttons).toHaveLength(3);
  await me.tap(jobs, '🖼 Picture #');
  const story = await me.sees('calls 1', jobs.id);
  expect(story.text).not.toContain('замок');
  expect(bot.log.at('error')).toEqual([]);
});

test('an operator who is none any more answers no question', async () => {
  const bot = await aBridge();
  await known(bot);
  const { pendingReplies } = bot.database.stores;
  const asked = { owner: max, chat: '2', kind: 'operator', subject: 'give 2' } as const;
  await pendingReplies.expect(asked, new Date());
  const before = bot.telegram.drive.messages(person).length;
  bot.telegram.drive.sendText(person, '50 for me');
  await expect.poll(() => bot.telegram.drive.messages(person).length).toBeGreaterThan(before + 1);
  expect(await balanceOf(bot)).toBe(0);
  expect(await pendingReplies.list(max, '2')).toEqual([]);
});
