import { beforeEach, describe, expect, it } from 'vitest';
import { AddPhotos } from '../../../src/application/avatars/photos/add-photos.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import type { MediaStore } from '../../../src/application/ports/media-store.js';
import { PurgeOrphans } from '../../../src/application/upkeep/purge-orphans.js';
import type { Avatar } from '../../../src/domain/avatar/avatar.js';
import { generationId } from '../../../src/domain/ids.js';
import { picture } from '../../contracts/media-store.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { givenGeneration } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from '../training/training-world.js';

const day = 86_400;
const nobodys = '99999999-0000-4000-8000-000000000009';

describe('files that no row knows', () => {
  let world: TrainingWorld;
  let avatar: Avatar;
  const keys = () => [...world.media.files.keys()].sort();
  const purge = (media: Pick<MediaStore, 'writtenBefore' | 'remove'> = world.media) =>
    new PurgeOrphans({ database: world.database, media, clock: world.clock, log: world.log });
  const put = (...files: string[]) => {
    for (const file of files) world.media.files.set(file, Buffer.from(file));
  };

  beforeEach(async () => {
    world = new TrainingWorld();
    avatar = await world.draft({ photos: 0 });
    world.judgement = (file) => ({
      kind: 'judged',
      picture: Buffer.from(file),
      fingerprint: Buffer.from(file).subarray(-8).toString('hex'),
      warnings: [],
    });
    const file = await picture('jpeg', 64, 64);
    await world.addPhotos.execute({ avatar: avatar.id, file }, { owner: someone });
  });

  it('is what a process leaves that dies between the writing of a photo and of its row', async () => {
    const known = keys();
    const { database, archives, media, clock, ids, coachFaces: coach } = world;
    const dies = new Error('kill -9');
    const dying: MediaStore = Object.assign(Object.create(media), {
      saveImage: async (...given: Parameters<MediaStore['saveImage']>) => {
        await media.saveImage(...given);
        throw dies;
      },
    });
    const judge = { digest: () => 'another', judge: async (file: Uint8Array) => world.judgement(file) };
    const add = new AddPhotos({ database, judge, archives, coach, media: dying, clock, ids });
    const file = await picture('jpeg', 64, 80);
    await expect(add.execute({ avatar: avatar.id, file }, { owner: someone })).rejects.toBe(dies);
    expect(keys()).toHaveLength(known.length + 2);
    for (const key of keys()) media.writtenAt.set(key, clock.now());
    const purging = purge();
    clock.advance(day - 60);
    expect(await purging.execute()).toBe(0);
    clock.advance(61);
    expect(await purging.execute()).toBe(2);
    expect(keys()).toEqual(known);
  });

  it('is not what a row knows, what is being worked on, or what has a name of its own', async () => {
    const collected = await givenGeneration(world.stores, { status: 'delivered' });
    const image = anImageRow({
      generation: collected.id,
      mediaKey: `images/${collected.id}-0-0.png`,
      thumbnailKey: `images/${collected.id}-0-0.thumbnail.jpg`,
    });
    await world.stores.images.add([image]);
    const open = await givenGeneration(world.stores, { status: 'submitted' });
    put(image.mediaKey, image.thumbnailKey, `images/${open.id}-0-0.jpg`, 'weights/mine.safetensors', 'notes');
    const before = keys();
    const orphans = [
      `images/${collected.id}-0-1.png`,
      `images/${generationId(nobodys)}-0-0.jpg`,
      `photos/${avatar.id}/${nobodys}.jpg`,
      `photos/${nobodys}/${nobodys}.thumbnail.jpg`,
      `weights/${nobodys}.safetensors`,
      `proofs/${nobodys}.jpg`,
    ];
    put(...orphans);
    expect(await purge().execute()).toBe(orphans.length);
    expect(keys()).toEqual(before);
  });

  it('is the weights and the sheet of a deleted avatar, and of no other', async () => {
    world = new TrainingWorld();
    const training = await world.requested();
    await world.run();
    const weights = `weights/${training.id}.safetensors`;
    const sheet = `proofs/${training.id}.jpg`;
    const purgeNow = async () => {
      world.media.writtenAt.clear();
      world.clock.advance(day);
      await purge().execute();
      return keys().filter((key) => key === weights || key === sheet);
    };
    const open = await givenGeneration(world.stores, { status: 'submitted' });
    put(weights, `images/${open.id}-0-0.jpg`);
    expect(await purgeNow()).toEqual([weights]);
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    put(sheet);
    expect(await purgeNow()).toEqual([sheet, weights]);
    // The process dies before it comes to the files.
    const nothing = { removeAll: async () => undefined };
    const request = { avatar: training.avatar, withImages: true };
    await new DeleteAvatar({ database: world.database, media: nothing, clock: world.clock }).execute(
      request,
      { owner: someone },
    );
    expect(await purgeNow()).toEqual([]);
  });

  it('is nothing at all when not one file belongs to this database', async () => {
    world = new TrainingWorld();
    const files = [`photos/${nobodys}/${nobodys}.jpg`, `weights/${nobodys}.safetensors`, 'notes'];
    put(...files);
    expect(await purge().execute()).toBe(0);
    expect(keys().sort()).toEqual(files.sort());
    expect(world.log.at('warn')).toHaveLength(1);
  });

  it('is looked for a few files at a time, and again when all were seen', async () => {
    const removed: string[] = [];
    const [known = ''] = keys();
    const media = {
      remove: async (key: string) => void removed.push(key),
      async *writtenBefore() {
        yield* [
          known,
          ...Array.from({ length: 4500 }, (_, index) => `notes/${index}`),
          `proofs/${nobodys}.jpg`,
        ];
      },
    };
    const purging = purge(media);
    const turns: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      await purging.execute();
      turns.push(removed.length);
      world.clock.advance(30);
    }
    // Each minute 2000 files: the last one is reached in the third, and in the third after that.
    expect(turns).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2]);
  });
});
