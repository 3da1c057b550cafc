import { describe, expect, it } from 'vitest';
import { anAccessLink } from '../support/builders/an-access-link.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const ada = { user: someone, name: 'Ada', language: 'en' };
const bob = { user: somebodyElse, name: 'Bob', language: null };

/** Holds for the stores of who may come in. */
export function admissionStoresContract(opened: () => OpenedStores): void {
  describe('as AdmissionStore', () => {
    const store = () => opened().database.stores.admissions;
    const links = () => opened().database.stores.accessLinks;
    const stateOf = async (user = someone) => (await store().of(user)).admission?.state;

    it('knows nobody, and its door is open', async () => {
      expect(await store().of(someone)).toEqual({ isClosed: false, isBlocked: false, admission: null });
    });

    it('takes down once that somebody asks, and closes no door for that', async () => {
      expect(await store().ask(ada, longAgo, longAgo)).toBe(true);
      expect(await store().ask({ ...ada, name: 'Eve' }, secondsLater(60), secondsLater(60))).toBe(false);
      expect(await store().of(someone)).toEqual({
        ...{ isClosed: false, isBlocked: false },
        admission: { ...ada, state: 'asked', at: longAgo, link: null },
      });
    });

    it('takes down one of twenty that ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store().ask(ada, longAgo, longAgo)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('keeps what was decided, with the name, and says what was so before', async () => {
      await store().ask(ada, longAgo, longAgo);
      expect(await store().decide(someone, 'allowed', secondsLater(60))).toBe(true);
      expect(await store().decide(someone, 'allowed', secondsLater(90))).toBe(false);
      expect(await store().of(someone)).toEqual({
        ...{ isClosed: true, isBlocked: false },
        admission: { ...ada, state: 'allowed', at: secondsLater(60), link: null },
      });
      expect(await store().decide(somebodyElse, 'refused', longAgo)).toBe(true);
      expect(await stateOf(somebodyElse)).toBe('refused');
    });

    it('decides what is as the operator saw it, once', async () => {
      expect(await store().decide(someone, 'allowed', longAgo, 'asked')).toBe(false);
      expect((await store().of(someone)).admission).toBeNull();
      await store().ask(ada, longAgo, longAgo);
      const states = ['allowed', 'refused'] as const;
      const both = await Promise.all(
        states.map((state) => store().decide(someone, state, secondsLater(60), 'asked')),
      );
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await stateOf()).toBe(states[both.indexOf(true)]);
    });

    it('stays closed when the last one is sent away', async () => {
      await store().decide(someone, 'allowed', longAgo);
      await store().decide(someone, 'removed', longAgo);
      expect((await store().of(somebodyElse)).isClosed).toBe(true);
      await store().clear();
      expect(await store().of(someone)).toEqual({ isClosed: false, isBlocked: false, admission: null });
    });

    it('lets somebody ask anew who was turned away long enough ago, and nobody who is in', async () => {
      await store().decide(someone, 'refused', secondsLater(60));
      expect(await store().ask(ada, secondsLater(90), secondsLater(59))).toBe(false);
      expect(await store().ask(ada, secondsLater(90), secondsLater(60))).toBe(true);
      expect(await stateOf()).toBe('asked');
      await store().decide(someone, 'removed', secondsLater(100));
      expect(await store().ask(ada, secondsLater(200), secondsLater(100))).toBe(true);
      await store().decide(someone, 'allowed', secondsLater(300));
      expect(await store().ask(ada, secondsLater(400), secondsLater(400))).toBe(false);
      expect(await stateOf()).toBe('allowed');
    });

    it('lets in by a link whom nobody has turned away', async () => {
      expect(await store().join(bob, 'ABCD', longAgo)).toBe(true);
      expect(await store().join(bob, 'EFGH', longAgo)).toBe(false);
      await store().ask(ada, longAgo, longAgo);
      expect(await store().join(ada, 'ABCD', secondsLater(60))).toBe(true);
      expect((await store().of(someone)).admission).toEqual({
        ...{ ...ada, state: 'allowed', at: secondsLater(60), link: 'ABCD' },
      });
      for (const state of ['refused', 'removed'] as const) {
        await store().decide(someone, state, longAgo);
        expect(await store().join(ada, 'ABCD', longAgo)).toBe(false);
        expect(await stateOf()).toBe(state);
      }
    });

    it('lists and counts by what was decided, the latest first', async () => {
      await store().decide(someone, 'allowed', longAgo);
      await store().join(bob, 'ABCD', secondsLater(60));
      const users = async (page: Parameters<ReturnType<typeof store>['list']>[0]) =>
        (await store().list(page)).map(({ user }) => user);
      expect(await users({ state: 'allowed', limit: 9 })).toEqual([somebodyElse, someone]);
      expect(await users({ state: 'allowed', limit: 1, offset: 1 })).toEqual([someone]);
      expect(await users({ state: 'asked', limit: 9 })).toEqual([]);
      expect(await store().count()).toEqual({ asked: 0, allowed: 2, refused: 0, removed: 0 });
    });

    it('forgets the name of somebody who leaves, and not what was decided', async () => {
      await store().ask(ada, longAgo, longAgo);
      await store().decide(someone, 'refused', secondsLater(60));
      await opened().database.stores.personal.forget(someone);
      expect((await store().of(someone)).admission).toEqual({
        ...{ user: someone, state: 'refused', name: null, language: null, at: secondsLater(60), link: null },
      });
    });

    it('is closed by a link, be it used up or ended', async () => {
      await links().add(anAccessLink());
      expect((await store().of(someone)).isClosed).toBe(true);
      await links().end(anAccessLink().code, longAgo);
      expect((await store().of(someone)).isClosed).toBe(true);
      await links().clear();
      expect((await store().of(someone)).isClosed).toBe(false);
    });
  });

  describe('as AccessLinkStore', () => {
    const store = () => opened().database.stores.accessLinks;

    it('lists links, newest first', async () => {
      const [older, newer] = [anAccessLink(), anAccessLink({ code: 'ZZZZ', createdAt: secondsLater(60) })];
      await store().add(older);
      await store().add(newer);
      expect(await store().list(9)).toEqual([newer, older]);
      expect(await store().list(1)).toEqual([newer]);
      expect(await store().count()).toBe(2);
      expect(await store().find(older.code)).toEqual(older);
      expect(await store().find('N0NE')).toBeNull();
    });

    it('lists those that let somebody in, however many newer ones do not', async () => {
      const live = anAccessLink({ uses: 1, until: secondsLater(60) });
      await store().add(live);
      for (const code of ['WWWW', 'XXXX', 'YYYY'])
        await store().add(
          anAccessLink({ code, uses: 1, until: secondsLater(60), createdAt: secondsLater(1) }),
        );
      await store().end('WWWW', longAgo);
      await store().use('XXXX', longAgo);
      await store().add(anAccessLink({ code: 'ZZZZ', until: secondsLater(59), createdAt: secondsLater(2) }));
      await store().end('YYYY', longAgo);
      expect(await store().list(1, secondsLater(60))).toEqual([live]);
      expect(await store().list(1, secondsLater(61))).toEqual([]);
    });

    it('gives five of its five uses to thirty who ask at once', async () => {
      await store().add(anAccessLink({ uses: 5 }));
      const { code } = anAccessLink();
      const answers = await Promise.all(Array.from({ length: 30 }, () => store().use(code, longAgo)));
      expect(answers.filter(Boolean)).toHaveLength(5);
      expect(await store().list(9)).toMatchObject([{ used: 5 }]);
    });

    it('is over after its last moment, and once it is ended', async () => {
      const { code } = anAccessLink();
      await store().add(anAccessLink({ uses: 9, until: secondsLater(60) }));
      expect(await store().use(code, secondsLater(60))).toBe(true);
      expect(await store().use(code, secondsLater(61))).toBe(false);
      expect(await store().end(code, longAgo)).toBe(true);
      expect(await store().end(code, secondsLater(9))).toBe(false);
      expect(await store().use(code, longAgo)).toBe(false);
      expect(await store().list(9)).toMatchObject([{ used: 1, endedAt: longAgo }]);
      expect(await store().use('N0NE', longAgo)).toBe(false);
      expect(await store().end('N0NE', longAgo)).toBe(false);
    });
  });
}
