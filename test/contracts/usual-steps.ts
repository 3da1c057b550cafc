import { describe, expect, it } from 'vitest';
import { generationKind } from '../../src/application/generation/generation-kind.js';
import type { Generation, GenerationIn } from '../../src/domain/generation/generation.js';
import { collected } from '../../src/domain/generation/generation-transitions.js';
import type { UserId } from '../../src/domain/ids.js';
import { hold, type LedgerEntry, settle } from '../../src/domain/ledger.js';
import { aGeneration } from '../support/builders/a-generation.js';
import { anImageRow } from '../support/builders/a-stored-image.js';
import { givenAvatar, givenGeneration, givenUser } from '../support/builders/given.js';
import { nextUuid, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every GenerationStore: steps that as a rule are taken at once, and what stops them. */
export function usualStepsContract(opened: () => OpenedStores): void {
  const stores = () => opened().database.stores;
  const newUser = async (credits = 0) => (await givenUser(stores(), { credits })).id;
  const holdOf = (generation: Generation): LedgerEntry => {
    const [entry] = hold(generationKind.paid(generation));
    if (entry === undefined) throw new Error('it costs nothing');
    return entry;
  };
  const addHeld = (generation: Generation, requestKey?: string) =>
    stores().generations.addHeld(generation, holdOf(generation), requestKey);

  describe('adding a job with its hold', () => {
    it('writes both', async () => {
      const owner = await newUser(12);
      const job = aGeneration({ owner });
      expect(await addHeld(job, 'tap')).toBe(true);
      expect(await stores().generations.findByRequestKey('tap')).toStrictEqual(job);
      expect(await stores().ledger.account(owner)).toEqual({ balance: 7, held: 5 });
      expect((await stores().ledger.history(owner, 1))[0]).toEqual({ ...holdOf(job), at: job.createdAt });
      expect(await stores().ledger.breaches()).toEqual([]);
      expect(await stores().generations.hasWaiting()).toBe(true);
    });

    it.each([
      ['an account that does not suffice', 4],
      ['an account that nobody has opened', 0],
    ])('changes nothing for %s', async (_, credits) => {
      const owner = await newUser(credits);
      const job = aGeneration({ owner });
      expect(await addHeld(job)).toBe(false);
      expect(await stores().generations.find(job.id)).toBeNull();
      expect(await stores().ledger.account(owner)).toEqual({ balance: credits, held: 0 });
    });

    it('changes nothing for a key that was used before', async () => {
      const owner = await newUser(20);
      const [first, second] = [aGeneration({ owner }), aGeneration({ owner })];
      expect(await addHeld(first, 'tap')).toBe(true);
      expect(await addHeld(second, 'tap')).toBe(false);
      expect(await stores().generations.find(second.id)).toBeNull();
      expect(await stores().ledger.account(owner)).toEqual({ balance: 15, held: 5 });
      expect(await stores().ledger.breaches()).toEqual([]);
      expect(await stores().ledger.history(owner, 9)).toHaveLength(2);
    });

    it('spends nothing twice, however many come at once', async () => {
      const owner = await newUser(12);
      const jobs = Array.from({ length: 6 }, () => aGeneration({ owner }));
      const added = await Promise.all(jobs.map((job) => addHeld(job)));
      expect(added.filter(Boolean)).toHaveLength(2);
      expect(await stores().generations.countOpen(owner)).toBe(2);
      expect(await stores().ledger.account(owner)).toEqual({ balance: 2, held: 10 });
    });
  });

  describe('writing a good end', () => {
    const lease = { owner: 'worker', until: secondsLater(90) };
    const now = secondsLater(30);
    const theEnd = { status: 'collected', collectedAt: now, imageCount: 1, flagged: 0, seed: 7n };
    const then = { checkAfter: lease.until, lease };

    /** One that a worker has taken up to collect it. */
    async function held(owner: UserId, price = 5): Promise<GenerationIn<'submitted'>> {
      const job = await givenGeneration(stores(), { status: 'submitted', owner, price });
      await stores().ledger.write(hold(generationKind.paid(job)), job.createdAt);
      await stores().generations.acquire(job.id, 'submitted', lease, now);
      return job;
    }

    function endWell(job: GenerationIn<'submitted'>, worker = lease.owner) {
      const { next } = collected(job, { imageCount: 1, flagged: 0, seed: 7n }, now);
      if (next.status !== 'collected') throw new Error('it has come to something');
      const images = [
        anImageRow({ id: nextUuid(), generation: job.id, owner: job.owner, bytes: 5_000_000_000 }),
      ];
      const entries = settle(generationKind.paid(next), generationKind.charged(next));
      const expected = { status: 'submitted', lease: worker } as const;
      return {
        next,
        images,
        written: stores().generations.endWell({ next, images, entries, now }, expected, then),
      };
    }

    it('writes the state, the images and what is charged, and tells whom they show', async () => {
      const owner = await newUser(5);
      const avatar = await givenAvatar(stores(), { owner });
      const companion = await givenAvatar(stores(), { owner });
      const job = { ...(await held(owner)), avatar: avatar.id, companion: companion.id };
      const { images, written } = endWell(job);
      expect(await written).toEqual({ avatar, companion, isAwaited: false });
      expect(await stores().generations.find(job.id)).toMatchObject(theEnd);
      expect(await stores().images.ofGeneration(job.id)).toEqual(images);
      expect(await stores().ledger.account(owner)).toEqual({ balance: 0, held: 0 });
      expect((await stores().ledger.history(owner, 2)).map(({ kind }) => kind)).toEqual([
        'capture',
        'release',
      ]);
      expect(await stores().ledger.breaches()).toEqual([]);
    });

    it('keeps the row as it is told to', async () => {
      const job = await held(await newUser(5));
      await endWell(job).written;
      expect(await stores().generations.stalled(secondsLater(89), secondsLater(99), 9)).toEqual([]);
      await stores().generations.dropLeases(['worker']);
      expect(await stores().generations.stalled(secondsLater(31), secondsLater(99), 9)).toHaveLength(1);
    });

    it('tells of others who wait for the place, and of avatars that are gone', async () => {
      const owner = await newUser(5);
      const job = await held(owner);
      await stores().generations.add(aGeneration({ owner }));
      expect(await endWell(job).written).toEqual({ avatar: null, companion: null, isAwaited: true });
    });

    it('writes one that cost nothing of somebody who has no account', async () => {
      const owner = await newUser();
      const job = await held(owner, 0);
      const { written } = endWell(job);
      expect(await written).not.toBeNull();
      expect(await stores().generations.find(job.id)).toMatchObject(theEnd);
      expect(await stores().ledger.history(owner, 9)).toEqual([]);
    });

    it('changes nothing when the row is no longer theirs', async () => {
      const owner = await newUser(5);
      const job = await held(owner);
      expect(await endWell(job, 'another').written).toBeNull();
      expect(await stores().generations.find(job.id)).toStrictEqual(job);
      expect(await stores().images.ofGeneration(job.id)).toEqual([]);
      expect(await stores().ledger.account(owner)).toEqual({ balance: 0, held: 5 });
    });

    it('is written once', async () => {
      const owner = await newUser(5);
      const job = await held(owner);
      const twice = await Promise.all([endWell(job).written, endWell(job).written]);
      expect(twice.filter((written) => written !== null)).toHaveLength(1);
      expect(await stores().images.ofGeneration(job.id)).toHaveLength(1);
      expect(await stores().ledger.breaches()).toEqual([]);
    });
  });
}
