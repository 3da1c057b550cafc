import { describe, expect, it } from 'vitest';
import { generationId } from '../../src/domain/ids.js';
import { filesOf } from '../../src/domain/stored-image.js';
import { anImageRow } from '../support/builders/a-stored-image.js';
import { givenGeneration } from '../support/builders/given.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every ImageStore. */
export function imageStoreContract(opened: () => OpenedStores): void {
  describe('as ImageStore', () => {
    const stores = () => opened().database.stores;

    it('brings the images of a generation back as they were, by their places', async () => {
      const { id: generation } = await givenGeneration(stores(), { status: 'collected' });
      const [first, second] = [0, 1].map((position) =>
        anImageRow({ generation, position, bytes: 5_000_000_000 }),
      );
      if (first === undefined || second === undefined) throw new Error('two were made');
      await stores().images.add([second, first]);
      expect(await stores().images.ofGeneration(generation)).toEqual([first, second]);
    });

    it('knows the files of several generations', async () => {
      const jobs = [];
      for (let job = 0; job < 3; job += 1)
        jobs.push(await givenGeneration(stores(), { status: 'collected' }));
      const images = jobs.map(({ id: generation }) =>
        anImageRow({ generation, mediaKey: `${generation}.jpg`, thumbnailKey: `${generation}.small.jpg` }),
      );
      await stores().images.add(images);
      const files = await stores().images.filesOf(jobs.slice(1).map(({ id }) => id));
      expect(files.sort()).toEqual(images.slice(1).flatMap(filesOf).sort());
      expect(await stores().images.filesOf([])).toEqual([]);
    });

    it('has none of a generation that has none', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      await stores().images.add([]);
      expect(await stores().images.ofGeneration(id)).toEqual([]);
    });

    it('takes one image per place, or none of those that came together', async () => {
      const { id: generation } = await givenGeneration(stores(), { status: 'collected' });
      const image = anImageRow({ generation, position: 0 });
      await stores().images.add([image]);
      const others = [anImageRow({ generation, position: 1 }), anImageRow({ generation, position: 0 })];
      await expect(stores().images.add(others)).rejects.toThrow();
      expect(await stores().images.ofGeneration(generation)).toEqual([image]);
    });

    it('takes no image of a generation that is not there', async () => {
      const generation = generationId('00000000-0000-4000-8000-00000000dead');
      await expect(stores().images.add([anImageRow({ generation })])).rejects.toThrow();
    });
  });
}
