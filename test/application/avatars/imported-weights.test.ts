import { beforeEach, expect, test } from 'vitest';
import { AddAvatar } from '../../../src/application/avatars/add-avatar.js';
import { ImportAvatars, type ImportedRow } from '../../../src/application/avatars/import-avatars.js';
import { KeepImportedWeights } from '../../../src/application/avatars/keep-imported-weights.js';
import { LoraFiles } from '../../../src/application/avatars/lora-files.js';
import { WeightsLook } from '../../../src/application/avatars/weights-look.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { BadDownload } from '../../../src/application/ports/image-downloads.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import { someone } from '../../support/builders/ids.js';
import { fluxEverywhere, inChunksOf, safetensors } from '../../support/safetensors.js';
import { TrainingWorld } from '../training/training-world.js';

const url = 'https://v3.fal.media/files/ada.safetensors';
const row = {
  id: 7,
  telegram_id: someone,
  name: 'Ada',
  training_type: 'portrait',
  status: 'completed',
  diffusers_lora_file_url: url,
};

let world: TrainingWorld;
let served: Uint8Array | Error;
let opened: string[];
let meanwhile: () => Promise<unknown>;
beforeEach(() => {
  world = new TrainingWorld();
  served = safetensors(4096);
  opened = [];
  meanwhile = async () => undefined;
});

const keeping = () =>
  new KeepImportedWeights({
    database: world.database,
    downloads: {
      open: async (address) => {
        opened.push(address);
        await meanwhile();
        if (served instanceof Error) throw served;
        return inChunksOf(served, 1000);
      },
    },
    media: world.media,
    disk: world.space,
    clock: world.clock,
    log: world.log,
  });

const importing = (changes: object = {}) =>
  new ImportAvatars({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look: fluxEverywhere,
  }).execute([{ ...row, ...changes }]);
const only = async () => {
  const [avatar] = await world.stores.avatars.list(someone);
  if (avatar?.status !== 'ready') throw new Error('one was imported');
  return avatar;
};

/** One sweep, and the jobs that it leaves. */
async function sweep(keep = keeping()) {
  await keep.nudge();
  const ids: AvatarId[] = world.database
    .takeJobs()
    .flatMap(({ job }) => (job.task === 'keep-weights' ? [job.avatar] : []));
  for (const id of ids) await keep.execute(id);
  return ids;
}

test('weights that came by an import or by hand are copied here, and serve as those of a training do', async () => {
  await importing();
  const add = new AddAvatar({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look: fluxEverywhere,
  });
  await add.execute({ name: 'Grace', type: 'portrait', lora: `${url}?grace` }, { owner: someone });
  expect(await sweep()).toHaveLength(2);
  expect(opened.sort()).toEqual([url, `${url}?grace`]);
  const avatar = await only();
  const mediaKey = `weights/${avatar.id}.safetensors`;
  expect(avatar.model).toEqual({ kind: 'lora', url, mediaKey, importedFrom: url });
  expect(world.media.files.get(mediaKey)).toEqual(Buffer.from(safetensors(4096)));
  expect(await sweep()).toEqual([]);
  const library = { publish: async () => 'unused' };
  const files = new LoraFiles({
    database: world.database,
    media: world.media,
    library,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
  });
  expect((await files.export({ avatar: avatar.id }, { owner: someone })).fileName).toBe('Ada.safetensors');
});

test('another import finds nothing to do, keeps the copy beside a new trigger, and brings new weights', async () => {
  await importing();
  await sweep();
  const { model } = await only();
  expect(await importing()).toEqual({ imported: 0, updated: 0, skipped: [] });
  const changes = { trigger_phrase: 'TOK2' };
  expect(await importing(changes)).toMatchObject({ updated: 1 });
  expect(await only()).toMatchObject({ trigger: 'TOK2', model });
  // Put up again under another address since: it is still what was imported.
  const renewed = { ...(await only()), model: { ...model, url: 'https://v3.fal.media/renewed' } as const };
  await world.stores.avatars.save(renewed as Awaited<ReturnType<typeof only>>);
  expect(await importing(changes)).toMatchObject({ updated: 0 });
  expect(await importing({ diffusers_lora_file_url: `${url}?new` })).toMatchObject({ updated: 1 });
  expect((await only()).model).toEqual({ kind: 'lora', url: `${url}?new` });
});

test('what cannot be had, or is no weights, is used where it lies, and asked for again after hours', async () => {
  await importing();
  const keep = keeping();
  for (const bad of [new BadDownload('weights.example may not be read', false), Buffer.from('<html>')]) {
    served = bad;
    expect(await sweep(keep)).toHaveLength(1);
    expect((await only()).model).toEqual({ kind: 'lora', url });
    expect([...world.media.files.keys()]).toEqual([]);
    world.clock.advance(60);
    expect(await sweep(keep)).toEqual([]);
    world.clock.advance(6 * 3600);
  }
  served = safetensors();
  expect(await sweep(keep)).toHaveLength(1);
  expect((await only()).model).toMatchObject({ importedFrom: url });
});

