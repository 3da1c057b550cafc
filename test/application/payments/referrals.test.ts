import { beforeEach, describe, expect, it } from 'vitest';
import { AdmitUser } from '../../../src/application/account/admit-user.js';
import { SettleReferrals } from '../../../src/application/payments/settle-referrals.js';
import { type UserId, userId } from '../../../src/domain/ids.js';
import type { PaymentStatus } from '../../../src/domain/payments/payment.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const friend = userId('3003');

let world: GenerationWorld;
let settle: SettleReferrals;

beforeEach(async () => {
  world = new GenerationWorld();
  const { database, clock } = world;
  const sales = { offers: [], refundDays: 14, referralCredits: 30 };
  settle = new SettleReferrals({ database, clock, log: new RecordingLogger(), sales });
  for (const id of [someone, somebodyElse]) await givenUser(database.stores, { id });
});

const start = (id: UserId, invitedBy?: UserId) => {
  const { database, clock, rules: policy } = world;
  const visitor = { id, displayName: 'Ada', language: 'en', invitedBy };
  return new AdmitUser({ database, clock, policy }).execute(visitor);
};
const came = async (by = someone) => (await world.database.stores.referrals.of(by)).came;
const balance = async (user = someone) => (await world.database.stores.ledger.account(user)).balance;
const payment = aPayment({ user: friend, paidAt: new Date('2026-01-01T11:00:00Z') });
const write = (user: UserId, kind: 'grant' | 'capture', amount: number) =>
  world.database.transaction(({ ledger }) =>
    ledger.write([{ user, kind, amount, reason: `${kind}:${user}:${amount}` }], world.clock.now()),
  );
const payAndOrder = async () => {
  const { payments } = world.database.stores;
  await payments.add({ ...payment, paidAt: world.clock.now() });
  await write(friend, 'grant', 50);
  await write(friend, 'capture', -5);
};
const becomes = (status: PaymentStatus, from: PaymentStatus = 'paid') =>
  world.database.stores.payments.change({ ...payment, status }, from);

describe('a first start by a link', () => {
  it('is remembered, once', async () => {
    await start(friend, someone);
    await start(friend, somebodyElse);
    expect([await came(), await came(somebodyElse)]).toEqual([1, 0]);
  });

  it('counts for nobody who was there before', async () => {
    await start(friend);
    await start(friend, someone);
    await start(somebodyElse, someone);
    expect(await came()).toBe(0);
  });

  it('counts for nobody whom a payment made known at the same moment', async () => {
    await givenUser(world.database.stores, { id: friend });
    const users = Object.assign(Object.create(world.database.stores.users), { meet: async () => null });
    Object.assign(world.database.stores, { users });
    await start(friend, someone);
    expect(await came()).toBe(0);
  });

  it('counts for nobody who brings themselves, or whom nobody knows', async () => {
    await start(friend, friend);
    await start(userId('4004'), userId('5005'));
    expect([await came(friend), await came(userId('5005'))]).toEqual([0, 0]);
  });
});

describe('SettleReferrals', () => {
  beforeEach(() => start(friend, someone));

  it('rewards the first order after a payment, once', async () => {
    await write(friend, 'grant', 50);
    await write(friend, 'capture', -5);
    await settle.execute();
    expect(await balance()).toBe(0);
    world.clock.advance(60);
    await world.database.stores.payments.add({ ...payment, paidAt: world.clock.now() });
    await settle.execute();
    expect(await balance()).toBe(0);
    await write(friend, 'capture', -10);
    await Promise.all([settle.execute(), settle.execute()]);
    await settle.execute();
    expect(await balance()).toBe(30);
    expect(await world.database.stores.ledger.history(someone, 9)).toMatchObject([
      { kind: 'grant', reason: `grant:referral:${friend}` },
    ]);
  });

  it.each(['refunded', 'charged_back'] as const)(
    'takes it back when the payment is %s, once',
    async (status) => {
      await payAndOrder();
      await settle.execute();
      await becomes(status);
      await Promise.all([settle.execute(), settle.execute()]);
      await settle.execute();
      expect(await balance()).toBe(0);
      // The friend pays again: it is not earned twice.
      await world.database.stores.payments.add(aPayment({ user: friend, paidAt: world.clock.now() }));
      await settle.execute();
      expect(await balance()).toBe(0);
    },
  );

  it('takes back what is left of it, never below zero', async () => {
    await payAndOrder();
    await settle.execute();
    await write(someone, 'capture', -18);
    await becomes('refunded');
    await settle.execute();
    expect(await balance()).toBe(0);
    expect(await world.database.stores.ledger.breaches()).toEqual([]);
  });

  it('leaves it while nobody knows how the refund ends', async () => {
    await payAndOrder();
    await settle.execute();
    await becomes('refunding');
    await settle.execute();
    expect(await balance()).toBe(30);
  });

  it('gives nothing for a payment that is gone since it was looked for', async () => {
    await payAndOrder();
    const { referrals } = world.database.stores;
    const found = await referrals.earned(9);
    await becomes('refunding');
    referrals.earned = async () => found;
    await settle.execute();
    expect(await balance()).toBe(0);
  });

  it('takes nothing more once it was settled, whatever comes in later', async () => {
    await payAndOrder();
    await settle.execute();
    await write(someone, 'capture', -30);
    await becomes('refunded');
    const { referrals } = world.database.stores;
    const found = await referrals.lost(9);
    await settle.execute();
    await write(someone, 'grant', 20);
    referrals.lost = async () => found;
    await settle.execute();
    expect(await balance()).toBe(20);
  });
});
