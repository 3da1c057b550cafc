import { describe, expect, test } from 'vitest';
import * as access from '../../../src/adapters/telegram/buttons/access-buttons.js';
import * as buttons from '../../../src/adapters/telegram/buttons/admin-buttons.js';
import { writeBroadcastButton } from '../../../src/adapters/telegram/buttons/broadcast-buttons.js';
import { askResetButton } from '../../../src/adapters/telegram/buttons/budget-buttons.js';
import {
  giveBackJobButton,
  replayJobButton,
  settlePaymentButton,
  stopRefundButton,
} from '../../../src/adapters/telegram/buttons/trouble-buttons.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { IntendedAct } from '../../../src/domain/operator/intent.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { givenUser } from '../../support/builders/given.js';
import { nextUuid } from '../../support/builders/ids.js';
import { aBot, aPainter, type BotWorld, forgedFor } from './a-bot.js';

const [me, person] = [1, 2];
const [mine, user] = [userId('1'), userId('2')];
const en = loadTexts()('en');
const words = 'a castle at night';

const has = (part: string) => (message: MessageView) => message.text?.includes(part) ?? false;

/** An operator who can pay for pictures, and somebody with credits. */
async function aBridge(clock?: FakeClock): Promise<BotWorld> {
  const bot = await aBot({ admins: new Set([mine]) }, clock === undefined ? {} : { clock });
  await aPainter(bot, me);
  await givenUser(bot.database.stores, { id: user, displayName: 'Max', language: null, credits: 100 });
  return bot;
}

/** Taps what some older message offers; what it shows then. */
async function tap(bot: BotWorld, data: string): Promise<MessageView> {
  const { drive } = bot.telegram;
  const older = await forgedFor(bot, me, [data]);
  await drive.tap(me, older, data);
  const shown = drive.messages(me).find(({ id }) => id === older);
  if (shown === undefined) throw new Error('it is gone');
  return shown;
}

/** The newest message with a button of this label. */
const offering = ({ telegram: { drive } }: BotWorld, label: string) =>
  drive.waitForMessage(me, ({ buttons: rows }) => rows.flat().some(({ text }) => text === label));

/** The next thing that the bot says. */
async function answerTo({ telegram: { drive } }: BotWorld, text: string): Promise<MessageView> {
  const [sent] = drive.sendText(me, text);
  return drive.waitForMessage(me, ({ id }) => id > (sent?.id ?? 0));
}

const orders = ({ database }: BotWorld) => database.stores.generations.list({ owner: mine, limit: 9 });
const balanceOf = async ({ database }: BotWorld, whose = user) =>
  (await database.stores.ledger.account(whose)).balance;

async function tapAndAnswer(bot: BotWorld, data: string, text: string): Promise<void> {
  await tap(bot, data);
  await answerTo(bot, text);
}

/** A picture of the person's that was given up. */
async function givenUp(bot: BotWorld) {
  await aPainter(bot, person);
  bot.telegram.drive.sendText(person, 'a knight');
  const { generations } = bot.database.stores;
  await expect.poll(() => generations.list({ owner: user, limit: 1 })).toHaveLength(1);
  const [job] = await generations.list({ owner: user, limit: 1 });
  if (job === undefined) throw new Error('there is none');
  await bot.submit();
  for (const { ticket } of bot.generator.bought)
    bot.generator.finish(ticket, { kind: 'failed', failure: { kind: 'gave_up', detail: 'a test' } });
  await bot.settle();
  await generations.markDead(job.id, new Date());
  return { kind: 'generation', id: job.id } as const;
}

