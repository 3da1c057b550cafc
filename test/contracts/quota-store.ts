import { beforeEach, describe, expect, it } from 'vitest';
import { aTraining } from '../support/builders/a-training.js';
import { givenAvatar, givenGeneration, givenUser } from '../support/builders/given.js';
import { somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const noon = new Date('2026-03-15T12:00:00Z');
const midnight = new Date('2026-03-15T00:00:00Z');
const yesterday = new Date('2026-03-14T23:59:59Z');
const tomorrow = new Date('2026-03-16T00:00:00Z');

/** Holds for every QuotaStore. */
export function quotaStoreContract(opened: () => OpenedStores): void {
  describe('as QuotaStore', () => {
    const stores = () => opened().database.stores;
    const store = () => stores().quotas;
    const inTransaction = <Result>(work: (quotas: ReturnType<typeof store>) => Promise<Result>) =>
      opened().database.transaction(({ quotas }) => work(quotas));
    const ordered = (since = midnight, owner = someone) =>
      inTransaction((quotas) => quotas.ordered(owner, since));
    const recount = (now = noon) => inTransaction((quotas) => quotas.recount(now));
    beforeEach(async () => {
      await givenUser(stores(), { id: someone });
      await givenUser(stores(), { id: somebodyElse });
    });
    const given = { owner: someone, createdAt: noon, cost: 35_000 } as const;

    it('counts the pictures that somebody ordered since then, and none that failed or of proof sheets', async () => {
      expect(await ordered()).toBe(0);
      await givenGeneration(stores(), given);
      await givenGeneration(stores(), { ...given, status: 'delivered' });
      await givenGeneration(stores(), { ...given, status: 'blocked' });
      for (const status of ['failed', 'cancelled'] as const)
        await givenGeneration(stores(), { ...given, status });
      await givenGeneration(stores(), { ...given, origin: { transport: 'proof', address: {} } });
      await givenGeneration(stores(), { ...given, createdAt: yesterday });
      await givenGeneration(stores(), { ...given, owner: somebodyElse });
      expect(await ordered()).toBe(3);
      expect(await ordered(yesterday)).toBe(4);
    });

    it('keeps what one person may order, until it is as with everybody, or they leave', async () => {
      expect(await store().limitOf(someone)).toBeNull();
      await store().setLimit(someone, 20);
      await store().setLimit(someone, 50);
      expect(await store().limitOf(someone)).toBe(50);
      expect(await store().limitOf(somebodyElse)).toBeNull();
      await store().setLimit(someone, null);
      expect(await store().limitOf(someone)).toBeNull();
      await store().setLimit(someone, 0);
      await stores().personal.forget(someone);
      expect(await store().limitOf(someone)).toBeNull();
    });

    it('adds up a day and a month, which begin at midnight in UTC', async () => {
      expect(await store().spent(noon)).toEqual({ day: 0, month: 0 });
      await givenGeneration(stores(), given);
      expect(await inTransaction((quotas) => quotas.spend(35_000, noon))).toEqual({
        day: 35_000,
        month: 35_000,
      });
      expect(await inTransaction((quotas) => quotas.spend(5000, noon))).toEqual({
        day: 40_000,
        month: 40_000,
      });
      expect(await store().spent(noon)).toEqual({ day: 40_000, month: 40_000 });
      expect(await store().spent(tomorrow)).toEqual({ day: 0, month: 40_000 });
      expect(await store().spent(new Date('2026-04-01T00:00:00Z'))).toEqual({ day: 0, month: 0 });
    });

    it('counts at the first order what was ordered before there was a budget, the order itself once', async () => {
      await givenGeneration(stores(), { ...given, createdAt: yesterday });
      const avatar = await givenAvatar(stores(), { owner: someone });
      await stores().trainings.add(
        aTraining({ owner: someone, avatar: avatar.id, createdAt: midnight, cost: 2_000_000 }),
      );
      await givenGeneration(stores(), given);
      expect(await inTransaction((quotas) => quotas.spend(35_000, noon))).toEqual({
        ...{ day: 2_035_000, month: 2_070_000 },
      });
    });

    it('counts anew without what ended before fal took it', async () => {
      await givenGeneration(stores(), { ...given, status: 'delivered' });
      await givenGeneration(stores(), given);
      for (const ticket of [null, 'a ticket'])
        await givenGeneration(stores(), { ...given, status: 'cancelled', ticket });
      await inTransaction((quotas) => quotas.spend(1_000_000, noon));
      await recount();
      expect(await store().spent(noon)).toEqual({ day: 105_000, month: 105_000 });
    });

    it('begins anew when it is told to, and counts nothing twice after that', async () => {
      await givenGeneration(stores(), given);
      await inTransaction((quotas) => quotas.spend(35_000, noon));
      const later = new Date(noon.getTime() + 1000);
      await store().reset(later);
      expect(await store().spent(later)).toEqual({ day: 0, month: 0 });
      await recount(later);
      expect(await store().spent(later)).toEqual({ day: 0, month: 0 });
      expect(await inTransaction((quotas) => quotas.spend(7, later))).toEqual({ day: 7, month: 7 });
    });

    it('loses nothing of what thirty spend at once', async () => {
      await inTransaction((quotas) => quotas.spend(0, noon));
      await Promise.all(Array.from({ length: 30 }, () => inTransaction((quotas) => quotas.spend(10, noon))));
      expect(await store().spent(noon)).toEqual({ day: 300, month: 300 });
    });
  });
}
