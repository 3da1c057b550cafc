import { describe, expect, it } from 'vitest';
import { aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenAvatar, givenGeneration, givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every PersonStore. */
export function personStoreContract(opened: () => OpenedStores): void {
  describe('as PersonStore', () => {
    const people = () => opened().database.stores.people;

    it('finds people by a part of their name in any case, who came last first', async () => {
      const { stores } = opened().database;
      const first = await givenUser(stores, { displayName: 'Ада Lovelace' });
      const last = await givenUser(stores, { displayName: 'ада %', createdAt: secondsLater(60) });
      const named = async (words: string, limit = 5) =>
        (await people().named(words, limit)).map(({ id }) => id);
      expect(await named('АДА')).toEqual([last.id, first.id]);
      expect(await named('ада', 1)).toEqual([last.id]);
      expect(await named('%')).toEqual([last.id]);
      expect(await named('nobody')).toEqual([]);
    });

    it('lists people, who came last first, and those who are blocked alone', async () => {
      const { stores } = opened().database;
      const first = await givenUser(stores, { displayName: 'Ada' });
      const last = await givenUser(stores, { displayName: 'Bea', createdAt: secondsLater(60) });
      await stores.blocks.block({ user: first.id, at: secondsLater(90), why: null });
      const free = { ...last, blockedAt: null };
      const blocked = { ...first, blockedAt: secondsLater(90) };
      const both = (await people().list({ limit: 5 })).filter(({ id }) => id === last.id || id === first.id);
      expect(both).toEqual([free, blocked]);
      expect(await people().list({ limit: 1 })).toEqual([free]);
      expect(await people().list({ isBlocked: true, limit: 5 })).toEqual([blocked]);
    });

    it('counts what somebody ordered, and what they spent since', async () => {
      const { stores } = opened().database;
      await givenUser(stores, { id: someone, credits: 100 });
      await givenAvatar(stores, { owner: someone });
      await givenGeneration(stores, { owner: someone, status: 'failed', cost: 7 });
      await givenGeneration(stores, {
        owner: someone,
        status: 'submitted',
        cost: 30,
        createdAt: secondsLater(60),
      });
      await givenGeneration(stores, { owner: somebodyElse, status: 'submitted', cost: 500 });
      await givenTraining(
        stores,
        aTraining({ owner: someone, status: 'ready', cost: 600, createdAt: secondsLater(60) }),
      );
      const hold = { user: someone, kind: 'hold', amount: -5 } as const;
      await stores.ledger.write([{ ...hold, reason: 'hold:old' }], longAgo);
      await stores.ledger.write([{ ...hold, reason: 'hold:new' }], secondsLater(60));
      await stores.ledger.write(
        [{ user: someone, kind: 'grant', amount: 40, reason: 'grant:since' }],
        secondsLater(60),
      );
      expect(await people().work(someone, secondsLater(60))).toEqual({
        pictures: { failed: 1, submitted: 1 },
        trainings: { ready: 1 },
        avatars: 1,
        spent: 5,
        cost: 630,
      });
    });

    it('knows of nothing where nothing was ordered', async () => {
      await givenUser(opened().database.stores, { id: someone });
      const nothing = { pictures: {}, trainings: {}, avatars: 0, spent: 0, cost: 0 };
      expect(await people().work(someone, longAgo)).toEqual(nothing);
    });
  });
}
