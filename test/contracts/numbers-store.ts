import { beforeEach, describe, expect, it } from 'vitest';
import { generationStatuses } from '../../src/domain/generation/generation.js';
import { aPayment } from '../support/builders/a-payment.js';
import { aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const before = secondsLater(-1);

/** Holds for every NumbersStore: what happened before `longAgo` is not counted. */
export function numbersStoreContract(opened: () => OpenedStores): void {
  describe('as NumbersStore', () => {
    const stores = () => opened().database.stores;
    const numbers = () => stores().numbers;
    beforeEach(async () => {
      await givenUser(stores(), { id: someone });
      await givenUser(stores(), { id: somebodyElse });
    });

    it('knows nothing where nothing happened', async () => {
      const since = secondsLater(3600);
      expect(await numbers().people(since)).toEqual({ joined: 0, active: 0, paying: 0 });
      expect(await numbers().pictures(since)).toEqual([]);
      expect(await numbers().trainings(since)).toEqual([]);
      const none = { p50: null, p90: null };
      expect(await numbers().waits(since)).toEqual({ pictures: none, trainings: none });
      expect(await numbers().money(since)).toEqual({
        stars: 0,
        refunded: 0,
        commission: 0,
        sold: 0,
        given: 0,
      });
      expect(await numbers().spenders(since, 10)).toEqual([]);
    });

    it('counts people once, whatever they did how often', async () => {
      await givenGeneration(stores());
      await givenGeneration(stores());
      await givenTraining(stores(), aTraining());
      await givenGeneration(stores(), { owner: somebodyElse, createdAt: before });
      await stores().payments.add(aPayment({ user: somebodyElse }));
      await stores().payments.add(aPayment({ user: somebodyElse }));
      await stores().payments.add(aPayment({ paidAt: before }));
      expect(await numbers().people(longAgo)).toEqual({ joined: 2, active: 1, paying: 1 });
      await givenTraining(stores(), aTraining({ owner: somebodyElse }));
      expect(await numbers().people(longAgo)).toMatchObject({ active: 2 });
      await givenUser(stores(), { createdAt: before });
      await givenUser(stores());
      expect(await numbers().people(longAgo)).toMatchObject({ joined: 3 });
    });

    it.each(generationStatuses)('counts pictures that are %s', async (status) => {
      await givenGeneration(stores(), { status, price: 5, cost: 70_000 });
      await givenGeneration(stores(), { status, createdAt: before });
      const isGood = status === 'collected' || status === 'delivered';
      // An ended one of the builder's never got a ticket.
      const cost = isGood || status === 'submitted' ? 70_000 : 0;
      expect(await numbers().pictures(longAgo)).toEqual([
        { preset: 'balanced', status, jobs: 1, credits: isGood ? 5 : 0, cost, unpriced: 0 },
      ]);
    });

    it('counts what was made by preset, what was bought again twice, and what nobody can reckon', async () => {
      const made = { status: 'delivered', imageCount: 3, cost: 100_000 } as const;
      await givenGeneration(stores(), made);
      await givenGeneration(stores(), { ...made, rerolls: 1 });
      await givenGeneration(stores(), { ...made, cost: null });
      await givenGeneration(stores(), { ...made, preset: null, price: 40, imageCount: 1, cost: 500_000 });
      const rows = await numbers().pictures(longAgo);
      const status = 'delivered';
      expect([...rows].sort((one) => (one.preset === null ? 1 : -1))).toEqual([
        { preset: 'balanced', status, jobs: 3, credits: 45, cost: 300_000, unpriced: 1 },
        { preset: null, status, jobs: 1, credits: 40, cost: 500_000, unpriced: 0 },
      ]);
    });

    it('counts trainings', async () => {
      await givenTraining(stores(), aTraining());
      await givenTraining(stores(), aTraining({ status: 'ready', price: 150, cost: 6_000_000 }));
      await givenTraining(stores(), aTraining({ status: 'ready', createdAt: before }));
      const rows = await numbers().trainings(longAgo);
      expect([...rows].sort((one, other) => one.jobs - other.jobs || one.credits - other.credits)).toEqual([
        { status: 'accepted', jobs: 1, credits: 0, cost: 0, unpriced: 0 },
        { status: 'ready', jobs: 1, credits: 150, cost: 6_000_000, unpriced: 0 },
      ]);
    });

    it('tells how long results took', async () => {
      for (const seconds of [40, 10, 20, 30, 50, 60, 70, 80, 90, 1000])
        await givenGeneration(stores(), { status: 'collected', collectedAt: secondsLater(seconds) });
      await givenGeneration(stores());
      await givenTraining(stores(), aTraining({ status: 'ready', readyAt: secondsLater(402) }));
      expect(await numbers().waits(longAgo)).toEqual({
        pictures: { p50: 50, p90: 90 },
        trainings: { p50: 402, p90: 402 },
      });
    });

    it('adds up Stars, those that are gone again, and gifts', async () => {
      const { payments, ledger, starBooks } = stores();
      await payments.add(aPayment({ charge: 'kept', stars: 100, credits: 50 }));
      await payments.add(aPayment({ stars: 90, credits: 40, status: 'refunding' }));
      await payments.add(aPayment({ charge: 'gone', stars: 30, credits: 9, status: 'refunded' }));
      await starBooks.enterPaid('kept', 100, 12_500);
      await starBooks.enterPaid('gone', 30, 3_000);
      await payments.add(aPayment({ stars: 7, credits: 2, status: 'charged_back' }));
      await payments.add(aPayment({ stars: 1000, paidAt: before }));
      const grant = { user: someone, kind: 'grant', amount: 20 } as const;
      await ledger.write([{ ...grant, reason: 'grant:one' }], longAgo);
      await ledger.write([{ ...grant, reason: 'grant:two' }], before);
      await ledger.write([{ user: someone, kind: 'hold', amount: -5, reason: 'hold:generation:1' }], longAgo);
      expect(await numbers().money(longAgo)).toEqual({
        ...{ stars: 227, refunded: 37, commission: 12.5, sold: 90, given: 20 },
      });
    });

    it('tells how it went, piece by piece', async () => {
      const hours = { unit: 'hour', count: 3, milliseconds: 3_600_000 } as const;
      const none = [0, 0, 0];
      expect(await numbers().course(secondsLater(86_400), hours)).toEqual({ pictures: none, stars: none });
      const at = (seconds: number) => ({ createdAt: secondsLater(seconds) });
      await givenGeneration(stores(), { status: 'delivered', ...at(0) });
      await givenGeneration(stores(), { status: 'collected', ...at(3599) });
      await givenGeneration(stores(), { status: 'delivered', ...at(3600) });
      for (const status of ['accepted', 'failed', 'blocked', 'cancelled'] as const)
        await givenGeneration(stores(), { status, ...at(0) });
      await givenGeneration(stores(), { status: 'delivered', createdAt: before });
      await stores().payments.add(aPayment({ stars: 100, paidAt: secondsLater(7200) }));
      await stores().payments.add(aPayment({ stars: 30, status: 'refunded', paidAt: secondsLater(7201) }));
      await stores().payments.add(aPayment({ stars: 9, paidAt: before }));
      // Beyond the last piece.
      await stores().payments.add(aPayment({ stars: 5, paidAt: secondsLater(10_800) }));
      expect(await numbers().course(longAgo, hours)).toEqual({ pictures: [2, 1, 0], stars: [0, 0, 130] });
    });

    it('names who cost most, with what they brought', async () => {
      await givenGeneration(stores(), { status: 'delivered', imageCount: 2, cost: 70_000 });
      await givenTraining(stores(), aTraining({ status: 'ready', cost: 6_000_000 }));
      await stores().payments.add(aPayment({ charge: 'c', user: somebodyElse, stars: 320 }));
      await stores().starBooks.enterPaid('c', 320, 20_500);
      await stores().payments.add(aPayment({ user: somebodyElse, stars: 9, status: 'refunded' }));
      const dearest = { user: someone, jobs: 2, stars: 0, credits: 160, cost: 6_070_000 };
      const other = { user: somebodyElse, jobs: 0, stars: 299.5, credits: 0, cost: 0 };
      expect(await numbers().spenders(longAgo, 10)).toEqual([dearest, other]);
      expect(await numbers().spenders(longAgo, 1)).toEqual([dearest]);
    });
  });
}