/** How each kind of question comes onto the screen. */
const asked: { readonly [Act in IntendedAct['act']]: (bot: BotWorld) => Promise<unknown> } = {
  grant: (bot) => tapAndAnswer(bot, buttons.askCreditsButton.data({ user, movement: 'give' }), '50 a gift'),
  'take-back': (bot) =>
    tapAndAnswer(bot, buttons.askCreditsButton.data({ user, movement: 'take' }), '50 too many'),
  refund: async (bot) => {
    const payment = aPayment({ user });
    await bot.database.stores.payments.add(payment);
    await tap(bot, buttons.askRefundButton.data({ user, payment: payment.id }));
  },
  'refund-stop': async (bot) => {
    const payment = aPayment({ user, status: 'refunding' });
    await bot.database.stores.payments.add(payment);
    await tap(bot, stopRefundButton.data({ user, payment: payment.id }));
  },
  'payment-settle': async (bot) => {
    const payment = aPayment({ user, credits: 0 });
    await bot.database.stores.payments.add(payment);
    await tapAndAnswer(bot, settlePaymentButton.data({ user, payment: payment.id }), '50 it was a pack');
  },
  'case-block': async (bot) => {
    const item = nextUuid();
    await bot.database.stores.cases.open({
      ...{ id: item, kind: 'recipe', person: user, reporter: mine, subject: nextUuid() },
      ...{ category: 'nudity', openedAt: new Date() },
    });
    await tap(bot, buttons.decideCaseButton.data({ item, decision: 'block' }));
  },
  'budget-reset': (bot) => tap(bot, askResetButton.data({})),
  block: (bot) => tap(bot, buttons.askBlockButton.data({ user })),
  message: (bot) => tapAndAnswer(bot, buttons.askMessageButton.data({ user }), 'Your avatar is back.'),
  'promo-create': (bot) => tapAndAnswer(bot, buttons.newPromoButton.data({}), '50 3'),
  'promo-end': async (bot) => {
    await bot.database.stores.promos.add({
      ...{ code: 'SPR1NG', shown: 'SPRING', credits: 5, percent: null, uses: 3, used: 1 },
      ...{ until: null, endedAt: null, createdAt: new Date() },
    });
    await tap(bot, buttons.endPromoButton.data({ code: 'SPR1NG' }));
  },
  'access-link-end': async (bot) => {
    const { code } = await bot.dependencies.makeAccessLink.execute({ uses: 1, days: 7 }, { admin: 'cli' });
    await tap(bot, access.endLinkButton.data({ code }));
  },
  'access-open': (bot) => tap(bot, access.askOpenButton.data({})),
  broadcast: async (bot) => {
    await tap(bot, writeBroadcastButton.data({}));
    const [sent] = bot.telegram.drive.sendText(me, 'New presets today');
    await bot.telegram.drive.waitForMessage(
      me,
      (message) => message.id > (sent?.id ?? 0) && has('what people will see')(message),
    );
  },
  'job-replay': async (bot) => tap(bot, replayJobButton.data(await givenUp(bot))),
  'job-give-back': async (bot) => tap(bot, giveBackJobButton.data(await givenUp(bot))),
};
const kinds = Object.keys(asked) as IntendedAct['act'][];
const withReason: readonly string[] = [
  ...['grant', 'take-back', 'refund', 'refund-stop', 'payment-settle', 'block', 'case-block'],
];

describe('while a card waits to be confirmed, a text orders nothing', () => {
  test.each(kinds)('%s', async (kind) => {
    const bot = await aBridge();
    await asked[kind](bot);
    const offer = await answerTo(bot, words);
    expect(offer.text).toBe(en.plain('operator-say-confirm'));
    const labels = offer.buttons.flat().map(({ text }) => text);
    expect(labels).toEqual([
      ...(withReason.includes(kind) ? [en.plain('button-use-as-reason')] : []),
      '🎨 Use as a prompt · 5',
    ]);
    expect(await orders(bot)).toEqual([]);
    expect(await balanceOf(bot, mine)).toBe(100);
    // Whoever says that they mean a picture gets one, and the card goes on asking.
    await bot.telegram.drive.tap(me, offer.id, '🎨 Use as a prompt · 5');
    await expect.poll(() => orders(bot)).toMatchObject([{ prompt: words }]);
    await bot.telegram.drive.waitForMessage(me, has('Starting'));
    expect((await answerTo(bot, 'another castle')).text).toBe(en.plain('operator-say-confirm'));
    expect(await orders(bot)).toHaveLength(1);
    expect(bot.log.at('error')).toEqual([]);
  });

  test('and when nobody confirmed it in time, it is said that it is over', async () => {
    const clock = new FakeClock(new Date());
    const bot = await aBridge(clock);
    await asked.grant(bot);
    clock.advance(15 * 60);
    const offer = await answerTo(bot, 'sorry for the wait');
    expect(offer.text).toBe(en.plain('refusal-intent-over'));
    expect(offer.buttons.flat().map(({ text }) => text)).toEqual(['🎨 Use as a prompt · 5']);
    expect(await orders(bot)).toEqual([]);
    // Once is enough.
    await answerTo(bot, words);
    await expect.poll(() => orders(bot)).toMatchObject([{ prompt: words }]);
  });

  test('also after what was asked was refused', async () => {
    const bot = await aBridge();
    await asked.block(bot);
    const card = await offering(bot, en.plain('button-confirm-block'));
    await bot.database.stores.blocks.block({ user, at: new Date(), why: null });
    await bot.telegram.drive.tap(me, card.id, en.plain('button-confirm-block'));
    expect((await answerTo(bot, words)).text).toBe(en.plain('operator-say-confirm'));
    expect(await orders(bot)).toEqual([]);
  });

  test('but as soon as the card was left it is an order', async () => {
    const bot = await aBridge();
    await asked.block(bot);
    const card = await offering(bot, en.plain('button-confirm-block'));
    await bot.telegram.drive.tap(me, card.id, en.plain('button-leave-question'));
    expect((await answerTo(bot, words)).text).toContain('Starting');
    await expect.poll(() => orders(bot)).toMatchObject([{ prompt: words }]);
  });
});

