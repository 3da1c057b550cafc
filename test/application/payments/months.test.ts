import { beforeEach, describe, expect, it } from 'vitest';
import { BookPayment } from '../../../src/application/payments/book-payment.js';
import { BookRefund } from '../../../src/application/payments/book-refund.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { CheckCheckout } from '../../../src/application/payments/check-checkout.js';
import { DescribeMonths } from '../../../src/application/payments/describe-months.js';
import { ExpireMonths } from '../../../src/application/payments/expire-months.js';
import { NoteSubscription } from '../../../src/application/payments/note-subscription.js';
import { ReconcilePayments } from '../../../src/application/payments/reconcile-payments.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { DeleteUser } from '../../../src/application/personal-data/delete-user.js';
import { hold, settle } from '../../../src/domain/ledger.js';
import { payloadOf } from '../../../src/domain/payments/offer.js';
import type { SubscriptionState } from '../../../src/domain/payments/subscription.js';
import { secondsAfter } from '../../../src/domain/time.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { longAgo, somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const period = 2_592_000;
const month = anOffer({ id: 'month', kind: 'month' });
const going = anOffer({ id: 'going', kind: 'month', expires: true });
const pack = anOffer();

let world: GenerationWorld;
let payments: FakePayments;
let log: RecordingLogger;
let parts: ReturnType<typeof partsOf>;

function partsOf() {
  const { database, clock, ids, media, rules: policy } = world;
  const sales = { offers: [pack, month, going], refundDays: 14, referralCredits: 0 };
  const common = { database, clock, ids, log, policy, payments, sales, media };
  const bookPayment = new BookPayment(common);
  const bookRefund = new BookRefund(common);
  const cancelSubscription = new CancelSubscription(common);
  const refundPayment = new RefundPayment({ ...common, cancelSubscription });
  return {
    bookPayment,
    bookRefund,
    refundPayment,
    cancelSubscription,
    check: new CheckCheckout(common),
    describe: new DescribeMonths(common),
    expire: new ExpireMonths(common),
    note: new NoteSubscription(common),
    reconcile: new ReconcilePayments({
      ...{ ...common, bookPayment, bookRefund },
      ...{ refundPayment, cancelSubscription },
    }),
    deleteUser: new DeleteUser({ ...common, cancelSubscription }),
  };
}

beforeEach(async () => {
  world = new GenerationWorld();
  payments = new FakePayments();
  log = new RecordingLogger();
  parts = partsOf();
  await world.database.stores.payments.keepOffers([pack, month, going]);
});

const now = () => world.clock.now();
const pay = (charge: string, offer = month, isFirst: boolean | null = null) =>
  parts.bookPayment.execute({
    ...{ charge, payer: someone, payload: payloadOf(offer), stars: offer.stars, at: now(), isFirst },
    until: offer.kind === 'pack' ? null : secondsAfter(now(), period),
  });
const balance = async () => (await world.database.stores.ledger.account(someone)).balance;
const subscription = async (offer = month) => world.database.stores.subscriptions.find(someone, offer);
const news = (state: SubscriptionState, offer = month) =>
  parts.note.execute({ user: someone, payload: payloadOf(offer), state });
const spend = (credits: number, account = 'generation:a') =>
  world.database.transaction(async ({ ledger }) => {
    const job = { owner: someone, account, held: credits };
    await ledger.write([...hold(job), ...settle(job, credits)], now());
  });
const entries = async (kind: string) =>
  (await world.database.stores.ledger.history(someone, 50)).filter((entry) => entry.kind === kind);

