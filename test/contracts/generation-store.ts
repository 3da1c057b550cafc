import { beforeEach, describe, expect, it } from 'vitest';
import { failureKinds } from '../../src/domain/failure.js';
import { type Generation, generationStatuses } from '../../src/domain/generation/generation.js';
import { avatarId, generationId } from '../../src/domain/ids.js';
import { aGeneration } from '../support/builders/a-generation.js';
import {
  aFinetuneOrder,
  anOrder,
  anUltraOrder,
  anUpscaleOrder,
  aVariationOrder,
} from '../support/builders/an-order.js';
import { givenGeneration, givenUser } from '../support/builders/given.js';
import { secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const companion = avatarId('20000000-0000-4000-8000-000000000002');

/** Every state as it is built, and every corner of the fields that a column could cut off. */
const worthKeeping: readonly Generation[] = [
  ...generationStatuses.map((status) => aGeneration({ status })),
  ...failureKinds.map((kind) =>
    aGeneration({ status: 'failed', failure: { kind, detail: `<${kind}> "1"` } }),
  ),
  aGeneration({
    status: 'accepted',
    notBefore: new Date('2026-02-03T04:05:06.789Z'),
    createdAt: new Date('2026-02-03T04:05:06.007Z'),
  }),
  aGeneration({
    prompt: 'TOK & <b>Ада</b> 🦊 "\'\\',
    order: anOrder({ prompt: '\u202eטוק', seed: 4_294_967_295, count: 4 }),
  }),
  aGeneration({ order: aFinetuneOrder(), preset: 'artistic', companion }),
  aGeneration({
    order: anUltraOrder(),
    preset: 'ultra',
    overrides: { aspectRatio: '16:9', raw: true, seed: 0 },
  }),
  aGeneration({ order: aVariationOrder() }),
  aGeneration({ order: anUpscaleOrder(), avatar: null, preset: null, price: 0 }),
  aGeneration({
    origin: { transport: 'telegram', address: { chat: -1_001_234_567_890, topic: null, list: [1] } },
  }),
  aGeneration({ submits: 3, doubts: 2, run: 4, rerolls: 1 }),
  aGeneration({ status: 'submitting', ambiguousAt: secondsLater(0.5) }),
  aGeneration({ status: 'submitted', ticket: '{"id":"a","endpoint":"b"}', fetchFailures: 4 }),
  aGeneration({ status: 'collected', seed: 2n ** 63n, imageCount: 3, flagged: 1 }),
  aGeneration({ status: 'delivered', seed: 2n ** 64n - 1n }),
  aGeneration({ status: 'delivered', seed: 0n }),
  aGeneration({ status: 'collected', seed: null }),
  aGeneration({ status: 'blocked', ticket: 'ticket', announcedAt: secondsLater(40) }),
  aGeneration({ status: 'failed', ticket: 'ticket', announcedAt: secondsLater(40) }),
  aGeneration({ status: 'cancelled', ticket: 'ticket', announcedAt: secondsLater(40) }),
];

/** Holds for every GenerationStore: what goes in comes out, for its owner only. */
export function generationStoreContract(opened: () => OpenedStores): void {
  describe('as GenerationStore', () => {
    const stores = () => opened().database.stores;
    const generations = () => stores().generations;
    beforeEach(async () => {
      await givenUser(stores(), { id: someone });
      await givenUser(stores(), { id: somebodyElse });
    });

    it('brings every state back as it was added', async () => {
      for (const generation of worthKeeping) {
        expect(await generations().add(generation)).toEqual(generation);
        expect(await generations().find(generation.id)).toStrictEqual(generation);
        expect(await generations().lock(generation.id)).toStrictEqual(generation);
      }
    });

    it('brings every state back as it was saved over any other', async () => {
      const { id } = await givenGeneration(stores());
      let status: Generation['status'] = 'accepted';
      for (const wanted of [...worthKeeping, ...worthKeeping.toReversed()]) {
        const next: Generation = { ...wanted, id, createdAt: aGeneration().createdAt };
        await generations().save(next, { status }, { checkAfter: secondsLater(10) });
        expect(await generations().find(id)).toStrictEqual(next);
        status = next.status;
      }
    });

    it('never changes whose it is or when it was made', async () => {
      const generation = await givenGeneration(stores());
      const forged = { ...generation, owner: somebodyElse, createdAt: secondsLater(99), prompt: 'changed' };
      await generations().save(forged, { status: 'accepted' }, { checkAfter: secondsLater(10) });
      expect(await generations().find(generation.id)).toEqual({ ...generation, prompt: 'changed' });
    });

    it('never finds the generation of somebody else for an owner', async () => {
      const { id } = await givenGeneration(stores(), { owner: someone });
      expect(await generations().findOwned(someone, id)).toMatchObject({ id });
      expect(await generations().findOwned(somebodyElse, id)).toBeNull();
      expect(await generations().list({ owner: somebodyElse, limit: 10 })).toEqual([]);
      expect(await generations().countOpen(somebodyElse)).toBe(0);
    });

    it('finds nothing under an id that is unknown, or none at all', async () => {
      for (const text of ['00000000-0000-4000-8000-00000000dead', "'; drop table generations", '']) {
        const id = generationId(text);
        expect(await generations().find(id)).toBeNull();
        expect(await generations().findOwned(someone, id)).toBeNull();
        expect(await generations().lock(id)).toBeNull();
        expect(await generations().progressOf(id)).toBeNull();
      }
    });

    it('knows those whose id begins with some letters', async () => {
      const ids = ['12345678-aaaa-4000-8000-000000000001', '12345678-bbbb-4000-8000-000000000002'].map(
        generationId,
      );
      for (const id of ids) await givenGeneration(stores(), { id });
      await givenGeneration(stores());
      const beginning = (letters: string, limit = 5) => generations().beginningWith(letters, limit);
      expect(await beginning('12345678')).toEqual(ids);
      expect(await beginning('12345678', 1)).toEqual(ids.slice(0, 1));
      expect(await beginning('12345678-B')).toEqual(ids.slice(1));
      expect(await beginning('12345678bbbb40008000000000000002')).toEqual(ids.slice(1));
      for (const none of ['12345679', '', 'xyz', '1'.repeat(40)]) expect(await beginning(none)).toEqual([]);
    });

    it('takes a generation once, and of known users only', async () => {
      const generation = await givenGeneration(stores());
      await expect(generations().add(generation)).rejects.toThrow();
      await expect(
        generations().add({ ...aGeneration(), owner: 'nobody' as typeof someone }),
      ).rejects.toThrow();
    });

    it('adds one job for one request key and gives it back to whoever asks again', async () => {
      const first = await generations().add(aGeneration(), 'tap 1');
      expect(await generations().add(aGeneration(), 'tap 1')).toEqual(first);
      expect(await generations().findByRequestKey('tap 1')).toEqual(first);
      expect(await generations().findByRequestKey('tap 2')).toBeNull();
      await generations().add(aGeneration(), 'tap 2');
      await generations().add(aGeneration());
      await generations().add(aGeneration());
      expect(await generations().list({ limit: 10 })).toHaveLength(4);
    });

    it('adds one job when twenty taps come together', async () => {
      const tap = () =>
        opened().database.transaction((inside) => inside.generations.add(aGeneration(), 'tap'));
      const added = await Promise.all(Array.from({ length: 20 }, tap));
      expect(new Set(added.map(({ id }) => id)).size).toBe(1);
      expect(await generations().list({ limit: 10 })).toEqual(added.slice(0, 1));
    });

    it('gives a request key back with a transaction that was rolled back', async () => {
      const giveUp = new Error('no credits');
      const work = opened().database.transaction(async (inside) => {
        await inside.generations.add(aGeneration(), 'tap');
        throw giveUp;
      });
      await expect(work).rejects.toBe(giveUp);
      expect(await generations().findByRequestKey('tap')).toBeNull();
      await generations().add(aGeneration(), 'tap');
      expect(await generations().list({ limit: 10 })).toHaveLength(1);
    });

    it('counts as open what has not ended', async () => {
      for (const status of generationStatuses) await givenGeneration(stores(), { status });
      await givenGeneration(stores(), { owner: somebodyElse });
      expect(await generations().countOpen(someone)).toBe(3);
    });

    it('knows whether somebody has asked for so many jobs that had a price', async () => {
      expect(await generations().hasPaidFor(someone, 1)).toBe(false);
      await givenGeneration(stores(), { owner: someone, price: 5, status: 'cancelled' });
      await givenGeneration(stores(), { owner: someone, price: 0 });
      await givenGeneration(stores(), { owner: somebodyElse, price: 5 });
      expect(await generations().hasPaidFor(someone, 1)).toBe(true);
      expect(await generations().hasPaidFor(someone, 2)).toBe(false);
      await givenGeneration(stores(), { owner: someone, price: 5 });
      expect(await generations().hasPaidFor(someone, 2)).toBe(true);
    });

    it('lists the newest first, by owner and state', async () => {
      const older = await givenGeneration(stores(), { createdAt: secondsLater(1) });
      const newer = await givenGeneration(stores(), { status: 'failed', createdAt: secondsLater(2) });
      const foreign = await givenGeneration(stores(), { owner: somebodyElse, status: 'failed' });
      expect(await generations().list({ limit: 10 })).toEqual([newer, older, foreign]);
      expect(await generations().list({ limit: 2 })).toEqual([newer, older]);
      expect(await generations().list({ owner: someone, limit: 10 })).toEqual([newer, older]);
      expect(await generations().list({ status: 'failed', limit: 10 })).toEqual([newer, foreign]);
      expect(await generations().list({ owner: someone, status: 'failed', limit: 10 })).toEqual([newer]);
      expect(await generations().list({ status: 'blocked', limit: 10 })).toEqual([]);
    });

    it('pages through all of them, each once, also those of one instant and while new ones come', async () => {
      const seconds = [0, 0, 1, 1, 1, 1, 2, 2, 2];
      for (const second of seconds) await givenGeneration(stores(), { createdAt: secondsLater(second) });
      const all = await generations().list({ owner: someone, limit: 100 });
      const seen: Generation[] = [];
      let page = await generations().list({ owner: someone, limit: 2 });
      while (page.length > 0) {
        seen.push(...page);
        await givenGeneration(stores(), { createdAt: secondsLater(100) });
        const before = page.at(-1);
        page = await generations().list({ owner: someone, limit: 2, before });
      }
      expect(all).toHaveLength(seconds.length);
      expect(seen).toEqual(all);
    });

    it('keeps the last progress', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      expect(await generations().progressOf(id)).toBeNull();
      await generations().reportProgress(id, { phase: 'queued', position: 3 });
      await generations().reportProgress(id, { phase: 'running', position: null });
      expect(await generations().progressOf(id)).toEqual({ phase: 'running', position: null });
    });

    it('finds many with their progress at once', async () => {
      const [queued, silent, other] = [
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'accepted' }),
        await givenGeneration(stores(), { status: 'submitted' }),
      ];
      const progress = { phase: 'queued', position: 3 } as const;
      for (const { id } of [queued, other]) await generations().reportProgress(id, progress);
      const found = await generations().withProgress([queued.id, silent.id, aGeneration().id]);
      expect(found).toHaveLength(2);
      expect(found).toEqual(
        expect.arrayContaining([
          { generation: queued, progress },
          { generation: silent, progress: null },
        ]),
      );
      expect(await generations().withProgress([])).toEqual([]);
      const glances = await generations().glance([queued.id, silent.id, aGeneration().id]);
      expect(glances).toHaveLength(2);
      expect(glances).toEqual(
        expect.arrayContaining([
          { id: queued.id, status: 'submitted', progress },
          { id: silent.id, status: 'accepted', progress: null },
        ]),
      );
    });
  });
}
