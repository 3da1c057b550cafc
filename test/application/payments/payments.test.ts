import { beforeEach, describe, expect, it } from 'vitest';
import { BookPayment } from '../../../src/application/payments/book-payment.js';
import { BookRefund } from '../../../src/application/payments/book-refund.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { CheckCheckout } from '../../../src/application/payments/check-checkout.js';
import { ReconcilePayments } from '../../../src/application/payments/reconcile-payments.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { hold, mostCredits, settle } from '../../../src/domain/ledger.js';
import { payloadOf } from '../../../src/domain/payments/offer.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const offer = anOffer();
const day = 86_400;
const onlyOnce = { until: null, isFirst: null };

let world: GenerationWorld;
let payments: FakePayments;
let log: RecordingLogger;
let parts: ReturnType<typeof partsOf>;

function partsOf(offers = [offer]) {
  const { database, clock, ids, rules: policy } = world;
  const common = {
    database,
    clock,
    ids,
    log,
    policy,
    payments,
    sales: { offers, refundDays: 14, referralCredits: 0 },
  };
  const bookPayment = new BookPayment(common);
  const cancelSubscription = new CancelSubscription(common);
  const refundPayment = new RefundPayment({ ...common, cancelSubscription });
  return {
    bookPayment,
    refundPayment,
    check: new CheckCheckout(common),
    reconcile: new ReconcilePayments({
      ...common,
      bookPayment,
      refundPayment,
      cancelSubscription,
      bookRefund: new BookRefund(common),
    }),
  };
}

beforeEach(async () => {
  world = new GenerationWorld();
  payments = new FakePayments();
  log = new RecordingLogger();
  parts = partsOf();
  await world.database.stores.payments.keepOffers([offer]);
});

const buy = (charge: string, payer = someone, payload = payloadOf(offer)) =>
  parts.bookPayment.execute({ charge, payer, payload, stars: 100, at: world.clock.now(), ...onlyOnce });
const balance = async (user = someone) => (await world.database.stores.ledger.account(user)).balance;
const statusOf = async (charge: string) => (await world.database.stores.payments.find(charge))?.status;
const spend = (credits: number, account = 'generation:a') =>
  world.database.transaction(async ({ ledger }) => {
    const job = { owner: someone, account, held: credits };
    await ledger.write([...hold(job), ...settle(job, credits)], world.clock.now());
  });

describe('CheckCheckout', () => {
  const checkout = { payer: someone, payload: payloadOf(offer), currency: 'XTR', amount: 100 };

  it('lets a payment go on whose terms are those of the offer', async () => {
    expect(await parts.check.execute(checkout)).toEqual(offer);
  });

  it('gives nothing for it: nobody has paid yet', async () => {
    await parts.check.execute(checkout);
    expect(await balance()).toBe(0);
    expect(await world.database.stores.payments.any()).toBe(false);
  });

  it('lets an old invoice go on under its own terms', async () => {
    await world.database.stores.payments.keepOffers([anOffer({ version: 2, stars: 150 })]);
    expect(await parts.check.execute(checkout)).toEqual(offer);
  });

  it.each([
    ['another amount', { amount: 99 }],
    ['another currency', { currency: 'EUR' }],
    ['a version that never was', { payload: 'offer:small:9' }],
    ['an offer that is sold no more', { payload: 'offer:gone:1' }],
    ['no invoice of ours', { payload: 'x' }],
  ])('refuses %s', async (_, change) => {
    await world.database.stores.payments.keepOffers([anOffer({ id: 'gone' })]);
    await expect(parts.check.execute({ ...checkout, ...change })).rejects.toMatchObject({
      code: 'offer_gone',
    });
  });

  it('refuses whoever may not come in', async () => {
    world = new GenerationWorld({ allowedUsers: new Set([somebodyElse]) });
    parts = partsOf();
    await world.database.stores.payments.keepOffers([offer]);
    await expect(parts.check.execute(checkout)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await parts.check.execute({ ...checkout, payer: somebodyElse })).toEqual(offer);
  });

  it('refuses whoever is blocked, also where everybody may come in', async () => {
    await world.database.stores.blocks.block({ user: someone, at: world.clock.now(), why: null });
    await expect(parts.check.execute(checkout)).rejects.toMatchObject({ code: 'person_blocked' });
    expect(await parts.check.execute({ ...checkout, payer: somebodyElse })).toEqual(offer);
  });

  it('refuses more than an account can hold', async () => {
    await buy('any');
    await world.database.transaction(({ ledger }) =>
      ledger.write([{ user: someone, kind: 'grant', amount: mostCredits - 60, reason: 'grant:x' }], longAgo),
    );
    await expect(parts.check.execute(checkout)).rejects.toMatchObject({ code: 'too_many_credits' });
  });
});

