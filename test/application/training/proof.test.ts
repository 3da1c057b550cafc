import { beforeEach, describe, expect, it } from 'vitest';
import { PurgeReplacedWeights } from '../../../src/application/avatars/purge-replaced-weights.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import type { ProofComposer } from '../../../src/application/ports/pictures/proof-composer.js';
import { MakeProof } from '../../../src/application/training/make-proof.js';
import { ProofTransport } from '../../../src/application/training/proof-transport.js';
import { ShowProof } from '../../../src/application/training/show-proof.js';
import type { Face } from '../../../src/domain/avatar/faces.js';
import type { Training } from '../../../src/domain/training/training.js';
import { picture } from '../../contracts/media-store.js';
import { aFace, traitsOf } from '../../support/builders/a-face.js';
import { aTrainingPolicy } from '../../support/builders/a-training.js';
import { anyWords } from '../../support/builders/check-words.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { endPicture, sendPicture } from './proof-pictures.js';
import { TrainingWorld } from './training-world.js';

describe('the proof sheet', () => {
  let world: TrainingWorld;
  let training: Training;
  let composed: (Uint8Array | null)[][];
  let jpeg: Buffer;
  const make = (worker = 'worker-1') => {
    const composer: Pick<ProofComposer, 'compose'> = {
      compose: async (pictures) => {
        composed.push([...pictures]);
        return jpeg;
      },
    };
    const { database, clock, ids, rules, metrics, media, log, likeness } = world;
    const request = new RequestGeneration({
      database,
      clock,
      ids,
      policy: rules,
      metrics,
      log,
      checkWords: anyWords,
    });
    const parts = { database, composer, likeness, media, clock, worker, log };
    return new MakeProof({ ...parts, requestGeneration: request });
  };
  const pictures = () => world.stores.generations.list({ owner: someone, limit: 50 });

  beforeEach(async () => {
    world = new TrainingWorld();
    composed = [];
    jpeg = await picture('jpeg', 64, 64);
    training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    await make().execute(training.id);
  });

  it('orders two prompts at three scales, once and for nothing', async () => {
    await Promise.all(['a', 'b'].map((worker) => make(worker).execute(training.id)));
    const ordered = await pictures();
    expect(ordered).toHaveLength(6);
    expect(ordered.every(({ price, origin }) => price === 0 && origin.transport === 'proof')).toBe(true);
    const scales = ordered.map(({ order }) => ('loras' in order ? order.loras[0]?.scale : null));
    expect(scales.sort()).toEqual([0.8, 0.8, 1, 1, 1.2, 1.2]);
    expect(new Set(ordered.map(({ order }) => order.seed)).size).toBe(1);
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 50, held: 0 });
  });

  it('is put together when all pictures have come to an end, and shown once', async () => {
    const [first, ...others] = (await pictures()).reverse();
    if (first === undefined) throw new Error('six were ordered');
    for (const generation of others) await endPicture(world, generation);
    await make().execute(training.id);
    expect(composed).toEqual([]);
    await endPicture(world, first, 'failed');
    const nudge = new ProofTransport({ database: world.database });
    world.database.takeJobs();
    const failed = await world.stores.generations.find(first.id);
    if (failed?.status !== 'failed') throw new Error('it failed');
    await nudge.deliver({ kind: 'ended', generation: failed });
    expect(world.database.queued.map(({ job }) => job)).toEqual([
      { task: 'make-proof', training: training.id },
    ]);
    await make().execute(training.id);
    expect(composed).toHaveLength(1);
    expect(composed[0]?.filter((one) => one === null)).toHaveLength(1);
    await world.run();
    await world.run();
    const [notification, ...more] = world.transport.of('proof-sheet');
    expect(more).toEqual([]);
    expect(notification?.sheet.cells.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(notification?.sheet.image.mediaKey).toBe(`proofs/${training.id}.jpg`);
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  it('makes the scale of the chosen picture the avatar’s own, for its owner only', async () => {
    for (const generation of await pictures()) await endPicture(world, generation);
    await make().execute(training.id);
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const choice = { training: training.id, number: 6 };
    await expect(updateAvatar.chooseProof({ ...choice }, { owner: somebodyElse })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      updateAvatar.chooseProof({ ...choice, number: 7 }, { owner: someone }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await updateAvatar.chooseProof({ ...choice }, { owner: someone })).toMatchObject({
      defaultStrength: 1.2,
    });
    expect(await world.avatar(training.avatar)).toMatchObject({ defaultStrength: 1.2 });
  });

  it('brings the weights back that it was made with, as long as they are there', async () => {
    for (const generation of await pictures()) await endPicture(world, generation);
    await make().execute(training.id);
    const mine = { owner: someone, avatar: training.avatar };
    const again = await world.request.execute({ avatar: training.avatar }, { owner: someone });
    await world.run();
    world.trainer.finish('training-ticket-2');
    await world.collectFor('worker-1').execute(again.id);
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const choice = { training: training.id, number: 1 };
    expect(await updateAvatar.chooseProof(choice, { owner: someone })).toMatchObject({
      model: { mediaKey: `weights/${training.id}.safetensors` },
      defaultStrength: 0.8,
    });
    // Back at the old ones before the new sheet was ordered: it would show the wrong ones.
    await make().execute(again.id);
    expect(await world.training(again.id)).toMatchObject({ proof: { status: 'none' } });
    world.clock.advance(31 * 86_400);
    await updateAvatar.goBack({ avatar: mine.avatar }, mine);
    world.clock.advance(31 * 86_400);
    const { database, media, clock, log } = world;
    await new PurgeReplacedWeights({ database, media, clock, policy: aTrainingPolicy(), log }).execute();
    await expect(updateAvatar.chooseProof(choice, { owner: someone })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('adds nothing to the gallery but what its owner keeps', async () => {
    for (const generation of await pictures()) await endPicture(world, generation);
    await make().execute(training.id);
    const { gallery, personal } = world.stores;
    const query = { owner: someone, filter: {}, now: world.clock.now() };
    expect(await gallery.older(query, 9)).toEqual([]);
    expect(await personal.count(someone)).toMatchObject({ images: 0 });
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const choice = { training: training.id, number: 2 };
    await expect(updateAvatar.keepProof({ ...choice }, { owner: somebodyElse })).rejects.toMatchObject({
      code: 'not_found',
    });
    await updateAvatar.keepProof({ ...choice }, { owner: someone });
    await updateAvatar.keepProof({ ...choice }, { owner: someone });
    expect(await gallery.older(query, 9)).toMatchObject([{ avatar: training.avatar }]);
    const { avatar } = training;
    const remove = new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock });
    expect(await remove.execute({ avatar, withImages: false }, { owner: someone })).toMatchObject({
      images: 0,
    });
    expect(await gallery.older(query, 9)).toHaveLength(1);
    expect(await personal.proofPictures(someone)).toEqual([]);
    expect([...world.media.files.keys()].filter((key) => key.startsWith('images/'))).toHaveLength(1);
  });

  it('leaves nothing behind when the avatar is deleted while it is made', async () => {
    const [first, waiting, ...others] = await pictures();
    if (first === undefined || waiting === undefined) throw new Error('six were ordered');
    await endPicture(world, first);
    const sent = await Promise.all(others.map((generation) => sendPicture(world, generation)));
    const remove = new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock });
    await remove.execute({ avatar: training.avatar, withImages: false }, { owner: someone });
    expect(await world.stores.generations.find(waiting.id)).toMatchObject({ status: 'cancelled' });
    for (const generation of sent) {
      await endPicture(world, generation);
      await make().execute(training.id);
    }
    expect(await world.stores.personal.proofPictures(someone)).toEqual([]);
    expect([...world.media.files.keys()].filter((key) => key.startsWith('images/'))).toEqual([]);
  });

  describe('beside the photos', () => {
    const cellsOf = async () => {
      const found = await world.training(training.id);
      if (found.status !== 'ready' || found.proof.status !== 'composed') throw new Error('there is no sheet');
      return found.proof.sheet;
    };
    /** A face that is so much like that of the photos, 0-1, as near as a step gets. */
    const like = (value: number): Face => {
      const distance = (1 - (value * 0.6 + 0.2)) * 20;
      const traits = traitsOf(1);
      traits[1000] = (traits[1000] ?? 0) + distance;
      return { ...aFace(), traits };
    };
    const made = async (alike: readonly (number | null)[]) => {
      const ordered = (await pictures()).reverse();
      const values = new Map(ordered.map(({ id }, index) => [`images/${id}.jpg`, alike[index] ?? null]));
      world.facesIn = (key) => {
        if (key.startsWith('photos/')) return [aFace({ yaw: key === best ? 1 : 20 })];
        const value = values.get(key) ?? null;
        return value === null ? [] : [like(value)];
      };
      for (const generation of ordered) await endPicture(world, generation);
      await make().execute(training.id);
      return ordered;
    };
    let best: string | undefined;
    beforeEach(async () => {
      best = training.order.photos[4];
    });

    it('sorts the pictures and says in words how alike they are', async () => {
      const ordered = await made([0.3, 0.9, null, 0.48, 0.52, 0.2]);
      const { cells, original } = await cellsOf();
      expect(cells.map(({ number, likeness }) => [number, likeness])).toEqual([
        [1, 'very'],
        [2, 'alike'],
        [3, 'alike'],
        [4, 'less'],
        [5, 'less'],
        [6, null],
      ]);
      const places = [1, 4, 3, 0, 5, 2];
      expect(cells.map(({ generation }) => generation)).toEqual(places.map((place) => ordered[place]?.id));
      expect(composed[0]?.map(String)).toEqual(places.map((place) => ordered[place]?.id));
      expect(original).toBe(best);
      // A number means the strength of the picture that it is drawn on.
      const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
      const { order } = ordered[1] ?? {};
      const scale = order !== undefined && 'loras' in order ? order.loras[0]?.scale : null;
      expect(
        await updateAvatar.chooseProof({ training: training.id, number: 1 }, { owner: someone }),
      ).toMatchObject({
        defaultStrength: scale,
      });
      expect(JSON.stringify(await world.training(training.id))).not.toContain('0.8271');
    });

    it('stays as it was planned where nothing can look, and where all photos are gone', async () => {
      world.media.files.delete(training.order.photos[0] ?? '');
      const ordered = (await pictures()).reverse();
      for (const generation of ordered) await endPicture(world, generation);
      await make().execute(training.id);
      const { cells, original } = await cellsOf();
      expect(cells.map(({ likeness }) => likeness)).toEqual([null, null, null, null, null, null]);
      expect(cells.map(({ scale }) => scale)).toEqual([0.8, 1, 1.2, 0.8, 1, 1.2]);
      expect(original).toBe(training.order.photos[1]);
    });

    it('shows the photo as long as it is there, and keeps it in no file of its own', async () => {
      await made([0.9, 0.9, 0.9, 0.9, 0.9, 0.9]);
      const { database, media } = world;
      const beside = async () => Buffer.from('both');
      const show = new ShowProof({ database, media, composer: { beside } });
      const sheet = await cellsOf();
      expect(await show.sheet(sheet)).toEqual({ picture: Buffer.from('both'), hasOriginal: true });
      media.files.delete(best ?? '');
      expect(await show.sheet(sheet)).toMatchObject({ hasOriginal: false });
      const { cell, picture: large } = await show.execute(
        { training: training.id, number: 2 },
        { owner: someone },
      );
      expect(String(large)).toBe(cell.generation);
      for (const wrong of [{ number: 7 }, { number: 0 }])
        await expect(
          show.execute({ training: training.id, ...wrong }, { owner: someone }),
        ).rejects.toMatchObject({ code: 'not_found' });
      await expect(
        show.execute({ training: training.id, number: 2 }, { owner: somebodyElse }),
      ).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  it('says nothing when not one picture could be made', async () => {
    for (const generation of await pictures()) await endPicture(world, generation, 'failed');
    await make().execute(training.id);
    await world.run();
    expect(await world.training(training.id)).toMatchObject({ proof: { status: 'none' } });
    expect(world.transport.of('proof-sheet')).toEqual([]);
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  it('waits while the row is in other hands', async () => {
    const lease = { owner: 'other', until: new Date(world.clock.now().getTime() + 60_000) };
    world.clock.advance(1);
    await world.stores.trainings.acquire(training.id, 'ready', lease, world.clock.now());
    world.database.takeJobs();
    await make().execute(training.id);
    expect(world.database.queued.map(({ job }) => job.task)).toEqual(['make-proof']);
  });
});
