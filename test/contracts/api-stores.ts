import { beforeEach, describe, expect, it } from 'vitest';
import type { NamedRequest } from '../../src/application/ports/stores/api/api-request-store.js';
import { anApiKey } from '../support/builders/an-api-key.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Holds for every ApiKeyStore and ApiRequestStore. */
export function apiStoresContract(opened: () => OpenedStores): void {
  const stores = () => opened().database.stores;
  const givenPeople = async () => {
    await givenUser(stores(), { id: someone });
    await givenUser(stores(), { id: somebodyElse });
  };

  describe('as ApiKeyStore', () => {
    const store = () => stores().apiKeys;
    beforeEach(givenPeople);

    it('finds a key as it was added, by its shown part', async () => {
      const key = anApiKey({ expiresAt: secondsLater(9), scopes: ['read'] });
      await store().add(key);
      expect(await store().find(key.shown)).toEqual(key);
      expect(await store().find('ZZZZ9999')).toBeNull();
      await expect(store().add(anApiKey({ id: uuid(9) }))).rejects.toThrow();
    });

    it('lists the keys of one or of all, newest first', async () => {
      const [old, young, foreign] = [
        anApiKey(),
        anApiKey({ id: uuid(1), shown: 'BBBB2222', createdAt: secondsLater(60) }),
        anApiKey({ id: uuid(2), shown: 'CCCC3333', owner: somebodyElse, createdAt: secondsLater(90) }),
      ];
      for (const key of [old, young, foreign]) await store().add(key);
      expect(await store().list(someone)).toEqual([young, old]);
      expect(await store().list()).toEqual([foreign, young, old]);
    });

    it('revokes once, and for its owner alone where one is named', async () => {
      const { id, shown } = anApiKey();
      await store().add(anApiKey());
      expect(await store().revoke(id, longAgo, somebodyElse)).toBe(false);
      expect(await store().revoke('no uuid', longAgo)).toBe(false);
      expect(await store().revoke(id, longAgo, someone)).toBe(true);
      expect(await store().revoke(id, secondsLater(9))).toBe(false);
      expect(await store().find(shown)).toMatchObject({ revokedAt: longAgo });
    });

    it('notes its use once a minute', async () => {
      const { id, shown } = anApiKey();
      await store().add(anApiKey());
      const used = async (at: Date) => {
        await store().noteUse(id, at);
        return (await store().find(shown))?.lastUsedAt;
      };
      expect(await used(longAgo)).toEqual(longAgo);
      expect(await used(secondsLater(59))).toEqual(longAgo);
      expect(await used(secondsLater(60))).toEqual(secondsLater(60));
    });

    it('forgets the keys of who leaves', async () => {
      await store().add(anApiKey());
      await store().add(anApiKey({ id: uuid(2), shown: 'CCCC3333', owner: somebodyElse }));
      await stores().personal.forget(someone);
      expect((await store().list()).map(({ owner }) => owner)).toEqual([somebodyElse]);
    });
  });

  describe('as ApiRequestStore', () => {
    const store = () => stores().apiRequests;
    const asked = (number: number, changes: Partial<NamedRequest> = {}): NamedRequest => ({
      id: uuid(number),
      owner: someone,
      value: 'order-1',
      digest: 'd1',
      now: longAgo,
      until: secondsLater(60),
      ...changes,
    });
    const answer = { status: 202, body: { id: 'x', credits: 5 } };
    beforeEach(givenPeople);

    it('lets one of twenty begin, and answers the others once it is done', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, (_, each) => store().begin(asked(each))));
      const begun = all.flatMap((each) => (each.kind === 'begun' ? [each] : []));
      expect(begun).toHaveLength(1);
      expect(all.filter(({ kind }) => kind === 'running')).toHaveLength(19);
      await store().answer(begun[0]?.id ?? '', answer);
      expect(await store().begin(asked(30))).toEqual({ kind: 'answered', answer });
    });

    it('tells another content under the same name, whether it is done or not', async () => {
      await store().begin(asked(1));
      expect(await store().begin(asked(2, { digest: 'd2' }))).toEqual({ kind: 'different' });
      await store().answer(uuid(1), answer);
      expect(await store().begin(asked(2, { digest: 'd2' }))).toEqual({ kind: 'different' });
    });

    it('keeps the names of two people apart', async () => {
      await store().begin(asked(1));
      expect(await store().begin(asked(2, { owner: somebodyElse, digest: 'd2' }))).toEqual({
        ...{ kind: 'begun', id: uuid(2), isNew: true },
      });
    });

    it('goes on under the first id when whoever began is gone', async () => {
      await store().begin(asked(1));
      expect(await store().begin(asked(2, { now: secondsLater(59) }))).toEqual({ kind: 'running' });
      const again = { now: secondsLater(60), until: secondsLater(120) };
      expect(await store().begin(asked(2, again))).toEqual({ kind: 'begun', id: uuid(1), isNew: false });
      expect(await store().begin(asked(3, { now: secondsLater(61) }))).toEqual({ kind: 'running' });
      await store().free(uuid(1), secondsLater(61));
      expect(await store().begin(asked(3, { now: secondsLater(61) }))).toMatchObject({ id: uuid(1) });
    });

    it('begins anew once it is removed, or its owner has left', async () => {
      await store().begin(asked(1));
      await store().remove(uuid(1));
      expect(await store().begin(asked(2))).toMatchObject({ id: uuid(2), isNew: true });
      await store().answer(uuid(2), answer);
      await stores().personal.forget(someone);
      expect(await store().begin(asked(3))).toMatchObject({ id: uuid(3), isNew: true });
    });
  });
}
