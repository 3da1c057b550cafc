import { beforeEach, describe, expect, it } from 'vitest';
import { BookPayment } from '../../../src/application/payments/book-payment.js';
import { BookRefund } from '../../../src/application/payments/book-refund.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { CheckCheckout } from '../../../src/application/payments/check-checkout.js';
import { EndPromo } from '../../../src/application/payments/end-promo.js';
import { ReconcilePayments } from '../../../src/application/payments/reconcile-payments.js';
import { RedeemPromo } from '../../../src/application/payments/redeem-promo.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { mostCredits } from '../../../src/domain/ledger.js';
import { payloadOf } from '../../../src/domain/payments/offer.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { aPercentPromo } from '../../support/builders/a-promo.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const pack = anOffer({ id: 'large', credits: 120 });
const small = anOffer({ id: 'small', credits: 4 });
const month = anOffer({ id: 'month', kind: 'month', credits: 120 });
const promo = aPercentPromo({ uses: 2 });
const other = aPercentPromo({ code: 'ZZZZ', shown: 'ZZZZ', percent: 50, uses: 1 });

let world: GenerationWorld;
let payments: FakePayments;
let parts: ReturnType<typeof partsOf>;

function partsOf() {
  const { database, clock, ids, log, rules: policy } = world;
  const sales = { offers: [pack, small, month], refundDays: 14, referralCredits: 0 };
  const common = { database, clock, ids, log, policy, payments, sales };
  const bookPayment = new BookPayment(common);
  const cancelSubscription = new CancelSubscription(common);
  const refundPayment = new RefundPayment({ ...common, cancelSubscription });
  const bookRefund = new BookRefund(common);
  return {
    ...{ bookPayment, bookRefund, refundPayment },
    check: new CheckCheckout(common),
    redeemPromo: new RedeemPromo(common),
    endPromo: new EndPromo(common),
    reconcile: new ReconcilePayments({
      ...{ ...common, bookPayment, refundPayment, cancelSubscription, bookRefund },
    }),
  };
}

beforeEach(async () => {
  world = new GenerationWorld();
  payments = new FakePayments();
  parts = partsOf();
  const { stores } = world.database;
  await stores.payments.keepOffers([pack, small, month]);
  for (const each of [promo, other]) await stores.promos.add(each);
  for (const id of [someone, somebodyElse]) await givenUser(stores, { id });
});

const redeem = (code = promo.shown, owner = someone) => parts.redeemPromo.execute({ code }, { owner });
const buy = (charge: string, offer = pack, payer = someone) =>
  parts.bookPayment.execute({
    ...{ charge, payer, payload: payloadOf(offer), stars: offer.stars, at: world.clock.now() },
    ...{ until: offer.kind === 'month' ? secondsLater(2_592_000) : null, isFirst: null },
  });
const balance = async (user = someone) => (await world.database.stores.ledger.account(user)).balance;
const usesOf = async (code: string) => (await world.database.stores.promos.find(code))?.used;

describe('a code that gives percent', () => {
  it('gives nothing at once, and puts its credits on top of the next pack alone', async () => {
    expect(await redeem()).toEqual({ credits: null, percent: 20, isNew: true });
    expect(await redeem()).toEqual({ credits: null, percent: 20, isNew: false });
    expect(await balance()).toBe(0);
    expect(await buy('a')).toMatchObject({ credits: 144, bonus: 20, stars: pack.stars });
    expect(await world.database.stores.payments.find('a')).toMatchObject({ credits: 144, bonus: 20 });
    expect(await balance()).toBe(144);
    expect(await buy('b')).toMatchObject({ credits: 120, bonus: 0 });
    expect(await balance()).toBe(264);
    expect(await usesOf(promo.code)).toBe(1);
    expect(await world.database.stores.promos.redeemed(someone)).toMatchObject([
      { charge: 'a', percent: 20 },
    ]);
  });

  it('gives it once to a payment that is told often', async () => {
    await redeem();
    await Promise.all([buy('a'), buy('a')]);
    expect(await buy('a')).toMatchObject({ credits: 144 });
    expect(await balance()).toBe(144);
  });

  it('is not spent on a payment that was booked before it was sent in', async () => {
    await buy('a');
    await redeem();
    expect(await buy('a')).toMatchObject({ credits: 120, bonus: 0 });
    expect(await balance()).toBe(120);
    expect(await buy('b')).toMatchObject({ credits: 144 });
  });

  it('gives it also to a payment whose message was lost', async () => {
    await redeem();
    payments.pay('a', someone, pack, world.clock.now());
    await parts.reconcile.execute();
    expect(await buy('a')).toMatchObject({ credits: 144, bonus: 20 });
    expect(await balance()).toBe(144);
  });

  it('waits while a month is paid for, or a pack that is too small for it', async () => {
    await redeem();
    await buy('a', month);
    await buy('b', small);
    expect(await balance()).toBe(124);
    expect(await buy('c')).toMatchObject({ credits: 144 });
  });

  it('is whose it is', async () => {
    await redeem();
    expect(await buy('a', pack, somebodyElse)).toMatchObject({ credits: 120 });
  });

  it('goes back with its payment, all of it, and is not free again', async () => {
    await redeem();
    await buy('a');
    expect(await parts.refundPayment.execute('a', someone)).toMatchObject({ status: 'refunded', taken: 144 });
    expect(await balance()).toBe(0);
    expect(await redeem()).toMatchObject({ isNew: false });
    expect(await buy('b')).toMatchObject({ credits: 120 });
  });

  it('is taken away with money that somebody else took back', async () => {
    await redeem();
    await buy('a');
    await parts.bookRefund.execute('a', world.clock.now());
    expect(await balance()).toBe(0);
  });

  it('waits alone: another one keeps its use until then', async () => {
    await redeem();
    await expect(redeem(other.shown)).rejects.toMatchObject({
      refusal: { code: 'promo_waits' },
    });
    expect(await usesOf(other.code)).toBe(0);
    await buy('a');
    expect(await redeem(other.shown)).toMatchObject({ percent: 50, isNew: true });
    expect(await buy('b')).toMatchObject({ credits: 180, bonus: 50 });
  });

  it('has its limit and its end when it is sent in: what somebody has by then stays', async () => {
    await redeem(other.shown, somebodyElse);
    await expect(redeem(other.shown)).rejects.toMatchObject({ code: 'promo_refused' });
    await redeem();
    await parts.endPromo.execute(promo.shown, { admin: 'cli' });
    // One answer, also to whoever has another one waiting.
    await expect(redeem(promo.shown, somebodyElse)).rejects.toMatchObject({ code: 'promo_refused' });
    expect(await buy('a')).toMatchObject({ credits: 144 });
  });

  it('is counted before anybody pays: a payment that nobody can have is refused at the checkout', async () => {
    const grant = { user: someone, kind: 'grant', amount: mostCredits - 120, reason: 'grant:x' } as const;
    await world.database.transaction(({ ledger }) => ledger.write([grant], longAgo));
    const checkout = { payer: someone, payload: payloadOf(pack), currency: 'XTR', amount: pack.stars };
    expect(await parts.check.execute(checkout)).toEqual(pack);
    await redeem();
    await expect(parts.check.execute(checkout)).rejects.toMatchObject({ code: 'too_many_credits' });
  });
});
