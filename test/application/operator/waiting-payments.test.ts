import { beforeEach, describe, expect, it } from 'vitest';
import { ListWaitingPayments } from '../../../src/application/operator/payments/list-waiting-payments.js';
import { SettlePayment } from '../../../src/application/operator/payments/settle-payment.js';
import { StopRefund } from '../../../src/application/operator/payments/stop-refund.js';
import { BookPayment } from '../../../src/application/payments/book-payment.js';
import { BookRefund } from '../../../src/application/payments/book-refund.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { TellMoney } from '../../../src/application/payments/tell-money.js';
import { userId } from '../../../src/domain/ids.js';
import { payloadOf } from '../../../src/domain/payments/offer.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { RecordingMoneyChannel } from '../../fakes/recording-money-channel.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const offer = anOffer();
const by = { admin: userId('7') };
const halfAnHour = 1800;

let world: GenerationWorld;
let payments: FakePayments;
let channel: RecordingMoneyChannel;
let parts: ReturnType<typeof partsOf>;

function partsOf() {
  const { database, clock, ids, log, rules: policy } = world;
  const sales = { offers: [offer], refundDays: 14, referralCredits: 0 };
  const common = { database, clock, ids, log, policy, payments, sales };
  const refundPayment = new RefundPayment({
    ...common,
    cancelSubscription: new CancelSubscription(common),
  });
  return {
    refundPayment,
    book: new BookPayment(common),
    bookRefund: new BookRefund(common),
    list: new ListWaitingPayments(common),
    settle: new SettlePayment(common),
    stop: new StopRefund({ ...common, refundPayment }),
    tell: new TellMoney({ ...common, channel }),
  };
}

beforeEach(async () => {
  world = new GenerationWorld();
  payments = new FakePayments();
  channel = new RecordingMoneyChannel();
  parts = partsOf();
  await world.stores.payments.keepOffers([offer]);
});

const buy = (charge: string, payload = payloadOf(offer)) =>
  parts.book.execute({
    ...{ charge, payer: someone, payload, stars: 100, at: world.clock.now() },
    ...{ until: null, isFirst: null },
  });
const waiting = async () =>
  (await parts.list.execute(10)).map(({ payment, waits }) => `${payment.charge} ${waits}`);
const balance = async () => (await world.stores.ledger.account(someone)).balance;
const acts = async () =>
  (await world.stores.operatorActs.list(9)).map(({ act, details }) => ({ act, details }));

describe('a refund that the provider answers neither yes nor no', () => {
  beforeEach(async () => {
    await buy('a');
    payments.answers.push(new Error('the line is dead'));
    await parts.refundPayment.execute('a', someone);
  });

  it('waits for an operator after half an hour, until there is an answer', async () => {
    world.clock.advance(halfAnHour - 1);
    expect(await waiting()).toEqual([]);
    world.clock.advance(1);
    expect(await waiting()).toEqual(['a refund']);
    await parts.refundPayment.execute('a', null);
    expect(await waiting()).toEqual([]);
    expect(await balance()).toBe(0);
  });

  it('counts the half hour anew where it was refused and is begun once more', async () => {
    payments.answers.push({ is: 'refused', reason: 'no' }, new Error('the line is dead'));
    await parts.refundPayment.execute('a', someone);
    world.clock.advance(halfAnHour);
    await parts.refundPayment.execute('a', someone);
    expect(await waiting()).toEqual([]);
    world.clock.advance(halfAnHour);
    expect(await waiting()).toEqual(['a refund']);
  });

  it('is stopped by an operator with its credits back, once, and not before its time', async () => {
    await expect(parts.stop.execute({ charge: 'a', why: null }, by)).rejects.toMatchObject({
      code: 'wrong_state',
    });
    world.clock.advance(halfAnHour);
    const stopped = await parts.stop.execute({ charge: 'a', why: 'still ours' }, by);
    expect(stopped).toMatchObject({ status: 'paid', taken: 0 });
    expect(await balance()).toBe(50);
    expect(await waiting()).toEqual([]);
    await expect(parts.stop.execute({ charge: 'a', why: null }, by)).rejects.toMatchObject({
      code: 'wrong_state',
    });
    world.clock.advance(60);
    await parts.tell.execute(someone);
    expect(channel.lines.filter((line) => line.includes(' refund a'))).toEqual([`${someone} refund a paid`]);
    expect(await acts()).toEqual([{ act: 'refund-stop', details: { charge: 'a', stars: 100, credits: 50 } }]);
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });

  it('loses nothing where the Stars go after it was stopped: the credits go with them', async () => {
    world.clock.advance(halfAnHour);
    await parts.stop.execute({ charge: 'a', why: null }, by);
    expect(await parts.bookRefund.execute('a', world.clock.now())).toMatchObject({ status: 'charged_back' });
    expect(await balance()).toBe(0);
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });

  it('is not undone by an answer that comes after it was stopped', async () => {
    world.clock.advance(halfAnHour);
    const begun = await world.stores.payments.find('a');
    await parts.stop.execute({ charge: 'a', why: null }, by);
    payments.answers.push({ is: 'refused', reason: 'no' });
    if (begun !== null) await parts.refundPayment.finish(begun);
    expect(await balance()).toBe(50);
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });
});

describe('money for an offer that nobody knows', () => {
  beforeEach(() => buy('a', 'another program'));

  it('waits for an operator, who gives credits for it: a receipt comes, and it can go back', async () => {
    await parts.tell.execute(someone);
    expect(await waiting()).toEqual(['a offer']);
    await parts.settle.execute({ charge: 'a', credits: 120, why: 'an old invoice' }, by);
    expect(await waiting()).toEqual([]);
    expect(await balance()).toBe(120);
    await parts.tell.execute(someone);
    expect(channel.lines).toEqual([`${someone} receipt a`, `${someone} receipt a`]);
    expect(await acts()).toEqual([
      { act: 'payment-settle', details: { charge: 'a', stars: 100, credits: 120 } },
    ]);
    expect(await parts.refundPayment.execute('a', null)).toMatchObject({ status: 'refunded', taken: 120 });
    expect(await balance()).toBe(0);
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });

  it('is settled once, of twenty who do so at once', async () => {
    const settle = () => parts.settle.execute({ charge: 'a', credits: 120, why: 'x' }, by);
    const settled = await Promise.allSettled(Array.from({ length: 20 }, settle));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await balance()).toBe(120);
  });

  it('goes back by an operator, or is taken off the list without credits', async () => {
    await buy('b', 'another program');
    expect(await parts.refundPayment.execute('a', null)).toMatchObject({ status: 'refunded' });
    expect(await waiting()).toEqual(['b offer']);
    await parts.settle.execute({ charge: 'b', credits: 0, why: 'given by hand' }, by);
    expect(await waiting()).toEqual([]);
    expect(await balance()).toBe(0);
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });

  it('is no payment for an offer that is known', async () => {
    await buy('b');
    expect(await waiting()).toEqual(['a offer']);
    await expect(parts.settle.execute({ charge: 'b', credits: 1, why: 'x' }, by)).rejects.toMatchObject({
      code: 'wrong_state',
    });
    await expect(parts.settle.execute({ charge: 'c', credits: 1, why: 'x' }, by)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
