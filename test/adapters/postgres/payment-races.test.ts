import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BookPayment } from '../../../src/application/payments/book-payment.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { payloadOf } from '../../../src/domain/payments/offer.js';
import { GenerationWorld } from '../../application/generation/generation-world.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { aPercentPromo } from '../../support/builders/a-promo.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());
beforeEach(() => opened.clear());

const isWaitedFor = async () =>
  (await opened.pool.query('select from pg_locks where not granted')).rowCount !== 0;

it('a refund by the operator waits for an order of the same moment, and takes what that leaves', async () => {
  const { database } = opened;
  const payments = new FakePayments();
  const log = new RecordingLogger();
  const refundPayment = new RefundPayment({
    ...{ database, payments, log, clock: new FakeClock() },
    sales: { offers: [], refundDays: 14, referralCredits: 0 },
    cancelSubscription: new CancelSubscription({ database, payments, log }),
  });
  await givenUser(database.stores, { id: someone, credits: 50 });
  await database.stores.payments.add(aPayment({ charge: 'a' }));
  let refund: Promise<unknown> = Promise.resolve();
  await database.transaction(async ({ ledger }) => {
    await ledger.write([{ user: someone, kind: 'hold', amount: -20, reason: 'hold:generation:x' }], longAgo);
    refund = refundPayment.execute('a', null);
    // Whoever fails before that is heard of below.
    refund.catch(() => undefined);
    await expect.poll(isWaitedFor).toBe(true);
  });
  expect(await refund).toMatchObject({ status: 'refunded', taken: 30 });
  expect(await database.stores.ledger.account(someone)).toMatchObject({ balance: 0, held: 20 });
});

it('of two payments that are booked at once, one gets what a promo code puts on top', async () => {
  const { database, pool } = opened;
  const { ids, rules: policy } = new GenerationWorld();
  const bookPayment = new BookPayment({
    database,
    ids,
    policy,
    ...{ clock: new FakeClock(), log: new RecordingLogger() },
  });
  const offer = anOffer();
  const promo = aPercentPromo();
  await givenUser(database.stores, { id: someone });
  await database.stores.payments.keepOffers([offer]);
  await database.stores.promos.add(promo);
  await database.stores.promos.redeem(promo, someone, longAgo);
  const paid = (charge: string) => ({
    ...{
      charge,
      payer: someone,
      payload: payloadOf(offer),
      stars: 100,
      at: longAgo,
      until: null,
      isFirst: null,
    },
  });
  let second: Promise<unknown> = Promise.resolve();
  await database.transaction(async (stores) => {
    expect(await bookPayment.within(stores, paid('a'))).toMatchObject({ credits: 60, bonus: 20 });
    second = bookPayment.execute(paid('b'));
    // Whoever fails before that is heard of below.
    second.catch(() => undefined);
    await expect.poll(isWaitedFor).toBe(true);
  });
  expect(await second).toMatchObject({ credits: 50, bonus: 0 });
  expect(await database.stores.ledger.account(someone)).toMatchObject({ balance: 110 });
  const { rows } = await pool.query('select sum(credits)::int as credits from payments');
  expect(rows).toEqual([{ credits: 110 }]);
  expect(await database.stores.promos.redeemed(someone)).toMatchObject([{ charge: 'a' }]);
  expect(await database.stores.ledger.breaches()).toEqual([]);
});
