import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/domain/payments/subscription.js';
import { aPayment, aSubscription } from '../support/builders/a-payment.js';
import { givenUser } from '../support/builders/given.js';
import { secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every SubscriptionStore. */
export function subscriptionStoreContract(opened: () => OpenedStores): void {
  describe('as SubscriptionStore', () => {
    const store = () => opened().database.stores.subscriptions;
    const offer = { id: 'month', version: 1 };

    beforeEach(async () => {
      const { stores } = opened().database;
      await givenUser(stores, { id: someone });
      await givenUser(stores, { id: somebodyElse });
      for (const charge of ['first', 'second']) await stores.payments.add(aPayment({ charge }));
    });

    it('keeps one for each person and version of an offer', async () => {
      const subscription = aSubscription();
      const other = aSubscription({ offer: { id: 'month', version: 2 } });
      await store().put(subscription);
      await store().put(other);
      expect(await store().find(someone, offer)).toEqual(subscription);
      expect(await store().lock(someone, offer)).toEqual(subscription);
      expect(await store().find(someone, other.offer)).toEqual(other);
      expect(await store().find(somebodyElse, offer)).toBeNull();
      expect(await store().find(someone, { id: 'year', version: 1 })).toBeNull();
    });

    it('writes what is new of it, and keeps its id', async () => {
      const subscription = aSubscription();
      await store().put(subscription);
      const news = { latestCharge: 'second', until: secondsLater(9_000_000), state: 'canceled' } as const;
      await store().put({ ...aSubscription(), ...news });
      expect(await store().find(someone, offer)).toEqual({ ...subscription, ...news });
    });

    it("shows a person's own alone", async () => {
      const later = aSubscription({ until: secondsLater(9_000_000) });
      const sooner = aSubscription({ offer: { id: 'week', version: 1 } });
      const theirs = aSubscription({ user: somebodyElse });
      for (const each of [sooner, theirs, later]) await store().put(each);
      expect(await store().list(someone)).toEqual([later, sooner]);
      expect(await store().findOwned(later.id, someone)).toEqual(later);
      expect(await store().findOwned(later.id, somebodyElse)).toBeNull();
      expect(await store().findOwned(aSubscription().id, someone)).toBeNull();
    });

    it('finds those that end', async () => {
      const [first, second] = [
        aSubscription({ isEnding: true }),
        aSubscription({ user: somebodyElse, isEnding: true }),
      ].sort((one, other) => (one.id < other.id ? -1 : 1)) as [Subscription, Subscription];
      for (const each of [second, first, aSubscription({ offer: { id: 'week', version: 1 } })])
        await store().put(each);
      expect(await store().ending(10)).toEqual([first, second]);
      expect(await store().ending(1)).toEqual([first]);
      await store().put({ ...first, isEnding: false });
      expect(await store().ending(10)).toEqual([second]);
    });

    it('knows the payments that it stands on', async () => {
      await expect(store().put(aSubscription({ firstCharge: 'nobody' }))).rejects.toThrow();
      await expect(store().put(aSubscription({ latestCharge: 'nobody' }))).rejects.toThrow();
    });
  });
}
