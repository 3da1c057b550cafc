import { beforeEach, describe, expect, it } from 'vitest';
import { aPayment } from '../support/builders/a-payment.js';
import { aPercentPromo, aPromo } from '../support/builders/a-promo.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every PromoStore. */
export function promoStoreContract(opened: () => OpenedStores): void {
  describe('as PromoStore', () => {
    const store = () => opened().database.stores.promos;
    const used = async (code = aPromo().code) => (await store().find(code))?.used;
    beforeEach(async () => {
      await givenUser(opened().database.stores, { id: someone });
      await givenUser(opened().database.stores, { id: somebodyElse });
    });

    it('keeps a code once, whatever it says the second time', async () => {
      const promo = aPromo({ uses: 5, until: secondsLater(60) });
      expect(await store().add(promo)).toBe(true);
      expect(await store().add(aPromo({ uses: 5, credits: 500 }))).toBe(false);
      expect(await store().find(promo.code)).toEqual(promo);
      expect(await store().find('N0NE')).toBeNull();
    });

    it('lists all, newest first', async () => {
      const [older, newer] = [aPromo({ code: 'ZZZZ' }), aPromo({ createdAt: secondsLater(60) })];
      await store().add(newer);
      await store().add(older);
      expect(await store().list(9)).toEqual([newer, older]);
      expect(await store().list(1)).toEqual([newer]);
      expect(await store().count()).toBe(2);
    });

    it('is had once by a person, also by one who asks twenty times at once', async () => {
      const promo = aPromo();
      await store().add(promo);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => store().redeem(promo, someone, longAgo)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store().redeem(promo, someone, longAgo)).toBe(false);
      expect(await store().redeem(promo, somebodyElse, longAgo)).toBe(true);
    });

    it('knows which ones somebody has had, as they were handed out', async () => {
      const [one, other] = [aPromo(), aPromo({ code: 'ZZZZ', shown: 'ZZ-ZZ' })];
      for (const promo of [one, other]) await store().add(promo);
      await store().redeem(other, someone, secondsLater(5));
      await store().redeem(one, someone, longAgo);
      await store().redeem(one, somebodyElse, longAgo);
      expect(await store().redeemed(someone)).toEqual([
        { code: one.shown, at: longAgo, percent: null, charge: null },
        { code: 'ZZ-ZZ', at: secondsLater(5), percent: null, charge: null },
      ]);
    });

    it('gives five of its five uses to thirty who ask at once', async () => {
      const promo = aPromo({ uses: 5 });
      await store().add(promo);
      const answers = await Promise.all(Array.from({ length: 30 }, () => store().use(promo.code, longAgo)));
      expect(answers.filter(Boolean)).toHaveLength(5);
      expect(await used()).toBe(5);
    });

    it('has no end of uses without a limit', async () => {
      await store().add(aPromo());
      for (let index = 0; index < 3; index++) expect(await store().use(aPromo().code, longAgo)).toBe(true);
      expect(await used()).toBe(3);
    });

    it('is over after its last moment', async () => {
      await store().add(aPromo({ until: secondsLater(60) }));
      expect(await store().use(aPromo().code, secondsLater(60))).toBe(true);
      expect(await store().use(aPromo().code, secondsLater(61))).toBe(false);
      expect(await used()).toBe(1);
    });

    it('gives nothing once it is ended, and keeps when that was', async () => {
      await store().add(aPromo());
      expect(await store().end('N0NE', longAgo)).toBe(false);
      expect(await store().end(aPromo().code, longAgo)).toBe(true);
      expect(await store().end(aPromo().code, secondsLater(60))).toBe(true);
      expect(await store().find(aPromo().code)).toEqual(aPromo({ endedAt: longAgo }));
      expect(await store().use(aPromo().code, longAgo)).toBe(false);
    });

    describe('of percent', () => {
      const percent = aPercentPromo();
      const other = aPercentPromo({ code: 'ZZZZ', shown: 'ZZ-ZZ', percent: 50 });
      const spend = (charge: string) => store().spend(percent.code, someone, charge);
      beforeEach(async () => {
        for (const promo of [percent, other]) await store().add(promo);
        for (const charge of ['one', 'two'])
          await opened().database.stores.payments.add(aPayment({ charge }));
      });

      it('keeps what they are', async () => {
        expect(await store().find(percent.code)).toEqual(percent);
      });

      it('waits for the next pack of its person, one at a time, beside any that give credits', async () => {
        expect(await store().waiting(someone)).toBeNull();
        expect(await store().redeem(percent, someone, longAgo)).toBe(true);
        expect(await store().redeem(other, someone, longAgo)).toBe(false);
        expect(await store().has(percent.code, someone)).toBe(true);
        expect(await store().has(other.code, someone)).toBe(false);
        expect(await store().has(percent.code, somebodyElse)).toBe(false);
        expect(await store().waiting(someone)).toEqual({ code: percent.code, percent: 20 });
        expect(await store().waiting(somebodyElse)).toBeNull();
        expect(await store().redeem(other, somebodyElse, longAgo)).toBe(true);
        const credits = aPromo({ code: 'CRED1TS' });
        await store().add(credits);
        expect(await store().redeem(credits, someone, longAgo)).toBe(true);
        expect(await store().waiting(someone)).toEqual({ code: percent.code, percent: 20 });
      });

      it('is one of two that come at once', async () => {
        const answers = await Promise.all(
          [percent, other].map((promo) => store().redeem(promo, someone, longAgo)),
        );
        expect(answers.filter(Boolean)).toHaveLength(1);
      });

      it('goes to one payment, and then another may wait', async () => {
        await store().redeem(percent, someone, longAgo);
        const answers = await Promise.all([spend('one'), spend('two')]);
        expect(answers.filter(Boolean)).toHaveLength(1);
        expect(await spend('two')).toBe(false);
        expect(await store().waiting(someone)).toBeNull();
        expect(await store().redeemed(someone)).toEqual([
          { code: percent.shown, at: longAgo, percent: 20, charge: answers[0] ? 'one' : 'two' },
        ]);
        expect(await store().redeem(percent, someone, longAgo)).toBe(false);
        expect(await store().redeem(other, someone, longAgo)).toBe(true);
      });

      it('puts credits on top of a payment', async () => {
        const { payments } = opened().database.stores;
        await payments.raise({ charge: 'one', credits: 60, bonus: 20 });
        expect(await payments.find('one')).toMatchObject({ credits: 60, bonus: 20 });
        expect(await payments.find('two')).toMatchObject({ credits: 50, bonus: 0 });
      });
    });

    it('knows no use of a code that is not there', async () => {
      expect(await store().use('N0NE', longAgo)).toBe(false);
      await expect(store().redeem(aPromo({ code: 'N0NE' }), someone, longAgo)).rejects.toThrow();
    });
  });
}
