import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoraFiles } from '../../../src/application/avatars/lora-files.js';
import { PurgePhotos } from '../../../src/application/avatars/photos/purge-photos.js';
import { PurgeReplacedWeights } from '../../../src/application/avatars/purge-replaced-weights.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { ProviderError } from '../../../src/application/ports/provider-error.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import type { Training } from '../../../src/domain/training/training.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { aTrainingPolicy } from '../../support/builders/a-training.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar, givenGeneration } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { inChunksOf, safetensors } from '../../support/safetensors.js';
import { TrainingWorld } from '../training/training-world.js';

let world: TrainingWorld;
beforeEach(() => {
  world = new TrainingWorld();
});

/** An avatar that was trained here. */
async function trainedAvatar() {
  const training = await world.requested();
  await world.run();
  world.trainer.finish('training-ticket-1');
  await world.collectFor('worker-1').execute(training.id);
  return { training, avatar: await world.avatar(training.avatar) };
}

describe('TendAvatar', () => {
  it('has one main avatar, a ready one', async () => {
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const [first, second] = [
      await givenAvatar(world.stores, { isMain: true }),
      await givenAvatar(world.stores),
    ];
    await updateAvatar.makeMain({ avatar: second.id }, { owner: someone });
    expect(await world.stores.avatars.mainOf(someone)).toMatchObject({ id: second.id });
    expect(await world.avatar(first.id)).toMatchObject({ isMain: false });
    const draft = await givenAvatar(world.stores, { status: 'draft' });
    await expect(updateAvatar.makeMain({ avatar: draft.id }, { owner: someone })).rejects.toMatchObject({
      code: 'avatar_not_ready',
    });
  });

  it.each(['x', ' ', '🦊', '👩‍🚀'.repeat(17), 'y'.repeat(51), '  z ', 'a\0b', 'a\ud800b'])(
    'refuses the name %j',
    async (name) => {
      const { id } = await givenAvatar(world.stores);
      const renamed = new UpdateAvatar({ database: world.database, clock: world.clock }).rename(
        { avatar: id, name: name },
        { owner: someone },
      );
      await expect(renamed).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );

  it('takes any name of 2-50 characters as it is', async () => {
    const { id } = await givenAvatar(world.stores);
    const name = '<b>Ада</b> & 🦊_*`[';
    const renamed = await new UpdateAvatar({ database: world.database, clock: world.clock }).rename(
      { avatar: id, name: ` ${name} ` },
      { owner: someone },
    );
    expect(renamed.name).toBe(name);
    const twoLines = await new UpdateAvatar({ database: world.database, clock: world.clock }).rename(
      { avatar: id, name: ' Grace \n Hopper ' },
      { owner: someone },
    );
    expect(twoLines.name).toBe('Grace Hopper');
  });

  it('sets the strength within what the model takes, or back to the preset’s', async () => {
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const lora = { owner: someone, avatar: (await givenAvatar(world.stores)).id };
    const finetune = {
      owner: someone,
      avatar: (await givenAvatar(world.stores, { type: 'artistic', model: aFinetuneModel })).id,
    };
    expect(await updateAvatar.setStrength({ avatar: lora.avatar, strength: 3.5 }, lora)).toMatchObject({
      defaultStrength: 3.5,
    });
    expect(await updateAvatar.setStrength({ avatar: lora.avatar, strength: null }, lora)).toMatchObject({
      defaultStrength: null,
    });
    await expect(
      updateAvatar.setStrength({ avatar: finetune.avatar, strength: 3.5 }, finetune),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(
      updateAvatar.setStrength({ avatar: lora.avatar, strength: Number.NaN }, lora),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it("finds nobody else's", async () => {
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const foreign = { owner: somebodyElse, avatar: (await givenAvatar(world.stores)).id };
    for (const attempt of [
      () => updateAvatar.makeMain({ avatar: foreign.avatar }, foreign),
      () => updateAvatar.rename({ avatar: foreign.avatar, name: 'Mine now' }, foreign),
      () => updateAvatar.setStrength({ avatar: foreign.avatar, strength: 1 }, foreign),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'avatar_not_found' });
  });
});

describe('DeleteAvatar', () => {
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);

  const remove =
    (withImages: boolean, owner = someone) =>
    async (avatar: { id: Parameters<typeof world.avatar>[0] }) =>
      new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock }).execute(
        { avatar: avatar.id, withImages },
        { owner },
      );

  it('deletes photos and weights, and says what, here and at fal', async () => {
    const { avatar } = await trainedAvatar();
    expect(await remove(false)(avatar)).toEqual({
      name: 'Ada',
      photos: 10,
      weights: 1,
      images: 0,
      atFal: {
        picturesUntil: null,
        restUntil: inDays(30),
        finetunes: 0,
        weightsStayAt: [],
      },
    });
    expect([...world.media.files.keys()]).toEqual([]);
    expect(await world.stores.avatars.list(someone)).toEqual([]);
  });

  it('says until when fal has pictures, and that a finetune and weights of others stay where they are', async () => {
    const drawn = (who: { avatar?: AvatarId; companion?: AvatarId }, days: number) => {
      const times = { createdAt: inDays(days), submittedAt: inDays(days), collectedAt: inDays(days) };
      return givenGeneration(world.stores, { status: 'delivered', ...who, ...times });
    };
    const model = aFinetuneModel;
    const style = await givenAvatar(world.stores, { type: 'artistic', model });
    await drawn({ avatar: style.id }, -0.5);
    const atFal = {
      picturesUntil: inDays(0.5),
      restUntil: inDays(29.5),
      finetunes: 1,
      weightsStayAt: [],
    };
    expect((await remove(true)(style)).atFal).toEqual(atFal);
    const brought = await givenAvatar(world.stores, {
      model: { kind: 'lora', url: 'https://weights.example/a.safetensors' },
    });
    const nothing = { picturesUntil: null, restUntil: null, finetunes: 0, weightsStayAt: [] };
    await drawn({ companion: brought.id }, -40);
    expect((await remove(true)(brought)).atFal).toEqual({ ...nothing, weightsStayAt: ['weights.example'] });
    // What is still being drawn lives from when it is done.
    const busy = await givenAvatar(world.stores, { type: 'artistic', model });
    await givenGeneration(world.stores, { status: 'submitted', avatar: busy.id });
    const { picturesUntil } = (await remove(true)(busy)).atFal;
    expect(picturesUntil?.getTime()).toBeGreaterThan(inDays(1).getTime());
    const draft = await givenAvatar(world.stores, { status: 'draft' });
    expect((await remove(true)(draft)).atFal).toEqual(nothing);
  });

  it.each([
    [true, 0],
    [false, 1],
  ])('with its pictures if asked for (%s)', async (withImages, left) => {
    const { avatar } = await trainedAvatar();
    const { id: generation } = await givenGeneration(world.stores, {
      status: 'delivered',
      avatar: avatar.id,
    });
    const image = anImageRow({ generation });
    await world.stores.images.add([image]);
    world.media.files.set(image.mediaKey, Buffer.from('x'));
    await remove(withImages)(avatar);
    expect(await world.stores.images.ofGeneration(generation)).toHaveLength(left);
    expect(world.media.files.has(image.mediaKey)).toBe(!withImages);
  });

  it('cancels a running training, gives its hold back, and is not undone by its end', async () => {
    const training = await world.requested();
    await world.run();
    const avatar = await world.avatar(training.avatar);
    await remove(true)(avatar);
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
    world.trainer.finish('training-ticket-1');
    await world.run();
    await world.collectFor('worker-1').execute(training.id);
    expect(await world.stores.avatars.list(someone)).toEqual([]);
  });

  it.each(['ready', 'training'])("leaves somebody else's alone, one that is %s", async (status) => {
    const training = await world.requested();
    await world.run();
    if (status === 'ready') {
      world.trainer.finish('training-ticket-1');
      await world.collectFor('worker-1').execute(training.id);
    }
    const everything = async () => ({
      avatars: await world.stores.avatars.list(someone),
      training: await world.training(training.id),
      photos: await world.stores.photos.list(training.avatar),
      account: await world.stores.ledger.account(someone),
      files: [...world.media.files.keys()],
    });
    const before = await everything();
    expect(before).toMatchObject({ avatars: [{ status }], training: { status } });
    await expect(remove(true, somebodyElse)({ id: training.avatar })).rejects.toMatchObject({
      code: 'avatar_not_found',
    });
    expect(await everything()).toEqual(before);
    expect(world.trainer.cancelled).toEqual([]);
  });
});

describe('LoraFiles', () => {
  const address = 'https://weights.example/imported.safetensors';
  const files = (publish = async (): Promise<string> => address) =>
    new LoraFiles({
      database: world.database,
      media: world.media,
      library: { publish },
      clock: world.clock,
      ids: world.ids,
      policy: world.rules,
    });
  const given = { name: 'Imported', type: 'portrait' as const, trigger: ' TOK ' };

  it('brings weights in that come out again as they were, for their owner only', async () => {
    const bytes = safetensors(5000);
    const avatar = await files().import(given, { owner: someone, body: inChunksOf(bytes, 100) });
    expect(avatar).toMatchObject({ status: 'ready', trigger: 'TOK', isMain: true, model: { url: address } });
    const { fileName, body } = await files().export({ avatar: avatar.id }, { owner: someone });
    expect(fileName).toBe('Imported.safetensors');
    expect(await buffer(body)).toEqual(bytes);
    await expect(files().export({ avatar: avatar.id }, { owner: somebodyElse })).rejects.toMatchObject({
      code: 'avatar_not_found',
    });
  });

  it('refuses what is no safetensors file and keeps nothing of it', async () => {
    const body = inChunksOf(Buffer.from('PK\x03\x04 a pickle or a zip, but no weights'), 5);
    await expect(files().import(given, { owner: someone, body })).rejects.toMatchObject({
      code: 'weights_refused',
    });
    expect(world.media.files.size).toBe(0);
  });

  it('keeps nothing when fal does not take the weights now', async () => {
    const refusing = files(() => Promise.reject(new ProviderError('not_taken', 'busy')));
    const body = inChunksOf(safetensors(), 10);
    await expect(refusing.import(given, { owner: someone, body })).rejects.toBeInstanceOf(ProviderError);
    expect(world.media.files.size).toBe(0);
    expect(await world.stores.avatars.list(someone)).toEqual([]);
  });

  it('has nothing to give of an avatar that holds no kept weights', async () => {
    const { id } = await givenAvatar(world.stores);
    await expect(files().export({ avatar: id }, { owner: someone })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('an avatar that was trained anew', () => {
  const fileOf = (training: Training) => `weights/${training.id}.safetensors`;

  /** Trained, set to strength 0.9, and trained once more. */
  async function trainedTwice() {
    const { training: first, avatar } = await trainedAvatar();
    await new UpdateAvatar({ database: world.database, clock: world.clock }).setStrength(
      { avatar: avatar.id, strength: 0.9 },
      { owner: someone },
    );
    world.clock.advance(86_400);
    const second = await world.request.execute({ avatar: avatar.id }, { owner: someone });
    await world.run();
    world.trainer.finish('training-ticket-2');
    await world.collectFor('worker-1').execute(second.id);
    return { first, second, avatar };
  }

  it('goes back to what it was, and forth again, and nothing is lost by it', async () => {
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    const { first, second, avatar } = await trainedTwice();
    const renewed = { model: { mediaKey: fileOf(second) }, defaultStrength: null };
    const before = { model: { mediaKey: fileOf(first) }, defaultStrength: 0.9, trigger: avatar.trigger };
    expect(await world.avatar(avatar.id)).toMatchObject(renewed);
    await expect(updateAvatar.goBack({ avatar: avatar.id }, { owner: somebodyElse })).rejects.toMatchObject({
      code: 'avatar_not_found',
    });
    expect(await updateAvatar.goBack({ avatar: avatar.id }, { owner: someone })).toMatchObject(before);
    expect(await world.avatar(avatar.id)).toMatchObject(before);
    expect(await updateAvatar.goBack({ avatar: avatar.id }, { owner: someone })).toMatchObject(renewed);
    expect([...world.media.files.keys()]).toEqual(expect.arrayContaining([fileOf(first), fileOf(second)]));
  });

  it('has nothing to go back to after its first training', async () => {
    const { avatar } = await trainedAvatar();
    const updateAvatar = new UpdateAvatar({ database: world.database, clock: world.clock });
    await expect(updateAvatar.goBack({ avatar: avatar.id }, { owner: someone })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('lets go of the old model after a while, with its file, and no sooner', async () => {
    const { first, second, avatar } = await trainedTwice();
    const { database, media, clock, log } = world;
    const purge = () =>
      new PurgeReplacedWeights({ database, media, clock, policy: aTrainingPolicy(), log }).execute();
    clock.advance(29 * 86_400);
    expect(await purge()).toBe(0);
    clock.advance(2 * 86_400);
    expect(await purge()).toBe(1);
    expect(media.files.has(fileOf(first))).toBe(false);
    expect(media.files.has(fileOf(second))).toBe(true);
    expect(await world.avatar(avatar.id)).toMatchObject({ model: { mediaKey: fileOf(second) }, earlier: [] });
    expect(await purge()).toBe(0);
  });

  it('spares the one that its owner went back to', async () => {
    const { first, second, avatar } = await trainedTwice();
    const { database, media, clock, log } = world;
    clock.advance(29 * 86_400);
    await new UpdateAvatar({ database, clock }).goBack({ avatar: avatar.id }, { owner: someone });
    clock.advance(2 * 86_400);
    expect(
      await new PurgeReplacedWeights({ database, media, clock, policy: aTrainingPolicy(), log }).execute(),
    ).toBe(0);
    expect([...media.files.keys()]).toEqual(expect.arrayContaining([fileOf(first), fileOf(second)]));
  });

  it('is deleted with all that it held', async () => {
    const { avatar } = await trainedTwice();
    const { database, media, clock } = world;
    const deletion = await new DeleteAvatar({ database, media, clock }).execute(
      { avatar: avatar.id, withImages: true },
      { owner: someone },
    );
    expect(deletion).toMatchObject({ weights: 2 });
    expect([...media.files.keys()]).toEqual([]);
  });
});

describe('PurgePhotos', () => {
  it('deletes photos some time after the training, and no sooner', async () => {
    const { avatar } = await trainedAvatar();
    const purge = () =>
      new PurgePhotos({
        database: world.database,
        media: world.media,
        clock: world.clock,
        policy: aTrainingPolicy(),
        log: world.log,
      }).execute();
    world.clock.advance(29 * 86_400);
    expect(await purge()).toBe(0);
    world.clock.advance(2 * 86_400);
    expect(await purge()).toBe(10);
    expect(await world.stores.photos.list(avatar.id)).toEqual([]);
    expect([...world.media.files.keys()]).toEqual([
      `weights/${(await world.stores.trainings.ofAvatar(avatar.id))[0]?.id}.safetensors`,
    ]);
  });
});
