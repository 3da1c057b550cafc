import { beforeEach, describe, expect, it } from 'vitest';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const day = 86_400;

/** Holds for the stores of what is counted of people. */
export function countsContract(opened: () => OpenedStores): void {
  const stores = () => opened().database.stores;
  beforeEach(async () => {
    await givenUser(stores(), { id: someone });
    await givenUser(stores(), { id: somebodyElse });
  });

  describe('as AllowanceStore', () => {
    const use = (amount: number, now = longAgo, changes = {}) =>
      stores().allowances.use({ owner: someone, kind: 'drafts', amount, limit: 10, ...changes }, now);

    it('counts up to the limit, then says when it is free again', async () => {
      expect(await use(4)).toBeNull();
      expect(await use(6, secondsLater(60))).toBeNull();
      expect(await use(1, secondsLater(120))).toEqual(secondsLater(day));
      expect(await use(1, secondsLater(120), { kind: 'lora_files' })).toBeNull();
      expect(await use(1, secondsLater(120), { owner: somebodyElse })).toBeNull();
    });

    it('counts nothing of what it refuses', async () => {
      expect(await use(11)).toEqual(secondsLater(day));
      expect(await use(8)).toBeNull();
      expect(await use(3)).toEqual(secondsLater(day));
      expect(await use(2)).toBeNull();
    });

    it('begins a new day with the first use after the last one', async () => {
      expect(await use(10)).toBeNull();
      expect(await use(1, secondsLater(day - 1))).toEqual(secondsLater(day));
      expect(await use(9, secondsLater(day))).toBeNull();
      expect(await use(2, secondsLater(day + 5))).toEqual(secondsLater(2 * day));
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      expect(await use(10, secondsLater(7200))).toBeNull();
      expect(await use(9, longAgo)).toBeNull();
      expect(await use(2, secondsLater(60))).toEqual(secondsLater(day));
    });

    it('counts tries at promo codes by the hour', async () => {
      const kind = 'promo_codes';
      expect(await use(10, longAgo, { kind })).toBeNull();
      expect(await use(1, secondsLater(3599), { kind })).toEqual(secondsLater(3600));
      expect(await use(10, secondsLater(3600), { kind })).toBeNull();
    });

    it('gives no more than there is to many who ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 30 }, () => use(1)));
      expect(answers.filter((answer) => answer === null)).toHaveLength(10);
    });

    it('holds large numbers', async () => {
      const limit = 50_000_000_000;
      expect(await use(40_000_000_000, longAgo, { kind: 'upload_bytes', limit })).toBeNull();
      expect(await use(20_000_000_000, longAgo, { kind: 'upload_bytes', limit })).not.toBeNull();
    });

    it('forgets days that are over', async () => {
      await use(10);
      await stores().allowances.forget(longAgo);
      expect(await use(1)).not.toBeNull();
      await stores().allowances.forget(secondsLater(1));
      expect(await use(1)).toBeNull();
    });
  });

  describe('as AttemptStore', () => {
    it('counts tries at a file until one came to an end', async () => {
      const { attempts } = stores();
      expect(await attempts.begin(someone, 'aa', longAgo)).toBe(1);
      expect(await attempts.begin(someone, 'aa', longAgo)).toBe(2);
      expect(await attempts.begin(someone, 'bb', longAgo)).toBe(1);
      expect(await attempts.begin(somebodyElse, 'aa', longAgo)).toBe(1);
      await attempts.end(someone, 'aa');
      expect(await attempts.begin(someone, 'aa', longAgo)).toBe(1);
      expect(await attempts.begin(someone, 'bb', secondsLater(9))).toBe(2);
      await attempts.forget(secondsLater(5));
      expect(await attempts.begin(someone, 'aa', longAgo)).toBe(1);
      expect(await attempts.begin(someone, 'bb', longAgo)).toBe(3);
    });
  });
}
