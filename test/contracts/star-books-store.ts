import { beforeEach, describe, expect, it } from 'vitest';
import { aPayment } from '../support/builders/a-payment.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every StarBooksStore. */
export function starBooksStoreContract(opened: () => OpenedStores): void {
  describe('as StarBooksStore', () => {
    const store = () => opened().database.stores.starBooks;
    const payments = () => opened().database.stores.payments;
    beforeEach(() => givenUser(opened().database.stores, { id: someone }));

    const empty = { place: 0, last: null, paid: 0, refunded: 0, moved: 0, commission: 0 };
    const first = {
      ...{ place: 100, last: 'payment:c', paid: 9000, refunded: 50 },
      ...{ moved: 8_950_000, commission: 12_500 },
    };
    const second = { ...first, place: 130, last: 'refund:c', moved: -5 };
    const half = secondsLater(1800);

    it('reads on in the books from where it was read to, and nobody twice', async () => {
      expect(await store().books()).toEqual(empty);
      expect(await store().readOn(empty, first)).toBe(true);
      expect(await store().readOn(empty, second)).toBe(false);
      expect(await store().books()).toEqual(first);
      expect(await store().readOn(first, second)).toBe(true);
      expect(await store().books()).toEqual(second);
    });

    it('notes where they end, also where they are empty, and not where somebody has read on', async () => {
      await store().noteEnd(0, half, 0);
      expect(await store().totals()).toMatchObject({ endAt: half, balance: 0, unexplained: 0 });
      await store().readOn(empty, first);
      await store().noteEnd(0, secondsLater(1), 7);
      expect(await store().totals()).toMatchObject({ endAt: half, balance: 0 });
      await store().noteEnd(100, secondsLater(2000), 8_949_000);
      expect(await store().totals()).toMatchObject({ endAt: secondsLater(2000), unexplained: -1000 });
      await store().noteEnd(100, secondsLater(2100), null);
      expect(await store().totals()).toMatchObject({ endAt: secondsLater(2100), unexplained: null });
    });

    it('names each payment that differs, oldest first, but for what is too new to be in both', async () => {
      const gone = { status: 'refunded', refundedAt: longAgo } as const;
      const all = {
        same: aPayment(),
        sameLessCommission: aPayment({ paidAt: secondsLater(1) }),
        sameGone: aPayment(gone),
        only: aPayment({ paidAt: secondsLater(2) }),
        onlyNew: aPayment({ paidAt: secondsLater(1700) }),
        other: aPayment({ paidAt: secondsLater(3) }),
        here: aPayment({ ...gone, paidAt: secondsLater(4) }),
        hereNew: aPayment({ ...gone, refundedAt: secondsLater(1700) }),
        there: aPayment({ paidAt: secondsLater(5) }),
      };
      for (const payment of Object.values(all)) await payments().add(payment);
      const { only: _, onlyNew: __, other, sameLessCommission, ...known } = all;
      for (const { charge, stars } of Object.values(known)) await store().enterPaid(charge, stars, 0);
      await store().enterPaid(sameLessCommission.charge, 85, 15_000);
      await store().enterPaid(other.charge, 90, 0);
      for (const { charge } of [all.sameGone, all.there]) await store().enterBack(charge);
      // Nobody has read to the end yet: what is not there may come.
      const named = (kind: string, { charge }: { charge: string }) => ({
        charge,
        user: someone,
        stars: 100,
        kind,
      });
      const [amount, back] = [named('amount', other), named('back_there_only', all.there)];
      expect(await store().differing(10)).toEqual([amount, back]);
      await store().noteEnd(0, half, 0);
      const found = [named('only_here', all.only), amount, named('back_here_only', all.here), back];
      expect(await store().differing(10)).toEqual(found);
      expect(await store().differing(2)).toEqual(found.slice(0, 2));
      expect(await store().totals()).toMatchObject({ differing: 4, differingStars: 400 });
    });

    it('sums up what was paid, what is gone again, and what others got of the rest', async () => {
      const nothing = { paid: 0, refunded: 0, commission: 0, differing: 0, differingStars: 0 };
      expect(await store().totals()).toEqual({ ...nothing, endAt: null, balance: null, unexplained: null });
      const kept = aPayment();
      const back = aPayment({ status: 'refunded', stars: 30 });
      for (const payment of [kept, back, aPayment({ status: 'charged_back', stars: 7 })])
        await payments().add(payment);
      await payments().add(aPayment({ status: 'refunding' }));
      await store().enterPaid(kept.charge, 100, 12_500);
      await store().enterPaid(back.charge, 30, 3_000);
      expect(await store().totals()).toMatchObject({ paid: 237, refunded: 37, commission: 12_500 });
    });
  });
}
