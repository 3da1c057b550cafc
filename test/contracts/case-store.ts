import { describe, expect, it } from 'vitest';
import { userId } from '../../src/domain/ids.js';
import type { NewCase } from '../../src/domain/operator/case.js';
import { givenAvatar } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const empty = { reporter: null, subject: null, category: null, photos: [], words: null };
const aReport = (changes: Partial<NewCase> = {}): NewCase => ({
  ...{ id: nextUuid(), kind: 'recipe', person: someone, reporter: somebodyElse, openedAt: longAgo },
  ...{ subject: nextUuid(), category: 'nudity' },
  ...changes,
});

/** Holds for every CaseStore. */
export function caseStoreContract(opened: () => OpenedStores): void {
  describe('as CaseStore', () => {
    const store = () => opened().database.stores.cases;

    it('brings a case back with all of it', async () => {
      const photos = [nextUuid(), nextUuid()] as unknown as NewCase['photos'];
      const report = aReport();
      const set = { id: nextUuid(), kind: 'photos', person: someone, openedAt: secondsLater(1) } as const;
      const looked = { ...set, subject: nextUuid(), photos: photos ?? [] };
      const appeal = {
        ...set,
        id: nextUuid(),
        kind: 'appeal',
        subject: 'block 1',
        words: 'It was art.',
      } as const;
      for (const each of [report, looked, appeal]) {
        expect(await store().open(each)).toBe(true);
        expect(await store().find(each.id)).toEqual({ ...empty, ...each, decision: null, decidedAt: null });
      }
      expect(await store().find(nextUuid())).toBeNull();
    });

    it('opens the same once, also when it was decided: a report, a set of photos, an appeal', async () => {
      const report = aReport();
      expect(await store().open(report)).toBe(true);
      await store().decide(report.id, 'keep', secondsLater(1));
      expect(await store().open({ ...report, id: nextUuid(), category: 'hate' })).toBe(false);
      expect(await store().open({ ...report, id: nextUuid(), reporter: userId('9') })).toBe(true);
      const set = {
        id: nextUuid(),
        kind: 'photos',
        person: someone,
        subject: nextUuid(),
        openedAt: longAgo,
      } as const;
      const [one, other] = [nextUuid(), nextUuid()] as unknown as [never, never];
      expect(await store().open({ ...set, photos: [one, other] })).toBe(true);
      expect(await store().open({ ...set, id: nextUuid(), photos: [other, one] })).toBe(false);
      expect(await store().open({ ...set, id: nextUuid(), photos: [one] })).toBe(true);
      const appeal = { ...set, id: nextUuid(), kind: 'appeal', subject: 'block 1' } as const;
      expect(await store().open({ ...appeal, words: 'Please.' })).toBe(true);
      expect(await store().open({ ...appeal, id: nextUuid(), words: 'Again!' })).toBe(false);
    });

    it('shows what waits, the oldest first', async () => {
      const [second, first, third] = [2, 1, 3].map((at) => aReport({ openedAt: secondsLater(at) }));
      for (const each of [second, first, third]) if (each !== undefined) await store().open(each);
      expect(await store().countWaiting()).toBe(3);
      for (const [skip, each] of [first, second, third].entries())
        expect((await store().waiting(skip))?.id).toBe(each?.id);
      expect(await store().waiting(3)).toBeNull();
      await store().decide(first?.id ?? '', 'keep', secondsLater(4));
      expect((await store().waiting(0))?.id).toBe(second?.id);
      expect(await store().countWaiting()).toBe(2);
    });

    it('names what waits once, however many report it, the oldest first and no more than asked', async () => {
      const report = aReport({ openedAt: secondsLater(1) });
      const again = { ...report, id: nextUuid(), reporter: userId('9'), openedAt: secondsLater(2) };
      const sets = [3, 4].map((at) => ({
        ...({ id: nextUuid(), kind: 'photos', person: someone, subject: report.subject ?? null } as const),
        ...{ photos: [nextUuid()] as never, openedAt: secondsLater(at) },
      }));
      const appeal = { id: nextUuid(), kind: 'appeal', person: someone, openedAt: secondsLater(5) } as const;
      for (const each of [appeal, again, ...sets, report]) await store().open(each);
      const named = async (limit: number) => (await store().firstWaiting(limit)).map(({ id }) => id);
      const all = [report, ...sets, appeal].map(({ id }) => id);
      expect(await named(9)).toEqual(all);
      expect(await named(2)).toEqual(all.slice(0, 2));
      await store().decide(report.id, 'keep', secondsLater(6));
      expect(await named(9)).toEqual(all.slice(1));
      const newer = { ...report, id: nextUuid(), reporter: userId('10'), openedAt: secondsLater(7) };
      await store().open(newer);
      expect(await named(9)).toEqual([...all.slice(1), newer.id]);
    });

    it('is decided once, however many decide at once, with all reports of the same recipe', async () => {
      const report = aReport();
      const same = { ...report, id: nextUuid(), reporter: userId('9') };
      const other = aReport();
      for (const each of [report, same, other]) await store().open(each);
      const decided = await Promise.all(
        (['keep', 'hide', 'keep'] as const).map((each) => store().decide(report.id, each, secondsLater(1))),
      );
      const [winner] = decided.filter((each) => each !== null);
      expect(decided.filter((each) => each !== null)).toHaveLength(1);
      expect(await store().find(report.id)).toEqual(winner);
      expect(await store().find(same.id)).toMatchObject({
        decision: winner?.decision,
        decidedAt: secondsLater(1),
      });
      expect(await store().find(other.id)).toMatchObject({ decision: null, decidedAt: null });
      expect(await store().decide(nextUuid(), 'keep', longAgo)).toBeNull();
    });

    it('lists what is about a person or came from them, and about one thing', async () => {
      const [made, sent, others] = [
        aReport(),
        aReport({ person: userId('9'), reporter: someone, openedAt: secondsLater(1) }),
        aReport({ person: userId('8') }),
      ];
      for (const each of [made, sent, others]) await store().open(each);
      expect((await store().concerning(someone)).map(({ id }) => id)).toEqual([made.id, sent.id]);
      expect((await store().ofSubject(others.subject ?? '')).map(({ id }) => id)).toEqual([others.id]);
    });

    it('forgets those of a person who leaves, and those of an avatar that goes', async () => {
      const { stores } = opened().database;
      const { owner, id: subject } = await givenAvatar(stores);
      const set = { id: nextUuid(), kind: 'photos', person: owner, openedAt: longAgo } as const;
      await store().open({ ...set, subject });
      await stores.avatars.remove(owner, subject);
      expect(await store().concerning(owner)).toEqual([]);
      await store().open(aReport({ person: owner }));
      await store().open(aReport({ reporter: owner, person: userId('9') }));
      await stores.personal.forget(owner);
      expect(await store().concerning(owner)).toEqual([]);
    });
  });
}