describe('a subscription', () => {
  it('brings its credits with each charge, and knows the first and the latest', async () => {
    await pay('a', month, true);
    world.clock.advance(period);
    await pay('b', month, false);
    await pay('b', month, false);
    expect(await balance()).toBe(100);
    expect(await subscription()).toMatchObject({
      ...{ firstCharge: 'a', latestCharge: 'b', state: 'active', until: secondsAfter(now(), period) },
    });
  });

  it('is known from the provider’s books too, when the message of its payment is lost', async () => {
    payments.pay('a', someone, month, longAgo, { until: secondsAfter(longAgo, period) });
    await parts.reconcile.execute();
    expect(await subscription()).toMatchObject({ firstCharge: 'a', until: secondsAfter(longAgo, period) });
  });

  it('is not begun by a pack', async () => {
    await pay('a', pack);
    expect(await world.database.stores.subscriptions.list(someone)).toEqual([]);
  });

  it('is what the provider says: no date that passes changes it, and no payment told twice', async () => {
    await pay('a', month, true);
    world.clock.advance(3 * period);
    expect((await subscription())?.state).toBe('active');
    await news('canceled');
    await pay('a', month, true);
    expect((await subscription())?.state).toBe('canceled');
    await news('active');
    expect((await subscription())?.state).toBe('active');
  });

  it('that could not be charged grants nothing, and leaves what was paid for', async () => {
    await pay('a', month, true);
    expect(await news('failed')).toMatchObject({ state: 'active' });
    expect(await news('failed')).toMatchObject({ state: 'failed' });
    expect(await balance()).toBe(50);
    expect((await parts.describe.execute(someone)).subscriptions).toEqual([]);
  });

  it('leaves news alone of what nobody knows', async () => {
    expect(await news('failed')).toBeNull();
    expect(await parts.note.execute({ user: someone, payload: 'x', state: 'failed' })).toBeNull();
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
  });

  it('is not sold once more while it goes on, and again when it does not', async () => {
    const checkout = () =>
      parts.check.execute({ payer: someone, payload: payloadOf(month), currency: 'XTR', amount: 100 });
    await pay('a', month, true);
    await expect(checkout()).rejects.toMatchObject({ code: 'subscribed' });
    world.clock.advance(period);
    expect(await checkout()).toEqual(month);
    world.clock.advance(-period);
    await news('canceled');
    expect(await checkout()).toEqual(month);
  });
});

