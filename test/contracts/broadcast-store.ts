import { beforeEach, describe, expect, it } from 'vitest';
import type { AccessSettings } from '../../src/application/ports/stores/operator/broadcast-store.js';
import { userId } from '../../src/domain/ids.js';
import { aBroadcast, openToAll } from '../support/builders/a-broadcast.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const lease = { owner: 'one', until: secondsLater(60) };
const none = { left: 0, sent: 0, blocked: 0, failed: 0, muted: 0 };
const [first, second, third] = [userId('31'), userId('32'), userId('33')];

/** Holds for every BroadcastStore. */
export function broadcastStoreContract(opened: () => OpenedStores): void {
  describe('as BroadcastStore', () => {
    const stores = () => opened().database.stores;
    // It counts everybody, those too that other suites want to be there.
    beforeEach(() => opened().clear());
    const store = () => stores().broadcasts;
    const author = userId('99');
    const audience = (settings: AccessSettings = openToAll) => store().audience(author, settings);
    const counts = async (id: string) => (await store().find(id))?.counts;
    const taken = async (owner: string, seconds: number, limit = 99) => {
      const by = { owner, until: secondsLater(seconds + 60) };
      return ((await store().take(by, secondsLater(seconds), limit))?.people ?? []).map(({ id }) => id);
    };
    async function begun(changes: Parameters<typeof aBroadcast>[0] = {}) {
      const broadcast = aBroadcast(changes);
      await store().add(broadcast, openToAll);
      return broadcast;
    }
    const mayLeave = (broadcast: string, person: typeof first, settings: AccessSettings = openToAll) =>
      store().check({ broadcast, person }, 'one', secondsLater(1), settings);
    const threePeople = async () => {
      for (const id of [first, second, third]) await givenUser(stores(), { id });
    };

    it('reaches whoever has talked to the bot, can be reached and has not muted news', async () => {
      await threePeople();
      await stores().users.ensure({ id: someone, now: longAgo });
      await givenUser(stores(), { id: somebodyElse });
      await store().setUnreachable(somebodyElse, longAgo);
      await stores().preferences.change(somebodyElse, { broadcasts: false });
      await stores().preferences.change(third, { broadcasts: false });
      await stores().preferences.change(second, { notifications: false });
      expect(await audience()).toEqual({ people: 2, unreachable: 1, muted: 1 });
      const broadcast = aBroadcast();
      expect(await store().add(broadcast, openToAll)).toBe(2);
      expect(await store().find(broadcast.id)).toEqual({ broadcast, counts: { ...none, left: 2 } });
      expect(await taken('one', 0)).toEqual([first, second]);
    });

    it('keeps since when somebody cannot be reached, until they can', async () => {
      await threePeople();
      await store().setUnreachable(userId('999'), longAgo);
      await store().setUnreachable(first, longAgo);
      await store().setUnreachable(first, secondsLater(60));
      expect(await audience()).toEqual({ people: 2, unreachable: 1, muted: 0 });
      await store().setUnreachable(first, null);
      expect(await audience()).toEqual({ people: 3, unreachable: 0, muted: 0 });
    });

    it('does not write to whom operators have closed the bot for, from the moment they do', async () => {
      await threePeople();
      const { id } = await begun();
      await taken('one', 0);
      await stores().blocks.block({ user: first, at: longAgo, why: null });
      expect(await audience()).toEqual({ people: 2, unreachable: 0, muted: 0 });
      expect(await mayLeave(id, first)).toBe('blocked');
      expect(await mayLeave(id, second)).toBe('go');
    });

    it('does not write to who may not use the bot, be it by the settings or by the list', async () => {
      await threePeople();
      const { id } = await begun();
      await taken('one', 0);
      const names = (settings: AccessSettings) =>
        Promise.all([first, second, third].map((person) => mayLeave(id, person, settings)));
      const bySettings = { admins: new Set([first]), allowedUsers: new Set([second]) };
      expect(await audience(bySettings)).toEqual({ people: 2, unreachable: 0, muted: 0 });
      expect(await names(bySettings)).toEqual(['go', 'go', 'blocked']);
      // Whoever asks closes no door.
      await stores().admissions.ask({ user: third, name: null, language: null }, longAgo, longAgo);
      expect(await audience()).toMatchObject({ people: 3 });
      await stores().admissions.decide(third, 'allowed', longAgo);
      expect(await audience()).toMatchObject({ people: 1 });
      expect(await audience(bySettings)).toMatchObject({ people: 3 });
      expect(await names(openToAll)).toEqual(['blocked', 'blocked', 'go']);
      await stores().admissions.decide(third, 'removed', longAgo);
      expect(await names(openToAll)).toEqual(['blocked', 'blocked', 'blocked']);
      expect(await store().add(aBroadcast(), bySettings)).toBe(2);
      // What operators are told is theirs, whatever was decided.
      await stores().blocks.block({ user: first, at: longAgo, why: null });
      expect(await mayLeave(id, first, bySettings)).toBe('go');
    });

    it('leaves out who wrote it: they have seen it', async () => {
      await threePeople();
      expect(await store().audience(second, openToAll)).toMatchObject({ people: 2 });
      const { id } = await begun({ admin: second });
      expect(await counts(id)).toEqual({ ...none, left: 2 });
      expect(await taken('one', 0)).toEqual([first, third]);
    });

    it('can reach again whoever speaks in their own chat, and not who does so elsewhere', async () => {
      await threePeople();
      await store().setUnreachable(first, longAgo);
      await stores().users.meet({ id: first, displayName: 'Ada', language: 'en' });
      expect(await audience()).toMatchObject({ unreachable: 1 });
      await stores().users.meet({ id: first, displayName: 'Ada', language: 'en', isReachable: true });
      expect(await audience()).toMatchObject({ people: 3, unreachable: 0 });
    });

    it('gives each person to one taker, until that one is gone', async () => {
      await threePeople();
      const { id } = await begun();
      const takers = Array.from({ length: 10 }, (_, index) => taken(`taker ${index}`, 0, 1));
      expect((await Promise.all(takers)).flat().sort()).toEqual([first, second, third]);
      expect(await taken('late', 59)).toEqual([]);
      expect(await taken('late', 60)).toEqual([first, second, third]);
      expect(await counts(id)).toEqual({ ...none, left: 3 });
    });

    it('leaves with a taker that lives what it has, whatever another one’s clock says', async () => {
      await threePeople();
      await begun();
      await opened().live('one');
      expect(await taken('one', 0, 2)).toEqual([first, second]);
      expect(await taken('ahead', 7200)).toEqual([third]);
      // What it could not end is its own again.
      expect(await taken('one', 7200)).toEqual([first, second]);
    });

    it('takes from a taker that lives nothing that only its clock says it has for hours', async () => {
      await threePeople();
      await begun();
      await opened().live('ahead');
      expect(await taken('ahead', 7200, 2)).toEqual([first, second]);
      expect(await taken('one', 0)).toEqual([third]);
    });

    it('gives back only what is still the giver’s, and counts the try of what is not', async () => {
      await threePeople();
      const { id } = await begun();
      await taken('slow', 0, 1);
      await taken('one', 60, 1);
      await store().giveBack([{ broadcast: id, person: first }], 'slow', true);
      expect(await mayLeave(id, first)).toBe('go');
      await store().giveBack([{ broadcast: id, person: first }], 'one', false);
      expect(await mayLeave(id, first)).toBe('held');
      expect(await store().take(lease, secondsLater(61), 9)).toMatchObject({
        people: [
          { id: second, tries: 0 },
          { id: third, tries: 0 },
          { id: first, tries: 1 },
        ],
      });
    });

    it('gives the oldest broadcast first, in the language of each person', async () => {
      await givenUser(stores(), { id: first, language: 'en' });
      await givenUser(stores(), { id: second, language: 'ru' });
      await stores().preferences.change(first, { language: 'ru' });
      await begun({ createdAt: secondsLater(10) });
      const older = await begun();
      expect(await store().take(lease, secondsLater(10), 9)).toEqual({
        broadcast: older,
        setbacks: 0,
        people: [
          { id: first, language: 'ru', tries: 0 },
          { id: second, language: 'ru', tries: 0 },
        ],
      });
    });

    it('lets one leave while it is the taker’s, and the person can and wants to get it', async () => {
      await threePeople();
      const { id } = await begun();
      await taken('one', 0);
      const check = (person = first, owner = 'one', seconds = 1) =>
        store().check({ broadcast: id, person }, owner, secondsLater(seconds), openToAll);
      expect(await check()).toBe('go');
      expect(await check(first, 'two')).toBe('held');
      expect(await check(first, 'one', 60)).toBe('held');
      await store().setUnreachable(second, longAgo);
      await stores().preferences.change(third, { broadcasts: false });
      expect(await check(second)).toBe('blocked');
      expect(await check(third)).toBe('muted');
      await store().settle({ broadcast: id, person: first }, 'sent', longAgo);
      expect(await check()).toBe('held');
    });

    it('lets none leave once it is stopped, and stops once', async () => {
      await threePeople();
      const { id } = await begun();
      await taken('one', 0, 1);
      expect(await store().end(id, 'stopped', secondsLater(1))).toBe(true);
      expect(await store().end(id, 'gone', secondsLater(2))).toBe(false);
      expect(await mayLeave(id, first)).toBe('held');
      expect(await taken('two', 1)).toEqual([]);
      expect(await store().find(id)).toMatchObject({
        broadcast: { status: 'stopped', endedAt: secondsLater(1) },
        counts: { ...none, left: 3 },
      });
    });

    it('writes what became of each once, and ends when nobody is left', async () => {
      await threePeople();
      const { id } = await begun();
      const settle = (person: typeof first, outcome: 'sent' | 'blocked' | 'failed') =>
        store().settle({ broadcast: id, person }, outcome, longAgo);
      await settle(first, 'sent');
      await settle(first, 'failed');
      await settle(second, 'blocked');
      expect(await store().endSent(secondsLater(9))).toEqual([]);
      await settle(third, 'failed');
      expect(await store().endSent(secondsLater(9))).toEqual([id]);
      expect(await store().endSent(secondsLater(9))).toEqual([]);
      expect(await store().find(id)).toMatchObject({
        broadcast: { status: 'sent', endedAt: secondsLater(9) },
        counts: { left: 0, sent: 1, blocked: 1, failed: 1, muted: 0 },
      });
    });

    it('waits as long as it was put off, then lets one go first, and all once that one arrived', async () => {
      await threePeople();
      const { id } = await begun();
      await taken('one', 0, 2);
      await store().putOff(id, secondsLater(30));
      await store().putOff(id, secondsLater(20));
      const key = { broadcast: id, person: first };
      expect(await store().check(key, 'one', secondsLater(29), openToAll)).toBe('held');
      await store().giveBack([{ broadcast: id, person: first }], 'one', true);
      await store().giveBack([{ broadcast: id, person: second }], 'one', false);
      expect(await taken('two', 29)).toEqual([]);
      // Who may have got it already comes last.
      expect(await store().take(lease, secondsLater(30), 9)).toMatchObject({
        setbacks: 2,
        people: [{ id: second, tries: 0 }],
      });
      await store().settle({ broadcast: id, person: second }, 'sent', longAgo);
      expect(await store().take(lease, secondsLater(30), 9)).toMatchObject({
        setbacks: 0,
        people: [
          { id: third, tries: 0 },
          { id: first, tries: 1 },
        ],
      });
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      await threePeople();
      const { id } = await begun();
      const ahead = { owner: 'ahead', until: secondsLater(7800) };
      expect((await store().take(ahead, secondsLater(7200), 2))?.people).toHaveLength(2);
      await store().putOff(id, secondsLater(7260));
      expect((await store().take(lease, secondsLater(0), 1))?.people).toHaveLength(1);
      expect(await store().check({ broadcast: id, person: first }, 'ahead', secondsLater(0), openToAll)).toBe(
        'held',
      );
      // What is told by a right clock holds then.
      await store().putOff(id, secondsLater(30));
      expect(await store().take(lease, secondsLater(29), 9)).toBeNull();
      expect(await store().take(lease, secondsLater(30), 9)).not.toBeNull();
    });

    it('gives back what dead workers had taken', async () => {
      await threePeople();
      await begun();
      await taken('dead', 0, 2);
      await taken('alive', 0, 1);
      expect(await store().dropClaims(['dead'])).toBe(2);
      expect(await taken('alive', 1)).toEqual([first, second]);
    });

    it('lists the newest first', async () => {
      await threePeople();
      const [older, newer] = [await begun(), await begun({ createdAt: secondsLater(1) })];
      expect((await store().list(9)).map(({ broadcast }) => broadcast)).toEqual([newer, older]);
      expect(await store().list(1)).toHaveLength(1);
      expect(await store().find(aBroadcast().id)).toBeNull();
    });

    it('forgets who got it once it is long over, and keeps the numbers', async () => {
      await threePeople();
      const [over, open] = [await begun(), await begun()];
      await store().settle({ broadcast: over.id, person: first }, 'sent', longAgo);
      await store().end(over.id, 'stopped', secondsLater(10));
      expect(await store().forget(secondsLater(10))).toBe(0);
      expect(await store().forget(secondsLater(11))).toBe(3);
      expect(await store().forget(secondsLater(11))).toBe(0);
      expect(await counts(over.id)).toEqual({ ...none, sent: 1, left: 2 });
      expect(await counts(open.id)).toEqual({ ...none, left: 3 });
    });

    it('says what is kept of one person, and keeps the texts for each language', async () => {
      await threePeople();
      const translations = { ru: { transport: 'test', address: { message: 3 } } };
      const { id, createdAt } = await begun({ translations });
      const later = await begun({ createdAt: secondsLater(5) });
      expect((await store().find(id))?.broadcast.translations).toEqual(translations);
      await store().settle({ broadcast: id, person: first }, 'sent', secondsLater(9));
      await store().setUnreachable(first, secondsLater(20));
      expect(await store().of(first)).toEqual({
        unreachableSince: secondsLater(20),
        copies: [
          { begunAt: later.createdAt, state: 'waiting', at: null },
          { begunAt: createdAt, state: 'sent', at: secondsLater(9) },
        ],
      });
      expect(await store().of(someone)).toEqual({ unreachableSince: null, copies: [] });
    });

    it('keeps nothing of somebody who leaves', async () => {
      await threePeople();
      const { id } = await begun();
      await store().setUnreachable(first, longAgo);
      await stores().personal.forget(first);
      expect(await counts(id)).toEqual({ ...none, left: 2 });
      expect(await audience()).toEqual({ people: 2, unreachable: 0, muted: 0 });
    });
  });
}