describe('BookPayment', () => {
  it('credits whoever paid, once for a charge, however often it is told', async () => {
    await Promise.all([buy('a'), buy('a'), buy('a')]);
    await buy('a');
    expect(await balance()).toBe(50);
    await buy('b');
    expect(await balance()).toBe(100);
  });

  it('credits two who pay one invoice', async () => {
    await buy('a');
    await buy('b', somebodyElse);
    expect([await balance(), await balance(somebodyElse)]).toEqual([50, 50]);
  });

  it('gives what the invoice says, also when the offer has changed since', async () => {
    await world.database.stores.payments.keepOffers([anOffer({ version: 2, credits: 5 })]);
    await buy('a');
    expect(await balance()).toBe(50);
  });

  it('keeps money that names no offer of ours, and tells the operator', async () => {
    await buy('a', someone, 'somebody else’s invoice');
    expect(await world.database.stores.payments.find('a')).toMatchObject({
      stars: 100,
      credits: 0,
      offer: null,
    });
    expect(await balance()).toBe(0);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });
});

describe('RefundPayment', () => {
  beforeEach(() => buy('a'));
  const refund = (by: typeof someone | null = someone, charge = 'a') =>
    parts.refundPayment.execute(charge, by);

  it('gives an untouched payment back to its owner', async () => {
    expect(await refund()).toMatchObject({ status: 'refunded', taken: 50 });
    expect(await balance()).toBe(0);
    expect(payments.refunds).toEqual(['a']);
  });

  it('gives it back once', async () => {
    await refund();
    await expect(refund()).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(refund(null)).rejects.toMatchObject({ code: 'wrong_state' });
    expect(payments.refunds).toEqual(['a']);
  });

  it('gives it back once to two who ask at the same moment', async () => {
    await Promise.allSettled([refund(), refund()]);
    expect(await balance()).toBe(0);
    expect(await statusOf('a')).toBe('refunded');
  });

  it('does not give a touched one back to its owner, but for the operator, less what is spent', async () => {
    await spend(1);
    await expect(refund()).rejects.toMatchObject({ code: 'not_refundable' });
    expect(await balance()).toBe(49);
    expect(await refund(null)).toMatchObject({ status: 'refunded', taken: 49 });
    expect(await balance()).toBe(0);
  });

  it('takes what is set aside for an open job for spent', async () => {
    await world.database.transaction(({ ledger }) =>
      ledger.write(hold({ owner: someone, account: 'generation:a', held: 50 }), longAgo),
    );
    await expect(refund()).rejects.toMatchObject({ code: 'not_refundable' });
    expect(payments.refunds).toEqual([]);
  });

  it('gives it back within the days that the operator allows, and not after', async () => {
    world.clock.advance(14 * day);
    expect(await refund()).toMatchObject({ status: 'refunded' });
    await buy('b');
    world.clock.advance(14 * day + 1);
    await expect(refund(someone, 'b')).rejects.toMatchObject({ code: 'not_refundable' });
  });

  it("never gives somebody else's back", async () => {
    await expect(refund(somebodyElse)).rejects.toMatchObject({ code: 'not_found' });
    expect(payments.refunds).toEqual([]);
  });

  it('leaves the credits where Telegram refuses, and can be asked again', async () => {
    payments.answers.push({ is: 'refused', reason: 'CHARGE_ID_INVALID' });
    expect(await refund()).toMatchObject({ status: 'paid', taken: 0, refusals: 1 });
    expect(await balance()).toBe(50);
    expect(await refund()).toMatchObject({ status: 'refunded' });
    expect(await balance()).toBe(0);
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });

  it('keeps the credits back while nobody knows, and ends it when it is known', async () => {
    payments.answers.push('silent', new Error('still dead'));
    expect(await refund()).toMatchObject({ status: 'refunding' });
    expect(await balance()).toBe(0);
    expect(await refund()).toMatchObject({ status: 'refunding' });
    expect(await refund()).toMatchObject({ status: 'refunded' });
    expect(await balance()).toBe(0);
  });
});

