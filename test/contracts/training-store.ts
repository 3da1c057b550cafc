import { beforeEach, describe, expect, it } from 'vitest';
import { maximumTries } from '../../src/application/policy/policy.js';
import { StaleWrite } from '../../src/application/ports/stores/jobs/leases.js';
import { avatarId } from '../../src/domain/ids.js';
import {
  type ProofSheet,
  type TrainingStatus,
  trainingStatuses,
} from '../../src/domain/training/training.js';
import { aStoredImage } from '../support/builders/a-stored-image.js';
import { aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const lease = { owner: 'worker-1', until: secondsLater(60) };
const then = { checkAfter: secondsLater(10) };

/** Holds for every TrainingStore. */
export function trainingStoreContract(opened: () => OpenedStores): void {
  describe('as TrainingStore', () => {
    const stores = () => opened().database.stores;
    const trainings = () => stores().trainings;
    beforeEach(async () => {
      await givenUser(stores(), { id: someone });
    });

    it.each(trainingStatuses)('brings a training that is %s back as it was', async (status) => {
      const training = aTraining<TrainingStatus>({ status });
      await trainings().add(training);
      expect(await trainings().find(training.id)).toEqual(training);
    });

    it('brings a proof sheet back as it was', async () => {
      const cells = [{ number: 1, scale: 0.8, prompt: 'on a bridge', generation: null }];
      const sheet: ProofSheet = { image: aStoredImage(), cells };
      const ready = aTraining({ status: 'ready' });
      await trainings().add(ready);
      for (const announcedAt of [null, secondsLater(500)]) {
        const next = { ...ready, proof: { status: 'composed' as const, sheet, announcedAt } };
        await trainings().save(next, { status: 'ready' }, then);
        expect(await trainings().find(ready.id)).toEqual(next);
      }
    });

    it('finds nobody else a training of mine', async () => {
      const training = await givenTraining(stores(), aTraining());
      expect(await trainings().findOwned(someone, training.id)).toEqual(training);
      expect(await trainings().findOwned(somebodyElse, training.id)).toBeNull();
    });

    it('makes one training of one request, however often it comes', async () => {
      const first = await trainings().add(aTraining(), 'tap-1');
      const again = await Promise.all([1, 2, 3].map(() => trainings().add(aTraining(), 'tap-1')));
      expect(again).toEqual([first, first, first]);
      expect(await trainings().findByRequestKey('tap-1')).toEqual(first);
      expect(await trainings().findByRequestKey('tap-2')).toBeNull();
    });

    it('has at most one open training per avatar, however many are added at once', async () => {
      const avatar = avatarId(nextUuid());
      const added = await Promise.all([1, 2, 3, 4].map(() => trainings().add(aTraining({ avatar }))));
      expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    });

    it('has another training of an avatar once the first is over', async () => {
      const first = await givenTraining(stores(), aTraining({ status: 'failed' }));
      const second = await trainings().add(
        aTraining({ avatar: first.avatar, createdAt: secondsLater(1000) }),
      );
      expect(second.id).not.toBe(first.id);
      expect(await trainings().ofAvatar(first.avatar)).toEqual([second, first]);
      expect(await trainings().ofOwner(someone)).toEqual([second, first]);
    });

    it('gives the lease to one of many who want it', async () => {
      const { id } = await givenTraining(stores(), aTraining());
      const claims = await Promise.all(
        ['a', 'b', 'c'].map((owner) =>
          trainings().acquire(id, 'accepted', { owner, until: secondsLater(60) }, longAgo),
        ),
      );
      expect(claims.filter((acquire) => acquire !== null)).toHaveLength(1);
    });

    it('gives no lease on a row that has moved on, and one that ran out to the next', async () => {
      const { id } = await givenTraining(stores(), aTraining());
      expect(await trainings().acquire(id, 'training', lease, longAgo)).toBeNull();
      expect(await trainings().acquire(id, 'accepted', lease, longAgo)).not.toBeNull();
      expect(await trainings().acquire(id, 'accepted', lease, secondsLater(30))).toBeNull();
      expect(await trainings().acquire(id, 'accepted', lease, secondsLater(61))).not.toBeNull();
    });

    it.each([
      ['state', { status: 'training' as const }],
      ['lease', { status: 'accepted' as const, lease: 'worker-2' }],
      ['submit', { status: 'accepted' as const, submits: 1 }],
    ])('refuses a write that believes in another %s', async (_, precondition) => {
      const training = await givenTraining(stores(), aTraining());
      await trainings().acquire(training.id, 'accepted', lease, longAgo);
      const next = aTraining({ ...training, status: 'submitting', submits: 5, startedAt: longAgo });
      await expect(trainings().save(next, precondition, then)).rejects.toThrow(StaleWrite);
      expect(await trainings().find(training.id)).toEqual(training);
    });

    it('writes the next state and drops the lease', async () => {
      const training = await givenTraining(stores(), aTraining());
      await trainings().acquire(training.id, 'accepted', lease, longAgo);
      const { notBefore: _, ...basics } = training;
      const next = { ...basics, status: 'submitting' as const, startedAt: longAgo, ambiguousAt: null };
      await trainings().save(next, { status: 'accepted', lease: 'worker-1', submits: 0 }, then);
      expect(await trainings().lock(training.id)).toEqual(next);
      expect(await trainings().acquire(training.id, 'submitting', lease, longAgo)).toEqual(next);
    });

    it('reports what stands still once, and nothing that is done or held', async () => {
      const overdue = await givenTraining(stores(), aTraining());
      const held = await givenTraining(stores(), aTraining());
      await trainings().acquire(held.id, 'accepted', { owner: 'w', until: secondsLater(900) }, longAgo);
      const composed = {
        status: 'composed' as const,
        sheet: { image: aStoredImage(), cells: [] },
        announcedAt: null,
      };
      const told = { announcedAt: secondsLater(40) };
      const unsentProof = await givenTraining(
        stores(),
        aTraining({ status: 'ready', ...told, proof: composed }),
      );
      for (const done of [
        aTraining({ status: 'cancelled', ...told }),
        aTraining({ status: 'ready', ...told, proof: { status: 'none' } }),
        aTraining({ status: 'ready', ...told, proof: { ...composed, ...told } }),
      ])
        await givenTraining(stores(), done);
      const at = secondsLater(100);
      const stand = async (time: Date) => (await stores().workers.whatStands(time)).trainings;
      expect(await stand(at)).toBe(true);
      const found = await trainings().stalled(at, secondsLater(110), 10);
      expect(await stand(secondsLater(109))).toBe(false);
      expect(found.map(({ id }) => id).sort()).toEqual([overdue.id, unsentProof.id].sort());
      expect(await trainings().stalled(secondsLater(109), secondsLater(120), 10)).toEqual([]);
      expect(await trainings().dropLeases(['w'])).toBe(1);
      expect(await trainings().stalled(secondsLater(109), secondsLater(120), 10)).toEqual([held]);
    });

    it('tells a worker what it holds beyond the time of its lease', async () => {
      const { id } = await givenTraining(stores(), aTraining());
      await trainings().acquire(id, 'accepted', { owner: 'worker-7', until: secondsLater(60) }, longAgo);
      const overdueOf = async (worker: string) =>
        (await stores().workers.overdueOf(worker, secondsLater(60))).trainings;
      expect(await overdueOf('worker-7')).toEqual([id]);
      expect(await overdueOf('worker-8')).toEqual([]);
    });

    it('gives a lease back to nobody but its holder', async () => {
      const { id } = await givenTraining(stores(), aTraining());
      await trainings().acquire(id, 'accepted', lease, longAgo);
      await trainings().free(id, 'worker-2', longAgo);
      expect(await trainings().acquire(id, 'accepted', lease, longAgo)).toBeNull();
      await trainings().free(id, 'worker-1', longAgo);
      expect(await trainings().acquire(id, 'accepted', lease, longAgo)).not.toBeNull();
    });

    it('counts tries until one comes to an end, and lets nobody have it after the last', async () => {
      const { id } = await givenTraining(stores(), aTraining({ status: 'training' }));
      const acquire = () => trainings().acquire(id, 'training', lease, longAgo);
      const failure = { now: longAgo, error: 'its write is refused', counts: true };
      for (let tries = 1; tries <= maximumTries; tries += 1) {
        expect(await trainings().hopeless(10)).toEqual([]);
        expect(await acquire()).not.toBeNull();
        expect(await trainings().putBack(id, 'worker-2', failure)).toBeNull();
        expect(await trainings().putBack(id, 'worker-1', failure)).toBe(tries);
      }
      expect(await acquire()).toBeNull();
      expect(await trainings().hopeless(10)).toMatchObject([{ row: { id }, error: 'its write is refused' }]);
      await trainings().markDead(id, longAgo);
      expect(await trainings().hopeless(10)).toEqual([]);
      expect(await trainings().findDead(id)).toMatchObject({ row: { id } });
      expect(await trainings().dead(10)).toMatchObject([{ row: { id } }]);
      await trainings().markDead(id, null);
      expect(await trainings().dead(10)).toEqual([]);
      expect(await trainings().findDead(id)).toBeNull();
    });

    it('counts the time between looks by the ticks of one process, and of two by no more than seconds', async () => {
      const { id } = await givenTraining(stores(), aTraining({ status: 'training' }));
      const lookOf = async (owner: string, ticks: number, at: Date) => {
        await trainings().acquire(id, 'training', { owner, until: at, from: { at, ticks } }, at);
        await trainings().free(id, owner, at);
        return trainings().waited(id);
      };
      expect(await lookOf('one', 1000, longAgo)).toBe(0);
      expect(await lookOf('one', 1075, secondsLater(86_400))).toBe(75);
      expect(await lookOf('two', 5, secondsLater(-86_400))).toBe(75);
      expect(await lookOf('two', 20, secondsLater(86_400))).toBe(90);
      expect(await lookOf('one', 1105, secondsLater(2 * 86_400))).toBe(110);
      expect(await trainings().openFor(110, 10)).toMatchObject([{ id }]);
      expect(await trainings().openFor(111, 10)).toEqual([]);
    });

    it('makes what is at fal due at once when nobody knows what was missed', async () => {
      const { id } = await givenTraining(stores(), aTraining({ status: 'training' }));
      await trainings().acquire(id, 'training', lease, longAgo);
      expect(await trainings().recheck(longAgo)).toBe(0);
      await trainings().free(id, 'worker-1', secondsLater(60));
      expect(await trainings().recheck(longAgo)).toBe(1);
      expect(await trainings().stalled(longAgo, secondsLater(10), 10)).toMatchObject([{ id }]);
    });

    it('remembers how far it is', async () => {
      const { id } = await givenTraining(stores(), aTraining());
      expect(await trainings().progressOf(id)).toBeNull();
      const progress = { phase: 'running' as const, position: null, step: 1125, steps: 2500 };
      await trainings().reportProgress(id, progress);
      expect(await trainings().progressOf(id)).toEqual(progress);
    });

    it('knows how long a training takes at each speed', async () => {
      expect(await trainings().typicalSeconds('fast')).toBeNull();
      for (const seconds of [100, 900, 200])
        await givenTraining(
          stores(),
          aTraining({
            status: 'ready',
            speed: 'fast',
            submittedAt: longAgo,
            readyAt: secondsLater(seconds),
          }),
        );
      expect(await trainings().typicalSeconds('fast')).toBe(200);
      expect(await trainings().typicalSeconds('quality')).toBeNull();
    });
  });
}
