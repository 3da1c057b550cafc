import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());
beforeEach(() => opened.clear());

it('a refund by the operator waits for an order of the same moment, and takes what that leaves', async () => {
  const { database, pool } = opened;
  const payments = new FakePayments();
  const log = new RecordingLogger();
  const refundPayment = new RefundPayment({
    ...{ database, payments, log, clock: new FakeClock() },
    sales: { offers: [], refundDays: 14, referralCredits: 0 },
    cancelSubscription: new CancelSubscription({ database, payments, log }),
  });
  await givenUser(database.stores, { id: someone, credits: 50 });
  await database.stores.payments.add(aPayment({ charge: 'a' }));
  const isWaitedFor = async () => (await pool.query('select from pg_locks where not granted')).rowCount !== 0;
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
