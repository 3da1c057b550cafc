import { beforeEach, describe, expect, it } from 'vitest';
import type { DueHookMessage, HookMessage } from '../../src/application/ports/stores/event-hook-store.js';
import type { HookEvent } from '../../src/domain/hooks/event-hook.js';
import type { UserId } from '../../src/domain/ids.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

type Message = HookMessage & { readonly type: HookEvent };

/** Holds for every EventHookStore. */
export function eventHookStoreContract(opened: () => OpenedStores): void {
  describe('as EventHookStore', () => {
    const store = () => opened().database.stores.eventHooks;
    beforeEach(async () => {
      for (const id of [someone, somebodyElse]) await givenUser(opened().database.stores, { id });
    });
    const hooked = (
      owner: UserId = someone,
      events: readonly HookEvent[] = ['generation.done'],
      at = longAgo,
    ) => ({
      ...{ id: nextUuid(), owner, events, createdAt: at },
      url: 'https://shop.example/in?key=1',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    });
    const given = async (...args: Parameters<typeof hooked>) => {
      const hook = hooked(...args);
      expect(await store().add(hook, 10)).toBe(true);
      return hook;
    };
    const done = (id = 'evt_1', at = longAgo): Message => ({
      id,
      type: 'generation.done',
      at,
      data: { id: 'g' },
    });
    const takeAt = (seconds: number, not: readonly string[] = [], onlyWell = false) =>
      store().take(secondsLater(seconds), secondsLater(seconds + 60), not, onlyWell);
    const taken = async (seconds = 0): Promise<DueHookMessage> => {
      const message = await takeAt(seconds);
      if (message === null) throw new Error('it is due');
      return message;
    };
    const well = {
      failingSince: null,
      failures: 0,
      lastTrouble: null,
      quietUntil: null,
      switchedOffAt: null,
    };
    const failed = (seconds: number, next: number | null = seconds + 5) => ({
      trouble: 'answered_500' as const,
      now: secondsLater(seconds),
      nextTryAt: next === null ? null : secondsLater(next),
      quietUntil: null,
    });

    it("lists a person's own, oldest first and without secrets, and lets nobody else remove one", async () => {
      const second = await given(someone, ['training.ready', 'generation.done'], secondsLater(1));
      const first = await given();
      await given(somebodyElse);
      const shown = ({ secret: _, ...hook }: typeof first) => ({ ...hook, ...well, waiting: 0 });
      expect(await store().list(someone)).toEqual([shown(first), shown(second)]);
      expect(await store().remove(somebodyElse, first.id)).toBe(false);
      expect(await store().remove(someone, 'no-uuid')).toBe(false);
      expect(await store().remove(someone, first.id)).toBe(true);
      expect(await store().remove(someone, first.id)).toBe(false);
      expect(await store().list(someone)).toEqual([shown(second)]);
    });

    it('lets nobody have more than so many, however many are added at once', async () => {
      const add = () => opened().database.transaction(({ eventHooks }) => eventHooks.add(hooked(), 3));
      const added = await Promise.all(Array.from({ length: 10 }, add));
      expect(added.filter((each) => each)).toHaveLength(3);
      expect(await store().list(someone)).toHaveLength(3);
      expect(await store().add(hooked(somebodyElse), 3)).toBe(true);
    });

    it('notes message once for each hook that wants it, and for none of somebody else', async () => {
      const [one, other] = [await given(), await given()];
      await given(someone, ['generation.failed']);
      await given(somebodyElse);
      const noted = await Promise.all(Array.from({ length: 10 }, () => store().note(someone, done())));
      expect(noted.reduce((sum, each) => sum + each, 0)).toBe(2);
      const message = [await taken(), await taken()];
      expect(message.map(({ hook }) => hook.id).sort()).toEqual([one.id, other.id].sort());
      const { owner, url, secret } = one;
      expect(message[0]).toMatchObject({
        ...done(),
        secret,
        tries: 1,
        hook: { owner, url, failingSince: null },
      });
      expect(await takeAt(0)).toBeNull();
      expect(await store().note(somebodyElse, { ...done(), type: 'training.ready' })).toBe(0);
    });

    it('notes what was sent or given up no second time, until it is forgotten, and keeps nothing it said', async () => {
      await given();
      await store().note(someone, done('evt_1'));
      await store().note(someone, done('evt_2'));
      await store().markSent(await taken(), secondsLater(10));
      await store().markFailed(await taken(), failed(20, null));
      for (const id of ['evt_1', 'evt_2']) expect(await store().note(someone, done(id))).toBe(0);
      expect(await takeAt(1_000_000)).toBeNull();
      expect(await store().forget(secondsLater(20))).toBe(1);
      expect(await store().forget(secondsLater(21))).toBe(1);
      expect(await store().note(someone, done())).toBe(1);
    });

    it('sends a test to the one hook, whatever it wants to hear, and for nobody else', async () => {
      const hook = await given(someone, ['training.ready']);
      const test = { ...done('evt_t'), type: 'webhook.test' as const };
      expect(await store().noteTest(somebodyElse, hook.id, test)).toBe(false);
      expect(await store().noteTest(someone, nextUuid(), test)).toBe(false);
      expect(await store().noteTest(someone, 'no-uuid', test)).toBe(false);
      expect(await store().noteTest(someone, hook.id, test)).toBe(true);
      expect(await taken()).toMatchObject({ id: 'evt_t', type: 'webhook.test', hook: { id: hook.id } });
    });

    it('gives each to one who sends it, until that one is gone', async () => {
      await given();
      await store().note(someone, done());
      const all = await Promise.all(Array.from({ length: 10 }, () => takeAt(0)));
      expect(all.filter((each) => each !== null)).toHaveLength(1);
      expect(await takeAt(59)).toBeNull();
      expect(await takeAt(60)).toMatchObject({ ...done(), tries: 2 });
    });

    it('gives what is new before what failed, the oldest first, and passes over the hooks that are named', async () => {
      const [one, other] = [await given(), await given(someone, ['generation.failed'])];
      const failing = { ...done('evt_f'), type: 'generation.failed' as const };
      await store().note(someone, failing);
      await store().markFailed(await taken(), failed(0));
      await store().note(someone, done('evt_b', secondsLater(2)));
      await store().note(someone, done('evt_a', secondsLater(1)));
      expect(await takeAt(9, [one.id], true)).toBeNull();
      expect(await takeAt(9, [other.id])).toMatchObject({ id: 'evt_a' });
      expect(await takeAt(9, [], true)).toMatchObject({ id: 'evt_b' });
      expect(await takeAt(9, [], true)).toBeNull();
      expect(await takeAt(9)).toMatchObject({ id: 'evt_f', tries: 2, hook: { failingSince: longAgo } });
    });

    it('tells since when a hook takes nothing, and forgets that when it does', async () => {
      const hook = await given();
      for (const id of ['evt_1', 'evt_2']) await store().note(someone, done(id));
      const [one, two] = [await taken(), await taken()];
      const trouble = { lastTrouble: 'answered_500', switchedOffAt: null };
      expect(await store().markFailed(one, failed(1))).toMatchObject({
        ...{ id: hook.id, failures: 1, failingSince: secondsLater(1) },
        ...trouble,
      });
      expect(await store().markFailed(two, failed(3, 100))).toMatchObject({
        ...{ failures: 2, failingSince: secondsLater(1) },
      });
      expect(await takeAt(5)).toBeNull();
      const again = await taken(6);
      expect(again).toMatchObject({ ...done('evt_1'), tries: 2, hook: { failingSince: secondsLater(1) } });
      // Whoever had it before and was slow to say so changes nothing.
      expect(await store().markFailed(one, failed(7, 8))).toBeNull();
      await store().markSent(again, secondsLater(7));
      expect(await store().list(someone)).toMatchObject([{ ...well, waiting: 1 }]);
      expect(await takeAt(100)).toMatchObject({ id: 'evt_2' });
    });

    it('counts no failure of long ago: between them nothing was tried', async () => {
      const hours = 3600;
      await given();
      await store().note(someone, done());
      await store().markFailed(await taken(), failed(0));
      expect(await store().markFailed(await taken(36 * hours), failed(36 * hours))).toMatchObject({
        ...{ failures: 2, failingSince: longAgo },
      });
      expect(await store().markFailed(await taken(73 * hours), failed(73 * hours))).toMatchObject({
        ...{ failures: 1, failingSince: secondsLater(73 * hours) },
      });
    });

    it('switches a hook off once, with what waits for it, and has its owner told', async () => {
      const hook = await given();
      for (const id of ['evt_1', 'evt_2']) await store().note(someone, done(id));
      const message = await taken();
      const off = await Promise.all(
        Array.from({ length: 5 }, () => store().switchOff(hook.id, 'timed_out', secondsLater(9))),
      );
      expect(off.filter((each) => each)).toHaveLength(1);
      expect(await store().markFailed(message, failed(10))).toBeNull();
      expect(await store().note(someone, done('evt_3'))).toBe(0);
      expect(await store().noteTest(someone, hook.id, done('evt_4'))).toBe(false);
      expect(await takeAt(1000)).toBeNull();
      const told = { id: hook.id, owner: someone, lastTrouble: 'timed_out', switchedOffAt: secondsLater(9) };
      const untold = (seconds: number) =>
        store().takeUntold(secondsLater(seconds), secondsLater(seconds + 600));
      expect(await untold(8)).toBeNull();
      expect(await untold(9)).toMatchObject(told);
      expect(await untold(608)).toBeNull();
      expect(await untold(609)).toMatchObject(told);
      await store().markTold(hook.id);
      expect(await untold(9999)).toBeNull();
      expect(await store().list(someone)).toMatchObject([{ ...told, waiting: 0 }]);
    });

    it('keeps nothing waiting for a time that only a wrong clock can have written', async () => {
      const hook = await given();
      const years = 3 * 365 * 86_400;
      await store().note(someone, done('evt_1', secondsLater(years)));
      // Taken and failed while the clock was years ahead; then it was set right.
      await store().markFailed(await taken(years), failed(years));
      const again = await taken(10);
      expect(again).toMatchObject({ id: 'evt_1', tries: 2 });
      // It fails since now, and not since then.
      expect(await store().markFailed(again, failed(11))).toMatchObject({
        ...{ failures: 2, failingSince: secondsLater(11) },
      });
      // What was put off for a day by a right clock waits.
      await store().markFailed(await taken(16), failed(17, 86_400));
      expect(await takeAt(86_399)).toBeNull();
      expect(await takeAt(86_400)).toMatchObject({ id: 'evt_1' });
      await store().switchOff(hook.id, 'timed_out', secondsLater(years));
      expect(await store().takeUntold(secondsLater(86_500), secondsLater(87_100))).not.toBeNull();
    });

    it('leaves a hook alone for as long as its address asked, and no other one', async () => {
      const [hook, other] = [await given(), await given()];
      for (const id of ['evt_1', 'evt_2']) await store().note(someone, done(id));
      const first = await takeAt(0, [other.id]);
      const second = await takeAt(0, [other.id]);
      if (first === null || second === null) throw new Error('both are due');
      await store().markFailed(first, { ...failed(1, 2), quietUntil: secondsLater(1000) });
      // What says nothing of it, or less, changes nothing; nor does one that gets through.
      await store().markFailed(second, { ...failed(2, 3), quietUntil: secondsLater(30) });
      expect(await store().list(someone)).toMatchObject([
        { id: hook.id, quietUntil: secondsLater(1000), waiting: 2 },
        { id: other.id, quietUntil: null, waiting: 2 },
      ]);
      await store().note(someone, done('evt_3'));
      for (const id of [other.id, other.id, other.id, undefined])
        expect((await takeAt(999))?.hook.id).toBe(id);
      expect(await takeAt(1000, [other.id])).toMatchObject({ hook: { id: hook.id } });
      await store().markFailed((await takeAt(1000, [other.id])) ?? first, failed(1001, 1002));
      expect(await takeAt(1002, [other.id])).not.toBeNull();
    });

    it('keeps no quiet that only a wrong clock can have written', async () => {
      const hook = await given();
      const years = 3 * 365 * 86_400;
      await store().note(someone, done());
      const quiet = { quietUntil: secondsLater(years + 60) };
      await store().markFailed(await taken(years), { ...failed(years), ...quiet });
      const again = await taken(10);
      expect(again.hook.id).toBe(hook.id);
      await store().markFailed(again, { ...failed(11, 12), quietUntil: secondsLater(86_400) });
      expect(await takeAt(86_399)).toBeNull();
      expect(await takeAt(86_400)).not.toBeNull();
    });

    it('counts what waits, and for how long nobody has sent what could be sent', async () => {
      const waiting = (seconds: number) => store().waiting(secondsLater(seconds));
      expect(await waiting(0)).toEqual({ well: 0, failing: 0, lateSeconds: 0 });
      const [one, other] = [await given(), await given()];
      for (const id of ['evt_1', 'evt_2']) await store().note(someone, done(id, secondsLater(5)));
      expect(await waiting(30)).toEqual({ well: 4, failing: 0, lateSeconds: 25 });
      // Whoever has one is given a minute for it.
      const busy = await takeAt(30, [other.id]);
      const sent = await takeAt(30, [other.id]);
      if (busy === null || sent === null) throw new Error('both are due');
      await store().markSent(sent, secondsLater(31));
      expect(await waiting(40)).toEqual({ well: 3, failing: 0, lateSeconds: 35 });
      await store().markFailed(busy, { ...failed(41, 46), quietUntil: secondsLater(100) });
      expect(await waiting(50)).toEqual({ well: 2, failing: 1, lateSeconds: 45 });
      await store().switchOff(other.id, 'timed_out', secondsLater(51));
      expect(await waiting(60)).toEqual({ well: 0, failing: 1, lateSeconds: 0 });
      // One that gets through in between does not end the quiet.
      await store().note(someone, done('evt_3', secondsLater(60)));
      await store().markSent({ ...sent, id: 'evt_3', hook: busy.hook }, secondsLater(61));
      expect(await waiting(99)).toEqual({ well: 0, failing: 1, lateSeconds: 0 });
      expect(await waiting(101)).toEqual({ well: 1, failing: 0, lateSeconds: 55 });
      await store().remove(someone, one.id);
      expect(await waiting(101)).toEqual({ well: 0, failing: 0, lateSeconds: 0 });
    });

    it('forgets a hook with what is on its way to it', async () => {
      const hook = await given();
      await store().note(someone, done());
      const message = await taken();
      await store().remove(someone, hook.id);
      expect(await store().markFailed(message, failed(1))).toBeNull();
      await store().markSent(message, longAgo);
      expect(await takeAt(1000)).toBeNull();
    });
  });
}
