import { beforeEach, describe, expect, it } from 'vitest';
import { aPayment } from '../support/builders/a-payment.js';
import { anOffer } from '../support/builders/an-offer.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every PaymentStore. */
export function paymentStoreContract(opened: () => OpenedStores): void {
  describe('as PaymentStore', () => {
    const store = () => opened().database.stores.payments;
    beforeEach(async () => {
      await givenUser(opened().database.stores, { id: someone });
      await givenUser(opened().database.stores, { id: somebodyElse });
    });

    it('keeps the terms of each version, and refuses others under the same', async () => {
      const [first, second] = [anOffer(), anOffer({ version: 2, stars: 120 })];
      expect(await store().keepOffers([first])).toEqual([]);
      expect(await store().keepOffers([second])).toEqual([]);
      expect(await store().terms({ id: 'small', version: 1 })).toEqual(first);
      expect(await store().terms({ id: 'small', version: 2 })).toEqual(second);
      expect(await store().terms({ id: 'small', version: 3 })).toBeNull();
      const dearer = anOffer({ stars: 101 });
      expect(await store().keepOffers([dearer, second])).toEqual([dearer]);
      expect(await store().terms(first)).toEqual(first);
    });

    it('takes another name for no other terms', async () => {
      await store().keepOffers([anOffer()]);
      const renamed = anOffer({ name: { en: 'Fifty', ru: 'Полсотни' } });
      expect(await store().keepOffers([renamed])).toEqual([]);
      expect(await store().terms(renamed)).toEqual(renamed);
    });

    it('keeps a payment once for its charge, whatever it says the second time', async () => {
      const payment = aPayment();
      expect(await store().add(payment)).toBe(true);
      expect(await store().add({ ...payment, user: somebodyElse, credits: 5 })).toBe(false);
      expect(await store().find(payment.charge)).toEqual(payment);
      expect(await store().lock(payment.charge)).toEqual(payment);
      expect(await store().findOwned(payment.id, someone)).toEqual(payment);
      expect(await store().findOwned(payment.id, somebodyElse)).toBeNull();
      expect(await store().find('no such charge')).toBeNull();
      expect(await store().findOwned(aPayment().id, someone)).toBeNull();
    });

    it('keeps one of twenty that come at once', async () => {
      const payment = aPayment();
      const told = () => store().add({ ...payment, id: nextUuid() });
      const added = await Promise.all(Array.from({ length: 20 }, told));
      expect(added.filter(Boolean)).toHaveLength(1);
    });

    it('keeps what is no offer of ours, and the month of a subscription', async () => {
      const payment = aPayment({ offer: null, credits: 0, until: secondsLater(2_592_000) });
      await store().add(payment);
      expect(await store().find(payment.charge)).toEqual(payment);
    });

    it("lists a person's own, newest first", async () => {
      const older = aPayment();
      const newer = aPayment({ paidAt: secondsLater(60) });
      await store().add(newer);
      await store().add(older);
      await store().add(aPayment({ user: somebodyElse }));
      expect(await store().list(someone)).toEqual([newer, older]);
    });

    it('changes it only out of the state that is expected', async () => {
      const payment = aPayment();
      await store().add(payment);
      const begun = { taken: 40, refundBegunAt: secondsLater(4) };
      const refunding = { ...payment, status: 'refunding' as const, ...begun };
      expect(await store().change(refunding, 'refunding')).toBe(false);
      expect(await store().change(refunding, 'paid')).toBe(true);
      const refunded = { ...refunding, status: 'refunded' as const, refundedAt: secondsLater(5) };
      expect(await store().change(refunded, 'paid')).toBe(false);
      expect(await store().find(payment.charge)).toEqual(refunding);
      expect(await store().refunding(10)).toEqual([refunding]);
      expect(await store().refunding(0)).toEqual([]);
      expect(await store().change(refunded, 'refunding')).toBe(true);
      expect(await store().find(payment.charge)).toEqual(refunded);
    });

    it('finds what waits for an operator, the oldest first: refunds begun by then, and what brought nothing', async () => {
      const refunding = (changes: Parameters<typeof aPayment>[0]) =>
        aPayment({ status: 'refunding', ...changes });
      const unknown = (changes: Parameters<typeof aPayment>[0]) =>
        aPayment({ offer: null, credits: 0, ...changes });
      const old = refunding({ refundBegunAt: secondsLater(60), paidAt: secondsLater(3) });
      const unnoted = refunding({ paidAt: secondsLater(2) });
      const nothing = unknown({ paidAt: secondsLater(1) });
      const others = [
        aPayment(),
        refunding({ refundBegunAt: secondsLater(61) }),
        refunding({ paidAt: secondsLater(61) }),
        unknown({ settledAt: longAgo }),
        unknown({ status: 'refunded' }),
        unknown({ status: 'charged_back' }),
      ];
      for (const payment of [old, unnoted, nothing, ...others]) await store().add(payment);
      expect(await store().waiting(secondsLater(60), 10)).toEqual([nothing, unnoted, old]);
      expect(await store().waiting(secondsLater(60), 1)).toEqual([nothing]);
    });

    it('is settled by an operator with credits and a receipt anew', async () => {
      const payment = aPayment({ offer: null, credits: 0, toldAt: longAgo });
      await store().add(payment);
      const settled = { credits: 120, settledAt: secondsLater(9) };
      await store().settle({ charge: payment.charge, ...settled });
      expect(await store().find(payment.charge)).toEqual({ ...payment, ...settled, toldAt: null });
    });

    it('finds months whose end takes credits, the one that is over longest first, and ends each once', async () => {
      const month = (seconds: number, changes = {}) =>
        aPayment({ until: secondsLater(seconds), expiresAt: secondsLater(seconds), ...changes });
      const [sooner, later, future] = [month(60), month(90), month(300)];
      const others = [
        aPayment({ until: secondsLater(60) }),
        month(60, { expired: 0 }),
        month(60, { status: 'refunding' }),
        month(60, { status: 'refunded' }),
        month(60, { status: 'charged_back' }),
      ];
      for (const payment of [future, later, sooner, ...others]) await store().add(payment);
      expect(await store().over(secondsLater(90), 10)).toEqual([sooner, later]);
      expect(await store().over(secondsLater(90), 1)).toEqual([sooner]);
      expect(await store().expire(sooner.charge, 20)).toBe(true);
      expect(await store().expire(sooner.charge, 30)).toBe(false);
      expect(await store().expire(others[2]?.charge ?? '', 20)).toBe(false);
      expect(await store().find(sooner.charge)).toEqual({ ...sooner, expired: 20 });
      expect(await store().over(secondsLater(90), 10)).toEqual([later]);
    });

    it('knows when a receipt was shown', async () => {
      const payment = aPayment();
      await store().add(payment);
      await store().markTold(payment.charge, longAgo);
      expect(await store().find(payment.charge)).toEqual({ ...payment, toldAt: longAgo });
    });

    it('knows whether anybody has ever paid', async () => {
      expect(await store().any()).toBe(false);
      await store().add(aPayment({ status: 'refunded' }));
      expect(await store().any()).toBe(true);
    });
  });
}
