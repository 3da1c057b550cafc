import { beforeEach, describe, expect, it } from 'vitest';
import { GrantCredits } from '../../../src/application/account/grant-credits.js';
import { KeepIntent } from '../../../src/application/operator/keep-intent.js';
import { SettlePayment } from '../../../src/application/operator/payments/settle-payment.js';
import { StopRefund } from '../../../src/application/operator/payments/stop-refund.js';
import { BlockPerson } from '../../../src/application/operator/people/block-person.js';
import { ConfirmAct } from '../../../src/application/operator/people/confirm-act.js';
import { MessagePerson } from '../../../src/application/operator/people/message-person.js';
import { ReturnPayment } from '../../../src/application/operator/people/return-payment.js';
import { TakeBackCredits } from '../../../src/application/operator/people/take-back-credits.js';
import { UnblockPerson } from '../../../src/application/operator/people/unblock-person.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { RefundPayment } from '../../../src/application/payments/refund-payment.js';
import { userId } from '../../../src/domain/ids.js';
import type { IntendedAct } from '../../../src/domain/operator/intent.js';
import { bought } from '../../../src/domain/payments/payment.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { aPayment, aSubscription } from '../../support/builders/a-payment.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const [admin, another] = [userId('7'), userId('8')];
let world: GenerationWorld;
let payments: FakePayments;
let told: unknown[];
let keep: (act: IntendedAct) => Promise<string>;
let confirm: ConfirmAct;

beforeEach(async () => {
  world = new GenerationWorld();
  payments = new FakePayments();
  told = [];
  const { database, clock, ids, log, rules: policy } = world;
  const common = { database, clock, ids, log, policy };
  const sales = { offers: [], refundDays: 14, referralCredits: 0 };
  const messenger = {
    tell: async (...words: unknown[]) => {
      told.push(words);
      return 'sent' as const;
    },
  };
  const cancelSubscription = new CancelSubscription({ ...common, payments });
  const refundPayment = new RefundPayment({ ...common, payments, sales, cancelSubscription });
  const keepIntent = new KeepIntent(common);
  keep = (act) => keepIntent.execute(act, { admin });
  confirm = new ConfirmAct({
    ...{ ...common, messenger, refundPayment },
    grantCredits: new GrantCredits(common),
    takeBackCredits: new TakeBackCredits(common),
    returnPayment: new ReturnPayment({ ...common, refundPayment }),
    settlePayment: new SettlePayment(common),
    stopRefund: new StopRefund({ ...common, refundPayment }),
    messagePerson: new MessagePerson({ ...common, messenger }),
    blockPerson: new BlockPerson({ ...common, cancelSubscription }),
  });
  await givenUser(database.stores, { id: someone, credits: 10 });
});

const balance = async () => (await world.stores.ledger.account(someone)).balance;
const acts = async () => (await world.stores.operatorActs.list(9)).map(({ act }) => act);
/** Somebody who pays every month. */
async function subscribed(): Promise<void> {
  const subscription = aSubscription({ user: someone });
  for (const charge of new Set([subscription.firstCharge, subscription.latestCharge]))
    await world.stores.payments.add(aPayment({ user: someone, charge }));
  await world.stores.subscriptions.put(subscription);
}

const over = { code: 'intent_over' };

describe('ConfirmAct', () => {
  it('does what was asked, once, also for twenty taps at once', async () => {
    const intent = await keep({ act: 'grant', user: someone, credits: 50, why: 'a gift' });
    const taps = await Promise.allSettled(
      Array.from({ length: 20 }, () => confirm.execute(intent, { admin })),
    );
    expect(taps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await balance()).toBe(60);
    expect(await acts()).toEqual(['grant']);
  });

  it('does nothing for another operator, or after a quarter of an hour', async () => {
    const intent = await keep({ act: 'grant', user: someone, credits: 50, why: 'a gift' });
    await expect(confirm.execute(intent, { admin: another })).rejects.toMatchObject(over);
    world.clock.advance(15 * 60);
    await expect(confirm.execute(intent, { admin })).rejects.toMatchObject(over);
    expect(await balance()).toBe(10);
    expect(await acts()).toEqual([]);
  });

  it('takes no more than there is, and can be confirmed when there is enough', async () => {
    const intent = await keep({ act: 'take-back', user: someone, credits: 30, why: 'given twice' });
    await expect(confirm.execute(intent, { admin })).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(await acts()).toEqual([]);
    const more = { user: someone, kind: 'grant', amount: 30, reason: 'grant:more' } as const;
    await world.stores.ledger.write([more], world.clock.now());
    expect(await confirm.execute(intent, { admin })).toMatchObject({ came: 'done' });
    expect(await balance()).toBe(10);
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });

  it('gives a payment back with what is left of it, and says how that came', async () => {
    const payment = aPayment({ user: someone, credits: 50, stars: 100, paidAt: longAgo });
    await world.stores.payments.add(payment);
    await world.stores.ledger.write(bought(payment), longAgo);
    const hold = { user: someone, kind: 'hold', amount: -40, reason: 'hold:generation:x' } as const;
    await world.stores.ledger.write([hold], longAgo);
    const intent = await keep({ act: 'refund', user: someone, charge: payment.charge, why: 'a mistake' });
    expect(await confirm.execute(intent, { admin })).toMatchObject({ came: 'done' });
    expect(await balance()).toBe(0);
    expect(await world.stores.payments.find(payment.charge)).toMatchObject({ status: 'refunded', taken: 20 });
    expect(await world.stores.operatorActs.list(9)).toMatchObject([
      { act: 'refund', subject: someone, why: 'a mistake', details: { stars: 100, credits: 20 } },
    ]);
  });

  it('blocks somebody once, and ends what they pay for every month', async () => {
    await subscribed();
    const intent = await keep({ act: 'block', user: someone, why: 'threats' });
    await confirm.execute(intent, { admin });
    expect(await world.stores.blocks.find(someone)).toMatchObject({ user: someone, why: 'threats' });
    expect(await world.stores.subscriptions.list(someone)).toMatchObject([{ state: 'canceled' }]);
    const again = await keep({ act: 'block', user: someone, why: null });
    await expect(confirm.execute(again, { admin })).rejects.toMatchObject({ code: 'wrong_state' });
    const { database, clock } = world;
    const unblock = new UnblockPerson({ database, clock });
    await unblock.execute({ user: someone, why: null }, { admin });
    await expect(unblock.execute({ user: someone, why: null }, { admin })).rejects.toMatchObject({
      refusal: { code: 'decided_before', by: admin },
    });
    expect(await world.stores.blocks.find(someone)).toBeNull();
    expect(await acts()).toEqual(['unblock', 'block']);
  });

  it('blocks also where the provider cannot be asked, and says so in the log', async () => {
    await subscribed();
    payments.cancelAnswers.push(new Error('the line is dead'));
    const intent = await keep({ act: 'block', user: someone, why: null });
    expect(await confirm.execute(intent, { admin })).toMatchObject({ came: 'done' });
    expect(await world.stores.blocks.find(someone)).not.toBeNull();
    expect(world.log.at('error')).toEqual([expect.stringContaining('subscription')]);
  });

  it('sends a message once, and keeps nothing of its words', async () => {
    const intent = await keep({ act: 'message', user: someone, message: '7:12' });
    await confirm.execute(intent, { admin });
    await expect(confirm.execute(intent, { admin })).rejects.toMatchObject(over);
    expect(told).toEqual([[someone, { message: '7:12' }]]);
    expect(await world.stores.operatorActs.list(9)).toMatchObject([
      { act: 'message', why: null, details: {} },
    ]);
  });
});