describe('ReconcilePayments', () => {
  it('books a payment whose message was lost, and none twice', async () => {
    payments.pay('a', someone, offer, longAgo);
    payments.pay('b', someone, offer, longAgo);
    await buy('a');
    expect(await parts.reconcile.execute()).toBe(2);
    expect(await balance()).toBe(100);
    await buy('b');
    expect(await parts.reconcile.execute()).toBe(0);
    expect(await balance()).toBe(100);
  });

  it('reads on page by page', async () => {
    for (let index = 0; index < 250; index++) payments.pay(`c${index}`, someone, offer, longAgo);
    expect(await parts.reconcile.execute()).toBe(250);
    expect(await balance()).toBe(250 * 50);
    expect(await world.database.stores.starBooks.books()).toMatchObject({
      ...{ place: 250, last: 'payment:c249', paid: 25_000, refunded: 0, moved: 25_000_000 },
    });
  });

  it('takes all credits away with the money, also below zero, and nothing else can', async () => {
    payments.pay('a', someone, offer, longAgo);
    await parts.reconcile.execute();
    await spend(30);
    payments.takeBack('a');
    await parts.reconcile.execute();
    expect(await balance()).toBe(-30);
    expect(await statusOf('a')).toBe('charged_back');
    await expect(spend(5, 'generation:b')).rejects.toMatchObject({ code: 'insufficient_credits' });
    await parts.reconcile.execute();
    expect(await balance()).toBe(-30);
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });

  it('does not take a refund of ours for one of the store', async () => {
    payments.pay('a', someone, offer, longAgo);
    await parts.reconcile.execute();
    payments.answers.push('silent');
    await parts.refundPayment.execute('a', someone);
    await parts.reconcile.execute();
    expect(await statusOf('a')).toBe('refunded');
    // The books were read first: they say how it ended, and nobody is asked a second time.
    expect(payments.refunds).toEqual(['a']);
    expect(await balance()).toBe(0);
    expect(await world.database.stores.starBooks.totals()).toMatchObject({ paid: 100, refunded: 100 });
  });

  it('asks again about a refund that a kill left open', async () => {
    await buy('a');
    payments.pay('a', someone, offer, longAgo);
    payments.answers.push(new Error('killed before it was asked'));
    await parts.refundPayment.execute('a', someone);
    expect(await statusOf('a')).toBe('refunding');
    await parts.reconcile.execute();
    expect(await statusOf('a')).toBe('refunded');
    expect(payments.refunds).toEqual(['a', 'a']);
  });

  it('asks about all refunds that were begun while nobody could be asked', async () => {
    for (let index = 0; index < 30; index++) {
      await buy(`c${index}`);
      payments.pay(`c${index}`, someone, offer, longAgo);
      payments.answers.push(new Error('the line is dead'));
      await parts.refundPayment.execute(`c${index}`, null);
    }
    await parts.reconcile.execute();
    expect(await world.database.stores.payments.refunding(100)).toEqual([]);
  });

  it('does not undo a refund with the answer to an earlier one', async () => {
    await buy('a');
    payments.answers.push(new Error('the line is dead'));
    const earlier = await parts.refundPayment.execute('a', someone);
    const refused = { is: 'refused', reason: 'CHARGE_ID_INVALID' } as const;
    payments.answers.push(refused, new Error('the line is dead'), refused);
    await parts.refundPayment.finish(earlier);
    await parts.refundPayment.execute('a', someone);
    // Asked at the same time as the first of these, and told late.
    expect(await parts.refundPayment.finish(earlier)).toMatchObject({ status: 'refunding', taken: 50 });
    expect(await balance()).toBe(0);
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });

  it('is read by two at once without booking anything twice', async () => {
    for (let index = 0; index < 30; index++) payments.pay(`c${index}`, someone, offer, secondsLater(index));
    await Promise.all([parts.reconcile.execute(), parts.reconcile.execute()]);
    expect(await balance()).toBe(30 * 50);
    expect(await world.database.stores.starBooks.books()).toMatchObject({ place: 30, paid: 3000 });
  });

  it('reads other books from their beginning, where what is known is booked no second time', async () => {
    payments.pay('a', someone, offer, longAgo);
    payments.pay('b', someone, offer, longAgo);
    await parts.reconcile.execute();
    // Those of another bot, or set right by the provider.
    payments.books.splice(0, 1);
    payments.pay('c', someone, offer, longAgo);
    expect(await parts.reconcile.execute()).toBe(2);
    expect(await balance()).toBe(150);
    payments.books.length = 0;
    expect(await parts.reconcile.execute()).toBe(0);
    payments.pay('d', someone, offer, longAgo);
    expect(await parts.reconcile.execute()).toBe(1);
    expect(await balance()).toBe(200);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
  });

  it('goes on where nothing is sold any more, unless nobody has ever paid', async () => {
    parts = partsOf([]);
    payments.pay('a', someone, offer, longAgo);
    expect(await parts.reconcile.execute()).toBe(0);
    await buy('b');
    expect(await parts.reconcile.execute()).toBe(1);
  });

  const totals = () => world.database.stores.starBooks.totals();
  const differing = () => world.database.stores.starBooks.differing(10);

  it('finds no difference where each side has what the other has, refunds and commissions too', async () => {
    expect(await totals()).toMatchObject({ endAt: null, balance: null });
    await buy('a');
    payments.pay('a', someone, offer, world.clock.now(), { commission: 15_000 });
    await buy('b');
    payments.pay('b', someone, offer, world.clock.now());
    await parts.refundPayment.execute('b', someone);
    world.clock.advance(3600);
    await parts.reconcile.execute();
    expect(await differing()).toEqual([]);
    expect(await totals()).toEqual({
      ...{ paid: 200, refunded: 100, commission: 15_000, differing: 0, differingStars: 0 },
      ...{ endAt: world.clock.now(), balance: 100_000, unexplained: 0 },
    });
  });

  it('names a payment that Telegram does not know, once it could', async () => {
    await buy('a');
    world.clock.advance(300);
    await parts.reconcile.execute();
    expect(await differing()).toEqual([]);
    world.clock.advance(600);
    await parts.reconcile.execute();
    expect(await differing()).toEqual([{ charge: 'a', user: someone, stars: 100, kind: 'only_here' }]);
    expect(await totals()).toMatchObject({ differing: 1, differingStars: 100 });
  });

  it('says how much of the balance nothing explains, and nothing where Telegram does not say', async () => {
    payments.pay('a', someone, offer, longAgo, { commission: 15_000 });
    for (const explained of [100_000, 85_000]) {
      payments.balanceIs = explained;
      await parts.reconcile.execute();
      expect(await totals()).toMatchObject({ balance: explained, unexplained: 0 });
    }
    payments.balanceIs = 60_000;
    await parts.reconcile.execute();
    expect(await totals()).toMatchObject({ unexplained: -25_000 });
    payments.balanceIs = new Error('no such method');
    world.clock.advance(60);
    await parts.reconcile.execute();
    expect(await totals()).toMatchObject({ endAt: world.clock.now(), balance: null, unexplained: null });
  });
});
