import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../src/domain/operator/trouble.js';
import { longAgo, nextUuid, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const full: Trouble = { kind: 'disk_nearly_full', subject: '', facts: { freeBytes: 1 } };
const dead: Trouble = { kind: 'dead_letters', subject: 'generation', facts: { count: 1 } };
const until = secondsLater(60);

/** Holds for every AlertStore. */
export function alertStoreContract(opened: () => OpenedStores): void {
  describe('as AlertStore', () => {
    const store = () => opened().database.stores.alerts;
    const note = (trouble: Trouble, seconds = 0) => store().note(nextUuid(), trouble, secondsLater(seconds));
    const takenAt = (seconds: number) =>
      store().take('webhook', secondsLater(seconds), secondsLater(seconds + 60));

    it('lets a trouble begin once, however many see it at once, and keeps what the last one saw', async () => {
      await Promise.all(Array.from({ length: 20 }, () => note(full)));
      await note({ ...full, facts: { freeBytes: 2 } }, 30);
      const lasting = await store().lasting();
      expect(lasting).toMatchObject([
        { ...full, facts: { freeBytes: 2 }, begunAt: longAgo, clearedAt: null },
      ]);
    });

    it('tells troubles apart by their subject', async () => {
      await note(dead);
      await note({ ...dead, subject: 'training' });
      await note(full);
      expect(await store().lasting()).toHaveLength(3);
    });

    it('ends what nobody has seen since, and lets it begin anew', async () => {
      await note(full);
      await note(dead, 10);
      expect(await store().clear(secondsLater(10), secondsLater(300))).toBe(1);
      expect(await store().clear(secondsLater(10), secondsLater(301))).toBe(0);
      expect(await store().lasting()).toMatchObject([dead]);
      await note(full, 400);
      expect(await store().lasting()).toMatchObject([dead, { ...full, begunAt: secondsLater(400) }]);
    });

    it('gives each to one who tells it, until that one is gone', async () => {
      await note(full);
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => store().take('webhook', longAgo, until)),
      );
      expect(taken.filter((each) => each !== null)).toMatchObject([{ ...full, told: 'nothing', tries: 1 }]);
      expect(await takenAt(59)).toBeNull();
      expect(await takenAt(60)).toMatchObject({ ...full, tries: 2 });
    });

    it('has told of a beginning once, and of the end after it', async () => {
      await note(full);
      const begun = await takenAt(0);
      if (begun === null) throw new Error('it is due');
      await store().markTold(begun, longAgo);
      expect(await takenAt(1000)).toBeNull();
      await store().clear(secondsLater(1), secondsLater(1001));
      const cleared = await takenAt(1001);
      expect(cleared).toMatchObject({ id: begun.id, told: 'begun', tries: 1, clearedAt: secondsLater(1001) });
      if (cleared === null) throw new Error('it is due');
      // Somebody who was slow to say so changes nothing.
      await store().markTold(begun, secondsLater(1002));
      expect(await takenAt(1002)).toBeNull();
      await store().markTold(cleared, secondsLater(1003));
      expect(await takenAt(9999)).toBeNull();
    });

    it('tells what was put off when its time has come', async () => {
      await note(full);
      const due = await takenAt(0);
      if (due === null) throw new Error('it is due');
      await store().putOff(due, secondsLater(5));
      expect(await takenAt(4)).toBeNull();
      expect(await takenAt(5)).toMatchObject({ ...full, tries: 2 });
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      await note(full);
      const due = await takenAt(7200);
      expect(await takenAt(0)).toMatchObject({ ...full, tries: 2 });
      if (due === null) throw new Error('it is due');
      await store().putOff(due, secondsLater(7800));
      expect(await takenAt(61)).toMatchObject({ ...full, tries: 3 });
      expect(await takenAt(62)).toBeNull();
    });

    it('has told nobody on one way what it told on another, each once', async () => {
      await note(full);
      const [webhook, chat] = [await takenAt(0), await store().take('7', longAgo, until)];
      expect(chat).toMatchObject({ ...full, way: '7', told: 'nothing', tries: 1 });
      if (webhook === null || chat === null) throw new Error('it is due');
      await store().markTold(webhook, longAgo);
      await store().putOff(chat, secondsLater(5));
      expect(await takenAt(1000)).toBeNull();
      expect(await store().take('7', secondsLater(5), until)).toMatchObject({ told: 'nothing', tries: 2 });
    });

    it('tells whoever is new of what lasts, and never of what was over before', async () => {
      await note(full);
      await store().clear(secondsLater(1), secondsLater(300));
      await note(dead, 300);
      expect(await store().take('8', secondsLater(301), secondsLater(900))).toMatchObject(dead);
      expect(await store().take('8', secondsLater(302), secondsLater(900))).toBeNull();
    });

    it('forgets what was over before then, and nothing that lasts', async () => {
      await note(full);
      await store().clear(secondsLater(1), secondsLater(300));
      await note(dead);
      expect(await store().forget(secondsLater(300))).toBe(0);
      expect(await store().forget(secondsLater(301))).toBe(1);
      expect(await store().lasting()).toMatchObject([dead]);
    });
  });
}
