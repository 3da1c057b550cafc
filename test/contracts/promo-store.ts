import { beforeEach, describe, expect, it } from 'vitest';
import { aPromo } from '../support/builders/a-promo.js';
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
      expect(await store().add({ ...promo, credits: 500 })).toBe(false);
      expect(await store().find(promo.code)).toEqual(promo);
      expect(await store().find('N0NE')).toBeNull();
    });

    it('lists all, newest first', async () => {
      const [older, newer] = [aPromo({ code: 'ZZZZ' }), aPromo({ createdAt: secondsLater(60) })];
      await store().add(newer);
      await store().add(older);
      expect(await store().list()).toEqual([newer, older]);
    });

    it('is had once by a person, also by one who asks twenty times at once', async () => {
      const promo = aPromo();
      await store().add(promo);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => store().redeem(promo.code, someone, longAgo)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store().redeem(promo.code, someone, longAgo)).toBe(false);
      expect(await store().redeem(promo.code, somebodyElse, longAgo)).toBe(true);
    });

    it('knows which ones somebody has had, as they were handed out', async () => {
      const [one, other] = [aPromo(), aPromo({ code: 'ZZZZ', shown: 'ZZ-ZZ' })];
      for (const promo of [one, other]) await store().add(promo);
      await store().redeem(other.code, someone, secondsLater(5));
      await store().redeem(one.code, someone, longAgo);
      await store().redeem(one.code, somebodyElse, longAgo);
      expect(await store().redeemed(someone)).toEqual([
        { code: one.shown, at: longAgo },
        { code: 'ZZ-ZZ', at: secondsLater(5) },
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

    it('knows no use of a code that is not there', async () => {
      expect(await store().use('N0NE', longAgo)).toBe(false);
      await expect(store().redeem('N0NE', someone, longAgo)).rejects.toThrow();
    });
  });
}