describe('CancelSubscription', () => {
  const id = async () => (await subscription())?.id ?? '';
  beforeEach(() => pay('a', month, true));

  it('asks the provider by the first charge, and keeps what is paid for', async () => {
    world.clock.advance(period);
    await pay('b', month, false);
    expect(await parts.cancelSubscription.execute(await id(), someone)).toMatchObject({ state: 'canceled' });
    expect(payments.cancelled).toEqual(['a']);
    expect(await balance()).toBe(100);
    const { subscriptions } = await parts.describe.execute(someone);
    expect(subscriptions).toMatchObject([{ state: 'canceled', terms: month }]);
    world.clock.advance(period);
    expect((await parts.describe.execute(someone)).subscriptions).toEqual([]);
  });

  it('asks once for one that is cancelled', async () => {
    await parts.cancelSubscription.execute(await id(), someone);
    await parts.cancelSubscription.execute(await id(), someone);
    expect(payments.cancelled).toEqual(['a']);
  });

  it('leaves it as it is when the provider refuses, or does not answer', async () => {
    payments.cancelAnswers.push(
      { is: 'refused', reason: 'CHARGE_ID_INVALID' },
      new Error('the line is dead'),
    );
    expect(await parts.cancelSubscription.execute(await id(), someone)).toMatchObject({ state: 'active' });
    await expect(parts.cancelSubscription.execute(await id(), someone)).rejects.toThrow('the line is dead');
    expect((await subscription())?.state).toBe('active');
  });

  it("never ends somebody else's", async () => {
    const theirs = await id();
    await expect(parts.cancelSubscription.execute(theirs, somebodyElse)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(payments.cancelled).toEqual([]);
  });
});

describe('a month that goes back', () => {
  const refund = (charge: string, by: typeof someone | null = someone) =>
    parts.refundPayment.execute(charge, by);

  it('ends its subscription at Telegram too: nobody is charged for the next', async () => {
    await pay('a', month, true);
    world.clock.advance(period);
    await pay('b', month, false);
    expect(await refund('b')).toMatchObject({ status: 'refunded' });
    expect(payments.cancelled).toEqual(['a']);
    expect(await subscription()).toMatchObject({ state: 'canceled', isEnding: false });
  });

  it('ends it once nobody doubts it any more, however often the line is dead or a process dies', async () => {
    await pay('a', month, true);
    payments.cancelAnswers.push(new Error('dead'), new Error('dead still'));
    expect(await refund('a')).toMatchObject({ status: 'refunded' });
    expect(await subscription()).toMatchObject({ state: 'active', isEnding: true });
    await parts.reconcile.execute();
    expect(await subscription()).toMatchObject({ state: 'active', isEnding: true });
    await parts.reconcile.execute();
    expect(await subscription()).toMatchObject({ state: 'canceled', isEnding: false });
    await parts.reconcile.execute();
    expect(payments.cancelled).toEqual(['a', 'a', 'a']);
  });

  it.each([
    [
      'a refund that the provider does not answer',
      async () => {
        payments.answers.push('silent');
        await refund('a');
      },
    ],
    ['one that somebody made elsewhere, or the store', async () => payments.takeBack('a')],
  ])('ends it after %s', async (_, goBack) => {
    payments.pay('a', someone, month, now(), { until: secondsAfter(now(), period) });
    await parts.reconcile.execute();
    await goBack();
    expect(payments.cancelled).toEqual([]);
    await parts.reconcile.execute();
    expect(await subscription()).toMatchObject({ state: 'canceled' });
    expect(payments.cancelled).toEqual(['a']);
  });

  it('leaves it where Telegram refuses to give the month back', async () => {
    await pay('a', month, true);
    payments.answers.push({ is: 'refused', reason: 'CHARGE_ID_INVALID' });
    await refund('a');
    await parts.reconcile.execute();
    expect(payments.cancelled).toEqual([]);
    expect(await subscription()).toMatchObject({ state: 'active', isEnding: false });
  });

  it('tells the operator where Telegram refuses to cancel, and asks no more', async () => {
    await pay('a', month, true);
    payments.cancelAnswers.push({ is: 'refused', reason: 'CHARGE_ID_INVALID' });
    await refund('a');
    await parts.reconcile.execute();
    expect(payments.cancelled).toEqual(['a']);
    expect(await subscription()).toMatchObject({ state: 'active', isEnding: false });
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('does not end what was begun anew meanwhile, and asks about nothing that is over', async () => {
    await pay('a', month, true);
    payments.cancelAnswers.push(new Error('dead'));
    await refund('a');
    world.clock.advance(period);
    await pay('b', month, true);
    await parts.reconcile.execute();
    expect(await subscription()).toMatchObject({ firstCharge: 'b', state: 'active', isEnding: false });
    payments.cancelAnswers.push(new Error('dead'));
    await refund('b');
    await news('failed');
    await parts.reconcile.execute();
    expect(await subscription()).toMatchObject({ state: 'failed', isEnding: false });
    expect(payments.cancelled).toEqual(['a', 'b']);
  });

  it('that is long over ends nothing, and nothing is cancelled for a pack', async () => {
    await pay('a', month, true);
    world.clock.advance(period);
    await pay('b', month, false);
    world.clock.advance(2 * 86_400);
    await refund('a', null);
    await pay('c', pack);
    await refund('c');
    expect(await subscription()).toMatchObject({ state: 'active', isEnding: false });
    expect(payments.cancelled).toEqual([]);
  });
});

describe('a person who leaves', () => {
  const leave = () => parts.deleteUser.execute({ user: someone }, { owner: someone });
  beforeEach(() => pay('a', month, true));

  it('pays no more', async () => {
    expect((await leave()).counts).toMatchObject({ cancelledSubscriptions: 1, subscriptionsLeft: 0 });
    expect(payments.cancelled).toEqual(['a']);
    expect((await subscription())?.state).toBe('canceled');
    expect((await leave()).counts).toMatchObject({ cancelledSubscriptions: 0, subscriptionsLeft: 0 });
  });

  it('is told when the provider refuses to cancel', async () => {
    payments.cancelAnswers.push({ is: 'refused', reason: 'CHARGE_ID_INVALID' });
    expect((await leave()).counts).toMatchObject({ cancelledSubscriptions: 0, subscriptionsLeft: 1 });
  });

  it('is not deleted while nobody knows whether they go on paying', async () => {
    payments.cancelAnswers.push(new Error('the line is dead'));
    await world.database.stores.users.ensure({ id: someone, displayName: 'Ada', now: now() });
    await expect(leave()).rejects.toThrow('the line is dead');
    expect(await world.database.stores.users.find(someone)).toMatchObject({ displayName: 'Ada' });
    await leave();
    expect(await world.database.stores.users.find(someone)).toMatchObject({ displayName: null });
  });
});

describe('ExpireMonths', () => {
  it('takes what is left when the month is over, once, and not before', async () => {
    await pay('a', going, true);
    await spend(20);
    world.clock.advance(period - 1);
    expect(await parts.expire.execute()).toBe(0);
    expect(await balance()).toBe(30);
    world.clock.advance(1);
    expect(await parts.expire.execute()).toBe(1);
    expect(await parts.expire.execute()).toBe(0);
    expect(await balance()).toBe(0);
    expect(await entries('expiry')).toMatchObject([{ amount: -30, reason: 'expiry:a' }]);
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });

  it('leaves credits that the offer does not say it of', async () => {
    await pay('a', month, true);
    world.clock.advance(2 * period);
    expect(await parts.expire.execute()).toBe(0);
    expect(await balance()).toBe(50);
  });

  it('spends the month’s credits first: what was bought for good stays', async () => {
    await pay('p', pack);
    world.clock.advance(1);
    await pay('a', going, true);
    await spend(45);
    expect((await parts.describe.execute(someone)).expiring).toEqual([
      { credits: 5, at: secondsAfter(now(), period) },
    ]);
    world.clock.advance(period);
    await parts.expire.execute();
    expect(await balance()).toBe(50);
    expect(await parts.refundPayment.execute('p', null)).toMatchObject({ taken: 50 });
  });

  it('takes no more than is left of that lot, and leaves the next month alone', async () => {
    await pay('a', going, true);
    world.clock.advance(period);
    await pay('b', going, false);
    await parts.expire.execute();
    expect(await balance()).toBe(50);
    expect(await entries('expiry')).toMatchObject([{ amount: -50, reason: 'expiry:a' }]);
  });

  it('takes nothing of what is spent or set aside, and never goes below zero', async () => {
    await pay('a', going, true);
    await spend(30);
    await world.database.transaction(({ ledger }) =>
      ledger.write(hold({ owner: someone, account: 'generation:open', held: 20 }), now()),
    );
    world.clock.advance(period);
    expect(await parts.expire.execute()).toBe(1);
    expect(await balance()).toBe(0);
    expect(await entries('expiry')).toEqual([]);
  });

  it.each(['refunded', 'refunding', 'charged_back'] as const)(
    'does not touch one that is %s',
    async (state) => {
      await pay('a', going, true);
      if (state === 'charged_back') await parts.bookRefund.execute('a', now());
      else {
        if (state === 'refunding') payments.answers.push(new Error('dead'));
        await parts.refundPayment.execute('a', someone);
      }
      world.clock.advance(period);
      expect(await parts.expire.execute()).toBe(0);
      expect(await balance()).toBe(0);
      expect(await entries('expiry')).toEqual([]);
    },
  );

  it('takes it once when two ask at once, and nothing that is given back at that moment', async () => {
    await pay('a', going, true);
    await pay('b', going, true);
    world.clock.advance(period);
    const { expire, refundPayment } = parts;
    await Promise.all([expire.execute(), refundPayment.execute('a', null), expire.execute()]);
    expect(await balance()).toBe(0);
    expect(await entries('expiry')).toMatchObject([{ amount: -50, reason: 'expiry:b' }]);
    expect(await entries('payback')).toHaveLength(1);
    expect(await world.database.stores.payments.find('a')).toMatchObject({
      status: 'refunded',
      expired: null,
    });
  });

  it('and a refund or a chargeback after it add up', async () => {
    await pay('a', going, true);
    await pay('b', going, true);
    await spend(20);
    world.clock.advance(period);
    await parts.expire.execute();
    const before = await balance();
    await parts.refundPayment.execute('a', null);
    expect(await balance()).toBe(before);
    await parts.bookRefund.execute('b', now());
    const expired = (await world.database.stores.payments.find('b'))?.expired ?? 0;
    expect(await balance()).toBe(before - (50 - expired));
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });
});
