import { beforeEach, describe, expect, it } from 'vitest';
import { BookPayment } from '../../../src/application/payments/book-payment.js';
import { BookRefund } from '../../../src/application/payments/book-refund.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { ReconcilePayments } from '../../../src/application/payments/reconcile-payments.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { SettleReferrals } from '../../../src/application/payments/settle-referrals.js';
import { TellMoney } from '../../../src/application/payments/tell-money.js';
import { DeliveryDelayed } from '../../../src/application/ports/transport.js';
import type { UserId } from '../../../src/domain/ids.js';
import { payloadOf } from '../../../src/domain/payments/offer.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMoneyChannel } from '../../fakes/recording-money-channel.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const offer = anOffer();

let world: GenerationWorld;
let payments: FakePayments;
let log: RecordingLogger;
let channel: RecordingMoneyChannel;
let parts: ReturnType<typeof partsOf>;

function partsOf() {
  const { database, clock, ids, rules: policy } = world;
  const sales = { offers: [offer], refundDays: 14, referralCredits: 30 };
  const common = { database, clock, ids, log, policy, payments, sales, channel };
  const bookPayment = new BookPayment(common);
  const bookRefund = new BookRefund(common);
  const cancelSubscription = new CancelSubscription(common);
  const refundPayment = new RefundPayment({ ...common, cancelSubscription });
  const use = { bookPayment, bookRefund, cancelSubscription, refundPayment };
  return {
    ...use,
    reconcile: new ReconcilePayments({ ...common, ...use }),
    settleReferrals: new SettleReferrals(common),
    tell: new TellMoney(common),
  };
}

beforeEach(async () => {
  world = new GenerationWorld();
  payments = new FakePayments();
  log = new RecordingLogger();
  channel = new RecordingMoneyChannel();
  parts = partsOf();
  await world.database.stores.payments.keepOffers([offer]);
});

const buy = (charge: string, payer = someone) =>
  parts.bookPayment.execute({
    ...{ charge, payer, payload: payloadOf(offer), stars: 100, at: world.clock.now() },
    ...{ until: null, isFirst: null },
  });
/** As workers do it, several at a time. */
const tellAll = () => Promise.all([parts.tell.execute(), parts.tell.execute()]);
const later = (seconds: number) => {
  world.clock.advance(seconds);
  return tellAll();
};

describe('a receipt', () => {
  it('is shown once, whether the payment was told, found in the books, or both', async () => {
    payments.pay('a', someone, offer, longAgo);
    payments.pay('b', somebodyElse, offer, longAgo);
    await parts.reconcile.execute();
    await tellAll();
    await buy('a');
    await later(600);
    expect(channel.lines).toEqual([`${someone} receipt a`, `${somebodyElse} receipt b`]);
    expect((await world.database.stores.payments.find('a'))?.toldAt).not.toBeNull();
  });

  it('is shown at once to whoever paid, and to nobody else meanwhile', async () => {
    await buy('a');
    await buy('b', somebodyElse);
    await parts.tell.execute(someone);
    expect(channel.lines).toEqual([`${someone} receipt a`]);
  });

  it('that an earlier release still owes is shown when its message comes again', async () => {
    await givenUser(world.database.stores, { id: someone });
    await world.database.stores.payments.add(aPayment({ charge: 'a' }));
    await buy('a');
    await tellAll();
    expect(channel.lines).toEqual([`${someone} receipt a`]);
  });

  it('is not taken for shown while Telegram is away, and waits as long as that asks for', async () => {
    await buy('a');
    channel.answers.push(new Error('dead'), new DeliveryDelayed('later', 100));
    await tellAll();
    await later(4);
    expect(channel.tries).toBe(1);
    await later(1);
    expect(channel.tries).toBe(2);
    await later(99);
    expect(channel.tries).toBe(2);
    await later(1);
    expect(channel.lines).toEqual([`${someone} receipt a`]);
  });

  it('comes again once, after a minute, when a process dies between saying it and writing that down', async () => {
    await buy('a');
    const { moneyMessages } = world.database.stores;
    await moneyMessages.take(world.clock.now(), new Date(world.clock.now().getTime() + 60_000));
    await later(59);
    expect(channel.lines).toEqual([]);
    await later(1);
    await later(600);
    expect(channel.lines).toEqual([`${someone} receipt a`]);
  });

  it('is given up after a week, and is nothing to whoever has blocked the bot', async () => {
    await buy('a');
    channel.answers.push({ kind: 'unreachable', reason: 'blocked' });
    await tellAll();
    await later(600);
    expect(channel.tries).toBe(1);
    await buy('b');
    world.clock.advance(8 * 86_400);
    channel.answers.push(new Error('dead'));
    await tellAll();
    await later(6000);
    expect(channel.tries).toBe(2);
    expect(log.lines.at(-1)?.level).toBe('error');
  });

  it('is not shown again when a process dies right after noting that it was', async () => {
    await buy('a');
    await world.database.stores.payments.markTold('a', world.clock.now());
    await tellAll();
    expect(channel.tries).toBe(0);
  });

  it('is not owed to whoever has left', async () => {
    await buy('a');
    await world.database.stores.personal.forget(someone);
    await tellAll();
    expect(channel.tries).toBe(0);
  });
});