describe('a text becomes the reason', () => {
  test.each([
    ['by a tap', 'tap'],
    ['as the answer to the card', 'reply'],
  ] as const)('%s, and takes the place of the card before', async (_, way) => {
    const bot = await aBridge();
    const { drive } = bot.telegram;
    await asked.grant(bot);
    const card = await drive.waitForMessage(me, has('and 150 then'));
    const [said] = drive.sendText(me, 'because of Sunday', way === 'reply' ? { replyTo: card.id } : {});
    if (way === 'tap') {
      const offer = await drive.waitForMessage(me, ({ id }) => id > (said?.id ?? 0));
      await drive.tap(me, offer.id, en.plain('button-use-as-reason'));
    }
    const again = await drive.waitForMessage(
      me,
      (message) => message.id > card.id && has('because of Sunday')(message),
    );
    // The same credits are not given twice, by the old card and the new one.
    expect(await drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '')).toMatchObject({
      text: en.plain('refusal-intent-over'),
    });
    await drive.tap(me, again.id, again.buttons[0]?.[0]?.data ?? '');
    await expect.poll(() => balanceOf(bot)).toBe(150);
    expect(await bot.database.stores.operatorActs.list(9)).toMatchObject([
      { act: 'grant', subject: '2', why: 'because of Sunday', details: { credits: 50 } },
    ]);
    expect(await orders(bot)).toEqual([]);
  });
});

describe('what was handed out ends after a second tap', () => {
  test('a promo code', async () => {
    const bot = await aBridge();
    const { promos, operatorActs } = bot.database.stores;
    await asked['promo-end'](bot);
    const card = await offering(bot, '✕ End SPRING');
    expect(card.text).toContain('1\u00a0person has used it and keeps what it gave.');
    expect(await promos.find('SPR1NG')).toMatchObject({ endedAt: null });
    await bot.telegram.drive.tap(me, card.id, '✕ End SPRING');
    expect(await promos.find('SPR1NG')).toMatchObject({ endedAt: expect.any(Date) });
    expect(await offering(bot, en.plain('button-promos'))).toMatchObject({
      text: expect.stringContaining('SPRING is over'),
    });
    expect(await operatorActs.list(9)).toMatchObject([
      { act: 'promo-end', admin: '1', details: { code: 'SPRING' } },
    ]);
  });

  test('a link that lets people in', async () => {
    const bot = await aBridge();
    const { accessLinks, operatorActs } = bot.database.stores;
    await asked['access-link-end'](bot);
    expect(await accessLinks.list(9)).toMatchObject([{ endedAt: null }]);
    const [link] = await accessLinks.list(9);
    const card = await offering(bot, `✕ End ${link?.code}`);
    await bot.telegram.drive.tap(me, card.id, card.buttons[0]?.[0]?.data ?? '');
    expect(await accessLinks.list(9)).toMatchObject([{ endedAt: expect.any(Date) }]);
    expect((await operatorActs.list(9)).map(({ act }) => act)).toEqual(['access-link-end', 'access-link']);
  });
});
