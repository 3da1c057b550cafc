import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/application/ports/stores/stores.js';
import {
  type Generation,
  type GenerationIn,
  generationStatuses,
} from '../../src/domain/generation/generation.js';
import { failed, notBought, submitting } from '../../src/domain/generation/generation-transitions.js';
import { avatarId, type UserId } from '../../src/domain/ids.js';
import { aGeneration } from '../support/builders/a-generation.js';
import { givenAvatar, givenGeneration, givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

interface Limits {
  total: number;
  perUser: number;
  now: Date;
}
const noLimits: Limits = { total: 1000, perUser: 1000, now: longAgo };
const checkAfter = secondsLater(600);
/** In the jobs that these tests make. */
const theirAvatar = avatarId('20000000-0000-4000-8000-000000000001');

/** Takes the next one in line as a worker does that looks closer: with its state written in the same transaction. */
function takeInSteps(
  database: Database,
  limits: Partial<Limits> = {},
): Promise<GenerationIn<'submitting'> | null> {
  return database.transaction(async ({ generations }) => {
    const next = await generations.lockNext({ ...noLimits, ...limits });
    if (next?.status !== 'accepted') return null;
    const taken = submitting(next, longAgo);
    await generations.save(taken, { status: 'accepted' }, { checkAfter });
    return taken;
  });
}

/** As a worker does at first. */
const takeAtOnce = (database: Database, limits: Partial<Limits> = {}) =>
  database.stores.generations.takeNext({ ...noLimits, ...limits }, { owner: 'worker', until: checkAfter });

/** Holds for every GenerationStore: who is next. */
export function generationLineContract(opened: () => OpenedStores): void {
  lineContract('in steps', takeInSteps, opened);
  lineContract('in one step', takeAtOnce, opened);
  describe('taking the next one in one step', () => {
    const stores = () => opened().database.stores;
    const lease = { owner: 'worker', until: secondsLater(60), from: { at: secondsLater(1), ticks: 7 } };
    const takeNext = () => stores().generations.takeNext({ ...noLimits, now: secondsLater(1) }, lease);

    it('writes what is written in steps', async () => {
      await givenAvatar(stores(), { id: theirAvatar });
      const job = await givenGeneration(stores());
      const taken = await takeNext();
      expect(taken).toStrictEqual(submitting(job, secondsLater(1)));
      expect(await stores().generations.find(job.id)).toStrictEqual(taken);
      expect(await stores().generations.stalled(secondsLater(59), secondsLater(99), 9)).toEqual([]);
      await stores().generations.dropLeases(['worker']);
      expect(await stores().generations.stalled(secondsLater(2), secondsLater(99), 9)).toEqual([taken]);
    });

    it('leaves one alone that was in doubt', async () => {
      await givenAvatar(stores(), { id: theirAvatar });
      const job = await givenGeneration(stores(), { doubts: 1 });
      expect(await takeNext()).toBeNull();
      expect(await stores().generations.find(job.id)).toStrictEqual(job);
    });

    it.each(['avatar', 'companion'] as const)('leaves one alone whose %s is gone', async (which) => {
      await givenAvatar(stores(), { id: theirAvatar });
      await givenGeneration(stores(), { [which]: avatarId(randomUUID()) });
      expect(await takeNext()).toBeNull();
    });
  });
}

function lineContract(
  how: string,
  take: (database: Database, limits?: Partial<Limits>) => Promise<GenerationIn<'submitting'> | null>,
  opened: () => OpenedStores,
): void {
  describe(`the fair line, ${how}`, () => {
    let clock = 0;
    const stores = () => opened().database.stores;
    const takeNext = (limits?: Partial<Limits>) => take(opened().database, limits);
    /** Adds jobs, each a second after the one before. */
    const add = async (owner: UserId, count: number, notBefore: Date | null = null) => {
      for (let job = 0; job < count; job += 1) {
        clock += 1;
        const createdAt = secondsLater(clock);
        await stores().generations.add(aGeneration({ owner, notBefore, createdAt }));
      }
    };
    const ownersOfNext = async (count: number, limits?: Partial<Limits>) => {
      const owners: (UserId | undefined)[] = [];
      for (let turn = 0; turn < count; turn += 1) owners.push((await takeNext(limits))?.owner);
      return owners;
    };
    const newUser = async () => (await givenUser(stores())).id;
    beforeEach(async () => {
      clock = 0;
      await givenAvatar(stores(), { id: theirAvatar });
    });

    it('tells a new request what it meets', async () => {
      const [owner, other] = [await newUser(), await newUser()];
      const meets = (key?: string) => stores().generations.circumstances(owner, key, longAgo);
      expect(await meets('tap')).toEqual({
        earlier: null,
        open: 0,
        ahead: 0,
        avatars: [],
        retired: new Set(),
      });
      const main = await givenAvatar(stores(), { owner, isMain: true, createdAt: secondsLater(2) });
      const another = await givenAvatar(stores(), { owner, status: 'failed', createdAt: secondsLater(1) });
      await givenAvatar(stores(), { owner: other });
      const retirement = (seconds: number) => ({
        since: longAgo,
        tries: 1,
        nextTryAt: secondsLater(seconds),
      });
      await stores().endpoints.retire('fal-ai/away', retirement(1));
      await stores().endpoints.retire('fal-ai/back', retirement(-1));
      await stores().endpoints.retire('fal-ai/clock', retirement(7500));
      await givenGeneration(stores(), { owner, status: 'delivered' });
      await givenGeneration(stores(), { owner, status: 'submitted' });
      await add(other, 3);
      const earlier = await stores().generations.add(aGeneration({ owner }), 'tap');
      const met = await meets('tap');
      expect(met).toEqual({
        earlier,
        open: 2,
        ahead: expect.any(Number),
        avatars: [another, main],
        retired: new Set(['fal-ai/away']),
      });
      expect((await meets()).earlier).toBeNull();
      const { id } = await stores().generations.add(aGeneration({ owner, createdAt: secondsLater(99) }));
      expect(await stores().durations.ahead(id)).toBe(met.ahead);
    });

    it('gives nothing when nobody waits', async () => {
      const owner = await newUser();
      for (const status of generationStatuses.filter((status) => status !== 'accepted'))
        await givenGeneration(stores(), { owner, status });
      expect(await takeNext()).toBeNull();
      expect(await stores().generations.hasWaiting()).toBe(false);
    });

    it('gives one user their jobs in the order they came', async () => {
      const owner = await newUser();
      await add(owner, 3);
      expect(await stores().generations.hasWaiting()).toBe(true);
      const taken = [await takeNext(), await takeNext(), await takeNext()];
      expect(taken.map((job) => job?.createdAt)).toEqual([1, 2, 3].map((second) => secondsLater(second)));
      expect(await takeNext()).toBeNull();
    });

    it('lets one with 50 jobs not starve another with 1', async () => {
      const [heavy, light] = [await newUser(), await newUser()];
      await add(heavy, 50);
      await ownersOfNext(2);
      await add(light, 1);
      expect(await ownersOfNext(2)).toContain(light);
    });

    it('takes turns between those who wait', async () => {
      const [heavy, light] = [await newUser(), await newUser()];
      await add(heavy, 20);
      await add(light, 5);
      const owners = await ownersOfNext(12);
      expect(owners.slice(0, 10).filter((owner) => owner === light)).toHaveLength(5);
      expect(owners.slice(10)).toEqual([heavy, heavy]);
    });

    it('gives no newcomer the places of those who waited longer, whoever is held up before them', async () => {
      const [heldUp, patient, newcomer] = [await newUser(), await newUser(), await newUser()];
      await add(heldUp, 1, secondsLater(3600));
      await add(patient, 20);
      await ownersOfNext(10);
      await add(newcomer, 20);
      const owners = await ownersOfNext(10);
      expect(owners.filter((owner) => owner === patient).length).toBeGreaterThanOrEqual(4);
      expect(owners.filter((owner) => owner === newcomer).length).toBeGreaterThanOrEqual(4);
    });

    it('lets a newcomer begin where the line stands, also when nothing is in flight', async () => {
      const [patient, newcomer] = [await newUser(), await newUser()];
      await add(patient, 12);
      for (let job = 0; job < 6; job += 1) {
        const taken = await takeNext();
        if (taken === null) throw new Error('one waits');
        const { next } = failed(taken, { kind: 'provider_error', detail: '' }, longAgo);
        await stores().generations.save(next, { status: 'submitting' }, { checkAfter });
      }
      await add(newcomer, 12);
      const owners = await ownersOfNext(6);
      expect(owners.filter((owner) => owner === patient)).toHaveLength(3);
    });

    it('keeps the place of a job that went back', async () => {
      const [first, second] = [await newUser(), await newUser()];
      await add(first, 1);
      await add(second, 3);
      const taken = await takeNext();
      if (taken === null) throw new Error('one waits');
      const back = notBought(taken, secondsLater(5)).next;
      await stores().generations.save(back, { status: 'submitting' }, { checkAfter });
      expect(await ownersOfNext(1)).toEqual([second]);
      expect(await ownersOfNext(2, { now: secondsLater(5) })).toEqual([first, second]);
    });

    it('says whether one may be taken now', async () => {
      const hasNext = (limits: Partial<Limits> = {}) =>
        stores().generations.hasNext({ ...noLimits, ...limits });
      const [busy, idle] = [await newUser(), await newUser()];
      expect(await hasNext()).toBe(false);
      await givenGeneration(stores(), { owner: busy, status: 'submitted' });
      await add(busy, 1);
      expect(await hasNext({ perUser: 1 })).toBe(false);
      expect(await hasNext({ total: 1 })).toBe(false);
      expect(await hasNext({ total: 2 })).toBe(true);
      await add(idle, 1, secondsLater(10));
      expect(await hasNext({ perUser: 1 })).toBe(false);
      expect(await hasNext({ perUser: 1, now: secondsLater(10) })).toBe(true);
    });

    it('leaves a job alone before its time', async () => {
      const owner = await newUser();
      await add(owner, 1, secondsLater(10));
      expect(await takeNext({ now: secondsLater(9.999) })).toBeNull();
      expect(await stores().generations.hasWaiting()).toBe(true);
      expect(await takeNext({ now: secondsLater(10) })).toMatchObject({ owner });
    });

    it.each(['submitting', 'submitted'] as const)('counts what is %s against both limits', async (status) => {
      const [busy, idle] = [await newUser(), await newUser()];
      await givenGeneration(stores(), { owner: busy, status });
      await add(busy, 1);
      expect(await takeNext({ perUser: 1 })).toBeNull();
      expect(await takeNext({ total: 1 })).toBeNull();
      await add(idle, 1);
      expect(await takeNext({ perUser: 1 })).toMatchObject({ owner: idle });
      expect(await takeNext({ perUser: 2, total: 2 })).toBeNull();
      expect(await takeNext({ perUser: 2, total: 3 })).toMatchObject({ owner: busy });
    });

    it.each(generationStatuses.filter((status) => !['submitting', 'submitted'].includes(status)))(
      'does not count what is %s',
      async (status) => {
        const owner = await newUser();
        await givenGeneration(stores(), { owner, status });
        await add(owner, 1);
        expect(await takeNext({ perUser: 1, total: 1 })).not.toBeNull();
      },
    );

    it('keeps the limit of all exactly under twenty who take at once', async () => {
      for (let user = 0; user < 10; user += 1) await add(await newUser(), 3);
      const taken = await takeTogether({ total: 7 });
      expect(taken).toHaveLength(7);
      expect(await stores().generations.list({ status: 'submitting', limit: 100 })).toHaveLength(7);
    });

    it('keeps the limit of each user exactly under twenty who take at once', async () => {
      const users = [await newUser(), await newUser(), await newUser()];
      for (const user of users) await add(user, 10);
      const taken = await takeTogether({ perUser: 2 });
      for (const user of users) expect(taken.filter(({ owner }) => owner === user)).toHaveLength(2);
    });

    it('gives each job to one of twenty who take at once', async () => {
      for (let user = 0; user < 5; user += 1) await add(await newUser(), 4);
      const taken = await takeTogether({});
      expect(new Set(taken.map(({ id }) => id)).size).toBe(20);
    });

    it('leaves a job in line when the one who took it gave up', async () => {
      await add(await newUser(), 1);
      const giveUp = new Error('killed');
      const work = opened().database.transaction(async ({ generations }) => {
        expect(await generations.lockNext(noLimits)).not.toBeNull();
        throw giveUp;
      });
      await expect(work).rejects.toBe(giveUp);
      expect(await takeNext()).not.toBeNull();
    });

    async function takeTogether(limits: Partial<Limits>): Promise<Generation[]> {
      const taken = await Promise.all(Array.from({ length: 20 }, () => takeNext(limits)));
      return taken.filter((job) => job !== null);
    }
  });
}
