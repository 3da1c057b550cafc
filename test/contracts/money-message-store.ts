import { beforeEach, describe, expect, it } from 'vitest';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every MoneyMessageStore. */
export function moneyMessageStoreContract(opened: () => OpenedStores): void {
  describe('as MoneyMessageStore', () => {
    const store = () => opened().database.stores.moneyMessages;
    beforeEach(async () => {
      await givenUser(opened().database.stores, { id: someone });
      await givenUser(opened().database.stores, { id: somebodyElse });
    });
    const receipt = { kind: 'receipt', subject: 'a', user: someone } as const;
    const refund = { kind: 'refund', subject: 'a', user: someone } as const;
    const reward = { kind: 'reward', subject: '7', user: somebodyElse } as const;
    const owed = { createdAt: longAgo, tries: 1 };

    it('gives what is due to one of many who ask at once, until then and no longer', async () => {
      await store().add(receipt, longAgo);
      const take = () => store().take(longAgo, secondsLater(60));
      const taken = await Promise.all(Array.from({ length: 10 }, take));
      expect(taken.filter((each) => each !== null)).toEqual([{ ...receipt, ...owed }]);
      expect(await store().take(secondsLater(59), secondsLater(99))).toBeNull();
      expect(await store().take(secondsLater(60), secondsLater(99))).toEqual({
        ...receipt,
        ...owed,
        tries: 2,
      });
    });

    it('gives each in its turn, and to whom one asks for', async () => {
      await store().add(refund, longAgo, secondsLater(60));
      await store().add(reward, longAgo, secondsLater(10));
      await store().add(receipt, longAgo);
      expect(await store().take(secondsLater(5), secondsLater(99), somebodyElse)).toBeNull();
      expect(await store().take(secondsLater(70), secondsLater(99))).toMatchObject(receipt);
      expect(await store().take(secondsLater(70), secondsLater(99), someone)).toMatchObject(refund);
      expect(await store().take(secondsLater(70), secondsLater(99))).toMatchObject(reward);
      await store().putOff(reward, secondsLater(80));
      expect(await store().take(secondsLater(79), secondsLater(99))).toBeNull();
      expect(await store().take(secondsLater(80), secondsLater(99))).toMatchObject(reward);
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      await store().add(receipt, longAgo, secondsLater(7200));
      expect(await store().take(longAgo, secondsLater(60))).toMatchObject(receipt);
      await store().putOff(receipt, secondsLater(7200));
      expect(await store().take(secondsLater(1), secondsLater(61))).toMatchObject(receipt);
      expect(await store().take(secondsLater(2), secondsLater(61))).toBeNull();
    });

    it("lists what a person is owed, due or not, and nobody else's", async () => {
      await store().add(refund, secondsLater(5), secondsLater(60));
      await store().add(receipt, longAgo);
      await store().add(reward, longAgo);
      await store().take(longAgo, secondsLater(60), someone);
      expect(await store().owed(someone)).toEqual([
        { ...receipt, ...owed },
        { ...refund, createdAt: secondsLater(5), tries: 0 },
      ]);
    });

    it('owes a thing once, and no longer than until it was said', async () => {
      await store().add(receipt, longAgo);
      await store().take(longAgo, secondsLater(60));
      await store().add(receipt, longAgo);
      expect(await store().take(secondsLater(30), secondsLater(90))).toBeNull();
      await store().remove(receipt);
      expect(await store().take(secondsLater(99), secondsLater(199))).toBeNull();
      await store().remove(receipt);
    });
  });
}