test('a copy that came too late for its avatar is removed', async () => {
  await importing();
  const { id } = await only();
  meanwhile = () =>
    new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock }).execute(
      { avatar: id, withImages: true },
      { owner: someone },
    );
  await sweep();
  expect([...world.media.files.keys()]).toEqual([]);
  expect(await world.stores.avatars.list(someone)).toEqual([]);
});

test('nothing is copied onto a disk that is nearly full', async () => {
  await importing();
  world.disk.free = 0;
  expect(await sweep()).toEqual([]);
});

test('the receipt of a deletion tells of both: the copy put up at fal, and the address it came from', async () => {
  await importing();
  await sweep();
  const remove = new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock });
  const { id } = await only();
  expect(await remove.execute({ avatar: id, withImages: true }, { owner: someone })).toMatchObject({
    weights: 1,
    atFal: { restUntil: expect.any(Date), weightsStayAt: ['v3.fal.media'] },
  });
  expect([...world.media.files.keys()]).toEqual([]);
});

const foreign = safetensors({ names: ['lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight'] });
const unclear = safetensors({ names: ['transformer.x.lora_A.weight'] });
/** Finds that at every address. */
const finding = (bytes: Uint8Array | BadDownload) =>
  new WeightsLook({
    downloads: {
      open: async () => {
        if (bytes instanceof BadDownload) throw bytes;
        return inChunksOf(bytes, 1000);
      },
    },
  });
const notListed = new BadDownload('files may not be read from https://weights.example', false);

test('weights of another model are refused by its name, before an avatar is made of them', async () => {
  const look = finding(foreign);
  const add = new AddAvatar({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look,
  });
  const refused = add.execute({ name: 'Ada', type: 'portrait', lora: url }, { owner: someone });
  await expect(refused).rejects.toMatchObject({
    refusal: { code: 'weights_foreign', family: 'Stable Diffusion' },
  });
  const importAvatars = new ImportAvatars({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look,
  });
  const skipped = [{ id: '7', reason: expect.stringContaining('for Stable Diffusion, not for FLUX.1') }];
  expect(await importAvatars.execute([row])).toEqual({ imported: 0, updated: 0, skipped });
  expect(await world.stores.avatars.list()).toEqual([]);
});

test('another import brings no weights of another model, and does not look at what is here', async () => {
  await importing();
  const before = await only();
  const look = finding(foreign);
  const importAvatars = new ImportAvatars({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look,
  });
  expect(await importAvatars.execute([row])).toEqual({ imported: 0, updated: 0, skipped: [] });
  const changed = { ...row, diffusers_lora_file_url: `${url}?new` };
  expect(await importAvatars.execute([changed])).toMatchObject({ updated: 0, skipped: [{ id: '7' }] });
  expect(await only()).toEqual(before);
});

test.each([
  ['that say nothing', unclear, 'do not say whether they are a LoRA of FLUX.1'],
  ['that cannot be read from here', notListed, 'could not be looked at: files may not be read from'],
])('weights %s are taken in, with a word to the operator', async (_, found, word) => {
  const look = finding(found);
  const add = new AddAvatar({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look,
  });
  const words: string[] = [];
  const given = { name: 'Grace', type: 'portrait', lora: url };
  const context = { owner: someone, onDoubt: (why: string) => words.push(why) };
  expect(await add.execute(given, context)).toMatchObject({ status: 'ready' });
  const importAvatars = new ImportAvatars({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look,
  });
  const onRow = ({ outcome, reason = '' }: ImportedRow) => words.push(`${outcome} ${reason}`);
  expect(await importAvatars.execute([row], { onRow })).toMatchObject({ imported: 1, skipped: [] });
  expect(words).toEqual([
    expect.stringContaining(word),
    expect.stringMatching(new RegExp(`^imported .*${word}`)),
  ]);
});

test('what turns out to be of another model when it is copied is used no more, and the operator hears why', async () => {
  await importing();
  served = foreign;
  await sweep();
  expect(await world.stores.avatars.list(someone)).toMatchObject([
    { status: 'failed', reason: 'weights_foreign' },
  ]);
  expect([...world.media.files.keys()]).toEqual([]);
  expect(world.log.lines).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      facts: { avatar: expect.any(String), family: 'Stable Diffusion' },
    }),
  );
  expect(await sweep()).toEqual([]);
  // An import that brings others makes it whole again.
  expect(await importing({ diffusers_lora_file_url: `${url}?mended` })).toMatchObject({ updated: 1 });
  expect((await only()).model).toEqual({ kind: 'lora', url: `${url}?mended` });
});

test('the model that was trained here takes the place of one that turns out to be of another model', async () => {
  await importing();
  const trained = { kind: 'lora', url: 'https://v3.fal.media/trained', mediaKey: 'weights/trained' } as const;
  const earlier = [{ model: trained, trigger: 'MINE', strength: 0.9, replacedAt: world.clock.now() }];
  await world.stores.avatars.save({ ...(await only()), earlier });
  served = foreign;
  await sweep();
  expect(await only()).toMatchObject({ model: trained, trigger: 'MINE', defaultStrength: 0.9 });
  expect((await only()).earlier ?? []).toEqual([]);
});
