import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/domain/ledger.js';
import type { Payment } from '../../src/domain/payments/payment.js';
import { aPayment } from '../support/builders/a-payment.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every ReferralStore: somebody else came by the link of someone. */
export function referralStoreContract(opened: () => OpenedStores): void {
  describe('as ReferralStore', () => {
    const stores = () => opened().database.stores;
    const store = () => stores().referrals;
    const friend = somebodyElse;
    beforeEach(async () => {
      await givenUser(stores(), { id: someone });
      await givenUser(stores(), { id: friend, credits: 100 });
      await store().add({ friend, by: someone, at: longAgo });
    });

    const pay = async (changes: Partial<Payment> = {}) => {
      const payment = aPayment({ user: friend, ...changes });
      await stores().payments.add(payment);
      return payment;
    };
    const order = (seconds: number) => {
      const entries: LedgerEntry[] = [
        { user: friend, kind: 'capture', amount: -5, reason: `capture:generation:${seconds}` },
      ];
      return stores().ledger.write(entries, secondsLater(seconds));
    };

    it('knows of each friend who brought them first', async () => {
      await givenUser(stores(), { id: someone });
      await store().add({ friend, by: someone, at: secondsLater(5) });
      expect(await store().of(someone)).toEqual({ came: 1, rewarded: 0 });
      expect(await store().of(friend)).toEqual({ came: 0, rewarded: 0 });
      await expect(store().add({ friend: someone, by: someone, at: longAgo })).rejects.toThrow();
      const referral = { friend, by: someone, at: longAgo, charge: null, credits: 0, taken: null };
      expect(await store().find(friend)).toEqual(referral);
      expect(await store().find(someone)).toBeNull();
      expect(await store().broughtBy(someone)).toEqual([referral]);
      expect(await store().broughtBy(friend)).toEqual([]);
    });

    it('is earned by an order after a payment, and by neither alone', async () => {
      await order(0);
      expect(await store().earned(9)).toEqual([]);
      const later = await pay({ paidAt: secondsLater(60) });
      expect(await store().earned(9)).toEqual([]);
      await order(61);
      const first = await pay({ paidAt: secondsLater(30) });
      expect(await store().earned(9)).toEqual([{ friend, charge: first.charge }]);
      await stores().payments.change({ ...first, status: 'refunding' }, 'paid');
      expect(await store().earned(9)).toEqual([{ friend, charge: later.charge }]);
      expect(await store().earned(0)).toEqual([]);
    });

    it('is rewarded once, also by twenty at once', async () => {
      const { charge } = await pay();
      const answers = await Promise.all(Array.from({ length: 20 }, () => store().reward(friend, charge, 30)));
      const [won] = answers.filter((answer) => answer !== null);
      expect(won).toEqual({ friend, by: someone, at: longAgo, charge, credits: 30, taken: null });
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
      expect(await store().earned(9)).toEqual([]);
      expect(await store().of(someone)).toEqual({ came: 1, rewarded: 1 });
    });

    it('is lost with its payment, and taken back once', async () => {
      const payment = await pay();
      expect(await store().takeBack(friend, 0)).toBe(false);
      await store().reward(friend, payment.charge, 30);
      expect(await store().lost(9)).toEqual([]);
      await stores().payments.change({ ...payment, status: 'charged_back' }, 'paid');
      expect(await store().lost(9)).toMatchObject([{ friend, credits: 30 }]);
      const answers = await Promise.all([store().takeBack(friend, 20), store().takeBack(friend, 20)]);
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store().lost(9)).toEqual([]);
      expect(await store().of(someone)).toEqual({ came: 1, rewarded: 0 });
    });
  });
}
