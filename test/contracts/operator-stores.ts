import { describe, expect, it } from 'vitest';
import { userId } from '../../src/domain/ids.js';
import type { OperatorAct } from '../../src/domain/operator/act.js';
import type { Intent } from '../../src/domain/operator/intent.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const anAct = (changes: Partial<OperatorAct> = {}): OperatorAct =>
  ({
    ...{ at: longAgo, admin: 'cli', act: 'grant', subject: someone, why: 'a gift', details: { credits: 5 } },
    ...changes,
  }) as OperatorAct;

/** Holds for every OperatorActStore and OperatorIntentStore. */
export function operatorStoresContract(opened: () => OpenedStores): void {
  describe('as OperatorActStore', () => {
    const store = () => opened().database.stores.operatorActs;

    it('lists what was done, newest first and page by page', async () => {
      const acts = [1, 2, 3].map((credits) => anAct({ details: { credits } }));
      for (const act of acts) await store().write(act);
      const page = await store().list(2);
      expect(page).toMatchObject([{ details: { credits: 3 } }, { details: { credits: 2 } }]);
      expect(await store().list(2, page[1]?.id)).toMatchObject([{ details: { credits: 1 } }]);
      expect(await store().list(2, 0)).toEqual([]);
    });

    it('keeps all of it', async () => {
      const bare = anAct({ admin: userId('7'), subject: null, why: null });
      await store().write(bare);
      expect(await store().list(1)).toEqual([{ ...bare, id: expect.any(Number) }]);
    });

    it('tells what was done to one person, in the order of the acts', async () => {
      await store().write(anAct({ why: 'first' }));
      await store().write(anAct({ subject: somebodyElse }));
      await store().write(anAct({ why: 'second' }));
      expect(await store().about(someone)).toMatchObject([{ why: 'first' }, { why: 'second' }]);
    });

    it('tells what others did since then, also to one who waits for another to be done', async () => {
      const [one, two] = [userId('7'), userId('8')];
      await store().write(anAct({ admin: one, at: secondsLater(10) }));
      await store().write(anAct({ admin: two, at: secondsLater(5) }));
      await store().write(anAct({ admin: two, at: secondsLater(20), why: 'the second' }));
      expect(await store().ofOthers(one, secondsLater(5))).toMatchObject([{ why: 'the second' }]);
      expect(await store().ofOthers(two, secondsLater(10))).toEqual([]);
      const confirms = (admin: typeof one) =>
        opened().database.transaction(async ({ operatorActs }) => {
          const others = await operatorActs.ofOthers(admin, secondsLater(20));
          await operatorActs.write(anAct({ admin, at: secondsLater(30) }));
          return others.length;
        });
      expect((await Promise.all([confirms(one), confirms(two)])).sort()).toEqual([0, 1]);
    });

    it('keeps nothing of an act that was undone', async () => {
      const undone = opened().database.transaction(async ({ operatorActs }) => {
        await operatorActs.write(anAct());
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await store().list(1)).toEqual([]);
    });
  });

  describe('as BlockStore', () => {
    const store = () => opened().database.stores.blocks;

    it('keeps a block until it is taken away, and the first of two', async () => {
      const block = { user: somebodyElse, at: longAgo, why: 'threats' };
      expect(await store().find(somebodyElse)).toBeNull();
      expect(await store().block(block)).toBe(true);
      expect(await store().block({ ...block, why: null })).toBe(false);
      expect(await store().find(somebodyElse)).toEqual({ ...block, appealedAt: null });
      const { admissions } = opened().database.stores;
      expect((await admissions.of(somebodyElse)).isBlocked).toBe(true);
      expect((await admissions.of(someone)).isBlocked).toBe(false);
      expect(await store().unblock(somebodyElse)).toBe(true);
      expect(await store().unblock(somebodyElse)).toBe(false);
    });

    it('takes one appeal against each block, however many come at once, and none where there is no block', async () => {
      const block = { user: somebodyElse, at: longAgo, why: 'nudity' };
      const appeal = () => store().appeal(somebodyElse, secondsLater(1));
      expect(await appeal()).toBeNull();
      await store().block(block);
      const taken = await Promise.all([appeal(), appeal(), appeal()]);
      expect(taken.filter((each) => each !== null)).toEqual([{ ...block, appealedAt: secondsLater(1) }]);
      await opened().database.stores.personal.forget(somebodyElse);
      expect(await appeal()).toBeNull();
      await store().unblock(somebodyElse);
      const later = { ...block, at: secondsLater(2) };
      await store().block(later);
      expect(await appeal()).toEqual({ ...later, appealedAt: secondsLater(1) });
    });
  });

  describe('as OperatorIntentStore', () => {
    const store = () => opened().database.stores.operatorIntents;
    const anIntent = (changes: Partial<Intent> = {}): Intent => ({
      ...{ id: nextUuid(), admin: userId('7'), madeAt: secondsLater(60) },
      act: { act: 'grant', user: someone, credits: 5, why: 'a gift' },
      ...changes,
    });

    it('gives it once, however many ask at once', async () => {
      const intent = anIntent();
      await store().keep(intent);
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => store().take(intent, longAgo, secondsLater(61))),
      );
      expect(taken.filter((each) => each !== null)).toMatchObject([
        { act: intent.act, madeAt: intent.madeAt },
      ]);
      expect(await store().find(intent, longAgo)).toBeNull();
      expect(await store().take(intent, longAgo, secondsLater(62))).toBeNull();
    });

    it('gives it to nobody else, and not when it is old', async () => {
      const intent = anIntent();
      await store().keep(intent);
      expect(await store().find(intent, longAgo)).toEqual(intent.act);
      expect(await store().find({ ...intent, admin: userId('8') }, longAgo)).toBeNull();
      expect(await store().find(intent, secondsLater(60))).toBeNull();
      expect(await store().take({ ...intent, admin: userId('8') }, longAgo, secondsLater(61))).toBeNull();
      expect(await store().take({ ...intent, id: nextUuid() }, longAgo, secondsLater(61))).toBeNull();
      expect(await store().take(intent, secondsLater(60), secondsLater(61))).toBeNull();
      expect(await store().take(intent, secondsLater(59), secondsLater(61))).toMatchObject({
        act: intent.act,
      });
    });

    it('is about something else from then on, for whoever could take it', async () => {
      const intent = anIntent();
      await store().keep(intent);
      const act = { ...intent.act, credits: 7 } as const;
      const changed = { ...intent, act, madeAt: secondsLater(90) };
      expect(await store().change({ ...changed, admin: userId('8') }, longAgo)).toBe(false);
      expect(await store().change({ ...changed, id: nextUuid() }, longAgo)).toBe(false);
      expect(await store().change(changed, secondsLater(60))).toBe(false);
      expect(await store().change(changed, secondsLater(59))).toBe(true);
      // It is as young as that.
      expect(await store().take(intent, secondsLater(89), secondsLater(91))).toMatchObject({
        act,
        madeAt: secondsLater(90),
      });
      expect(await store().change(changed, longAgo)).toBe(false);
    });

    it('can be taken again when what was to be done was undone', async () => {
      const intent = anIntent();
      await store().keep(intent);
      const undone = opened().database.transaction(async ({ operatorIntents }) => {
        await operatorIntents.take(intent, longAgo, secondsLater(61));
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await store().take(intent, longAgo, secondsLater(61))).toMatchObject({ act: intent.act });
    });
  });
}