describe('of what went back', () => {
  const refund = (by: UserId | null = someone) => parts.refundPayment.execute('a', by);
  beforeEach(async () => {
    payments.pay('a', someone, offer, world.clock.now());
    await parts.reconcile.execute();
    await tellAll();
    channel.lines.length = 0;
  });

  it('whoever tapped hears by the answer, and nothing more', async () => {
    await refund();
    await parts.tell.answered('a');
    await later(3600);
    expect(channel.lines).toEqual([]);
  });

  it('whoever got no answer to their tap hears of it all the same', async () => {
    await refund();
    await later(59);
    expect(channel.lines).toEqual([]);
    await later(1);
    expect(channel.lines).toEqual([`${someone} refund a refunded`]);
  });

  it('whoever was told that it is under way hears how it ended, once', async () => {
    payments.answers.push('silent');
    expect(await refund()).toMatchObject({ status: 'refunding' });
    await later(600);
    expect(channel.lines).toEqual([]);
    await parts.reconcile.execute();
    await later(60);
    await parts.reconcile.execute();
    await later(600);
    expect(channel.lines).toEqual([`${someone} refund a refunded`]);
  });

  it('and whoever is refused in the end', async () => {
    payments.answers.push(new Error('dead'), { is: 'refused', reason: 'CHARGE_ID_INVALID' });
    await refund();
    await parts.reconcile.execute();
    await later(60);
    expect(channel.lines).toEqual([`${someone} refund a paid`]);
  });

  it('whoever the operator gives it back to hears of it', async () => {
    await refund(null);
    await later(60);
    expect(channel.lines).toEqual([`${someone} refund a refunded`]);
  });

  it('whoever it was taken away from hears of it once, whichever way it is known', async () => {
    payments.takeBack('a');
    await parts.bookRefund.execute('a', world.clock.now());
    await parts.reconcile.execute();
    await later(60);
    await parts.bookRefund.execute('a', world.clock.now());
    await later(600);
    expect(channel.lines).toEqual([`${someone} refund a charged_back`]);
  });
});

describe('of a reward', () => {
  const friend = somebodyElse;
  beforeEach(async () => {
    const { users, referrals, ledger } = world.database.stores;
    for (const id of [someone, friend]) await users.ensure({ id, now: longAgo });
    await referrals.add({ friend, by: someone, at: longAgo });
    await buy('a', friend);
    await parts.tell.execute(friend);
    channel.lines.length = 0;
    await ledger.write(
      [{ user: friend, kind: 'capture', amount: -5, reason: 'capture:x' }],
      world.clock.now(),
    );
  });

  it('whoever invited hears once', async () => {
    await parts.settleReferrals.execute();
    await tellAll();
    await parts.settleReferrals.execute();
    await later(600);
    expect(channel.lines).toEqual([`${someone} reward 30`]);
  });

  it('nobody hears that is gone again', async () => {
    await parts.settleReferrals.execute();
    await parts.bookRefund.execute('a', world.clock.now());
    await parts.settleReferrals.execute();
    await tellAll();
    expect(channel.lines).toEqual([]);
  });
});
