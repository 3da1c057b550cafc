import { describe, expect, it } from 'vitest';
import type { GalleryFilter } from '../../src/application/ports/stores/gallery-store.js';
import type { Generation } from '../../src/domain/generation/generation.js';
import { avatarId } from '../../src/domain/ids.js';
import { anImageRow } from '../support/builders/a-stored-image.js';
import { givenGeneration } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every GalleryStore and PaceStore. */
export function galleryStoreContract(opened: () => OpenedStores): void {
  const stores = () => opened().database.stores;
  const day = 86_400;

  const anImage = async (
    seconds: number,
    changes: Partial<Pick<Generation, 'avatar' | 'preset' | 'prompt' | 'owner' | 'origin'>> = {},
  ) => {
    const job = await givenGeneration(stores(), { status: 'collected', ...changes });
    const image = anImageRow({ generation: job.id, owner: job.owner, createdAt: secondsLater(seconds) });
    await stores().images.add([image]);
    return {
      ...image,
      favourite: false,
      avatar: job.avatar,
      companion: job.companion,
      preset: job.preset,
      prompt: job.prompt,
    };
  };
  const query = (filter: GalleryFilter = {}) => ({ owner: someone, filter, now: secondsLater(10) });
  const idsOf = async (filter: GalleryFilter) =>
    (await stores().gallery.older(query(filter), 10)).map(({ id }) => id);

  describe('as GalleryStore', () => {
    it('pages through the owner’s images, newest first, both ways', async () => {
      const [first, second, third] = [await anImage(1), await anImage(2), await anImage(2)];
      await anImage(3, { owner: somebodyElse });
      const { gallery } = stores();
      const [newest, middle] = second.id > third.id ? [second, third] : [third, second];
      expect(await gallery.older(query(), 2)).toEqual([newest, middle]);
      expect(await gallery.older(query(), 2, middle)).toEqual([first]);
      expect(await gallery.newer(query(), 1, first)).toEqual([middle]);
      expect(await gallery.newer(query(), 9, first)).toEqual([newest, middle]);
      expect(await gallery.count(query(), first)).toEqual({ total: 3, newer: 2 });
      expect(await gallery.count(query())).toEqual({ total: 3, newer: 0 });
      expect(await gallery.at(query(), 2)).toEqual(first);
      expect(await gallery.at(query(), 3)).toBeNull();
    });

    it('finds the one with a file, if it is theirs and not deleted', async () => {
      const image = await anImage(1);
      const { gallery } = stores();
      expect(await gallery.withFile(someone, image.mediaKey)).toEqual(image);
      expect(await gallery.withFile(somebodyElse, image.mediaKey)).toBeNull();
      expect(await gallery.withFile(someone, 'images/another.jpeg')).toBeNull();
      await gallery.remove(someone, [image.id], secondsLater(2));
      expect(await gallery.withFile(someone, image.mediaKey)).toBeNull();
    });

    it('filters by avatar, preset, day, words and favourites', async () => {
      const avatar = avatarId(nextUuid());
      const old = await anImage(-2 * day, { avatar, preset: 'ultra', prompt: 'Рыцарь 100%' });
      const young = await anImage(0, { preset: 'fast', prompt: 'a knight_errant' });
      expect(await idsOf({ avatar })).toEqual([old.id]);
      expect(await idsOf({ preset: 'fast' })).toEqual([young.id]);
      expect(await idsOf({ days: 1 })).toEqual([young.id]);
      for (const words of ['рыцарь', 'РЫЦ', 'Рыцарь 1']) expect(await idsOf({ words })).toEqual([old.id]);
      for (const words of ['РЫЦАРИ', '1 рыцарю']) expect(await idsOf({ words })).toEqual([old.id]);
      for (const words of ['knights', 'errant knight']) expect(await idsOf({ words })).toEqual([young.id]);
      expect(await idsOf({ words: 'knight рыцарь' })).toEqual([]);
      const tree = await anImage(-3 * day, { prompt: 'Ёлка у реки' });
      for (const words of ['елка', 'ЁЛКОЙ', 'река елки']) expect(await idsOf({ words })).toEqual([tree.id]);
      expect(await idsOf({ words: '0%' })).toEqual([old.id]);
      expect(await idsOf({ words: 't_e' })).toEqual([young.id]);
      expect(await idsOf({ words: '_' })).toEqual([young.id]);
      expect(await idsOf({ favourites: true })).toEqual([]);
      expect(await stores().gallery.favour(someone, old.id, true)).toBe(true);
      expect(await stores().gallery.favour(somebodyElse, young.id, true)).toBe(false);
      expect(await idsOf({ favourites: true })).toEqual([old.id]);
      expect(await idsOf({ favourites: true, days: 1 })).toEqual([]);
      await stores().gallery.favour(someone, old.id, false);
      expect(await idsOf({ favourites: true })).toEqual([]);
    });

    it('has no pictures of proof sheets but those that were kept', async () => {
      const { gallery } = stores();
      const avatar = avatarId(nextUuid());
      const origin = { transport: 'proof', address: { training: nextUuid() } };
      const [one, other] = [await anImage(1, { avatar, origin }), await anImage(2, { avatar, origin })];
      const picture = await anImage(3, { avatar });
      expect(await idsOf({ avatar })).toEqual([picture.id]);
      expect(await gallery.count(query())).toEqual({ total: 1, newer: 0 });
      expect(await gallery.some(someone, [one.id])).toEqual([one]);
      expect(await gallery.keep(somebodyElse, one.id)).toBe(false);
      expect(await gallery.keep(someone, one.id)).toBe(true);
      expect(await gallery.keep(someone, one.id)).toBe(true);
      expect(await idsOf({ avatar })).toEqual([picture.id, one.id]);
      expect((await stores().personal.images(someone, avatar)).map(({ id }) => id)).toEqual([
        one.id,
        picture.id,
      ]);
      expect((await stores().personal.proofPictures(someone, avatar)).map(({ id }) => id)).toEqual([
        other.id,
      ]);
      expect(await stores().personal.proofPictures(somebodyElse)).toEqual([]);
      expect(await stores().personal.count(someone)).toMatchObject({ images: 2 });
    });

    it('knows where an image stood, and on which days some were made', async () => {
      const { gallery } = stores();
      const [old, young] = [await anImage(-2 * day), await anImage(1)];
      await anImage(2);
      await anImage(day, { owner: somebodyElse });
      const midnight = (image: { createdAt: Date }) =>
        new Date(Math.floor(image.createdAt.getTime() / 86_400_000) * 86_400_000);
      expect(await gallery.days(query())).toEqual([midnight(young), midnight(old)]);
      expect(await gallery.days(query({ days: 1 }))).toEqual([midnight(young)]);
      await gallery.remove(someone, [old.id], longAgo);
      expect(await gallery.days(query())).toEqual([midnight(young)]);
      expect(await gallery.placeOf(someone, old.id)).toEqual({ id: old.id, createdAt: old.createdAt });
      expect(await gallery.placeOf(somebodyElse, old.id)).toBeNull();
      expect(await gallery.placeOf(someone, 'no id')).toBeNull();
    });

    it('hides what was deleted, brings it back, and purges it in the end', async () => {
      const { gallery } = stores();
      const [one, other] = [await anImage(1), await anImage(2)];
      expect(await gallery.remove(somebodyElse, [one.id], longAgo)).toBe(0);
      expect(await gallery.remove(someone, [one.id], longAgo)).toBe(1);
      expect(await gallery.some(someone, [one.id, other.id])).toEqual([other]);
      expect(await gallery.some(somebodyElse, [other.id])).toEqual([]);
      expect(await gallery.favour(someone, one.id, true)).toBe(false);
      expect(await gallery.restore(somebodyElse, [one.id])).toBe(0);
      expect(await gallery.restore(someone, [one.id, other.id])).toBe(1);
      expect(await gallery.some(someone, [one.id, other.id])).toHaveLength(2);
      await gallery.remove(someone, [one.id], longAgo);
      expect(await gallery.purge(longAgo, 9)).toEqual([]);
      expect(await gallery.purge(secondsLater(1), 9)).toMatchObject([{ id: one.id, mediaKey: one.mediaKey }]);
      expect(await gallery.restore(someone, [one.id])).toBe(0);
    });
  });

  describe('as PaceStore', () => {
    it('measures the preset once there are five', async () => {
      const job = (seconds: number) =>
        givenGeneration(stores(), {
          status: 'delivered',
          preset: 'fast',
          submittedAt: longAgo,
          collectedAt: secondsLater(seconds),
        });
      for (const seconds of [10, 20, 30, 40]) await job(seconds);
      expect(await stores().durations.measured('fast')).toBeNull();
      await job(100);
      expect(await stores().durations.measured('fast')).toEqual({ typical: 30, slow: 76 });
      expect(await stores().durations.measured('ultra')).toBeNull();
    });

    it('counts who stands before in the line', async () => {
      const first = await givenGeneration(stores());
      const second = await givenGeneration(stores());
      const third = await givenGeneration(stores(), { status: 'submitted' });
      expect(await stores().durations.ahead(first.id)).toBe(0);
      expect(await stores().durations.ahead(second.id)).toBe(1);
      expect(await stores().durations.ahead(third.id)).toBe(0);
    });
  });
}
