import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChooseFace } from '../../../src/application/avatars/choose-face.js';
import { ExportUserData } from '../../../src/application/personal-data/export-user-data.js';
import type { ArchiveEntry } from '../../../src/application/ports/archive-writer.js';
import type { Face } from '../../../src/domain/avatar/faces.js';
import type { DraftPhoto } from '../../../src/domain/avatar/photo.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import { picture } from '../../contracts/media-store.js';
import { aFace, traitsOf } from '../../support/builders/a-face.js';
import { aDraftPhoto } from '../../support/builders/a-training.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

let world: TrainingWorld;
let avatar: AvatarId;
let faces: Map<string, readonly Face[]>;
const mine = () => ({ owner: someone, avatar });
const photos = () => world.stores.photos.list(avatar);
const coach = () => world.coachFaces.execute(mine());

/** A photo of the set with these faces. */
async function given(found: readonly Face[], changes: Partial<DraftPhoto> = {}): Promise<DraftPhoto> {
  const photo = aDraftPhoto({ avatar, ...changes });
  world.media.files.set(photo.mediaKey, await picture('jpeg', 64, 64));
  faces.set(photo.mediaKey, found);
  await world.stores.photos.add(photo);
  return photo;
}
const saidOf = async ({ id }: DraftPhoto) => (await photos()).find((photo) => photo.id === id);

beforeEach(async () => {
  world = new TrainingWorld();
  avatar = (await world.draft({ photos: 0 })).id;
  faces = new Map();
  world.facesIn = (key) => faces.get(key) ?? [];
});

describe('the face coach', () => {
  it('finds out who does not belong, in whatever order they came', async () => {
    const stranger = await given([aFace({ person: 2 })]);
    for (const yaw of [0, 20, -25, 40]) await given([aFace({ yaw })]);
    const faceless = await given([]);
    await coach();
    expect(await saidOf(stranger)).toMatchObject({ status: 'warned', warnings: ['somebody_else'] });
    expect(await saidOf(faceless)).toMatchObject({ status: 'warned', warnings: ['no_face'], faceCount: 0 });
    const others = (await photos()).filter(({ id }) => id !== stranger.id && id !== faceless.id);
    expect(others.map(({ status, faceYaw }) => [status, faceYaw])).toEqual(
      [0, 20, -25, 40].map((yaw) => ['kept', yaw]),
    );
  });

  it('takes a doubt back when the set no longer raises it, and leaves those of others', async () => {
    const photo = await given([], { status: 'warned', warnings: ['blurred'] });
    const others = [await given([aFace()]), await given([aFace()])];
    await coach();
    expect(await saidOf(photo)).toMatchObject({ warnings: ['no_face', 'blurred'] });
    await world.stores.photos.remove(
      avatar,
      others.map(({ id }) => id),
    );
    await coach();
    expect(await saidOf(photo)).toMatchObject({ status: 'warned', warnings: ['blurred'] });
  });

  it('leaves alone what the owner has decided', async () => {
    const photo = await given([aFace(), aFace({ person: 2, left: 650 })]);
    await coach();
    await world.sortPhotos.keep({ avatar, photo: photo.id }, { owner: someone });
    await coach();
    expect(await saidOf(photo)).toMatchObject({ status: 'kept', warnings: ['several_people'] });
    const earlier = await given([], { status: 'kept', warnings: ['blurred'] });
    await coach();
    expect(await saidOf(earlier)).toMatchObject({ status: 'kept', warnings: ['blurred'], faceCount: 0 });
  });

  it('refuses nothing: a doubtful photo that there is no room for among the doubtful stays kept', async () => {
    for (let count = 0; count < 20; count += 1)
      await given([aFace()], { status: 'warned', warnings: ['flat'] });
    const photo = await given([]);
    await coach();
    expect(await saidOf(photo)).toMatchObject({ status: 'kept', warnings: [] });
  });

  it('changes nothing where nobody can look, and for a style', async () => {
    const photo = await given([aFace(), aFace({ person: 2, left: 650 })]);
    world.facesIn = () => null;
    await coach();
    expect(await saidOf(photo)).toEqual(photo);
    world.facesIn = () => {
      throw new Error('a style has no faces to look at');
    };
    const found = await world.avatar(avatar);
    await world.stores.avatars.save({ ...found, type: 'artistic' });
    await coach();
    expect(await saidOf(photo)).toEqual(photo);
  });

  it('speaks when photos are sent, of the photo as it is then', async () => {
    for (let count = 0; count < 3; count += 1) await given([aFace()]);
    world.facesIn = (key) => faces.get(key) ?? [aFace({ person: 2 })];
    const file = await picture('jpeg', 64, 64);
    world.judgement = () => ({ kind: 'judged', picture: file, fingerprint: 'a'.repeat(16), warnings: [] });
    const { verdicts, set } = await world.addPhotos.execute({ avatar, file }, { owner: someone });
    expect(verdicts).toMatchObject([{ status: 'warned', reasons: ['somebody_else'] }]);
    expect(set).toMatchObject({ kept: 3, warned: 1 });
  });

  it('writes, logs and exports nothing that makes a face somebody’s', async () => {
    for (let count = 0; count < 4; count += 1) await given([aFace()]);
    await given([aFace({ person: 2 })]);
    await coach();
    const { database, media, log } = world;
    const archives = { write: (entries: readonly ArchiveEntry[]) => Readable.from(textsOf(entries)) };
    const exporting = new ExportUserData({ database, media, log, archives });
    const { body } = await exporting.execute({ user: someone }, { owner: someone });
    const document = await text(body);
    const trait = String(traitsOf(1)[1]).slice(0, 6);
    const everything = [
      JSON.stringify(await photos()),
      JSON.stringify(log.lines),
      document,
      ...[...media.files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')),
    ].join();
    expect(document).toContain('somebody_else');
    expect(trait).toMatch(/^0\.\d+$/);
    expect(everything).not.toContain(trait);
    expect(everything).not.toContain('traits');
  });
});

async function* textsOf(entries: readonly ArchiveEntry[]) {
  for (const entry of entries) {
    const body = await entry.open();
    if (body !== null) yield await text(body);
  }
}

describe('choosing one of several people', () => {
  let cuts: { left: number }[];
  let photo: DraftPhoto;
  const choose = () =>
    new ChooseFace({
      database: world.database,
      media: world.media,
      ids: world.ids,
      faces: world.faces,
      judge: { judge: async (file) => world.judgement(file) },
      cutter: {
        cut: async (_, part) => {
          cuts.push(part);
          return picture('jpeg', 64, 64 + cuts.length);
        },
      },
      composer: { compose: async (pictures, columns) => Buffer.from(`${pictures.length} in ${columns}`) },
    });
  const which = () => ({ avatar, photo: photo.id });

  beforeEach(async () => {
    cuts = [];
    photo = await given([aFace({ person: 2, left: 650 }), aFace({ left: 50 })]);
    await coach();
    world.judgement = (file) => ({
      kind: 'judged',
      picture: file,
      fingerprint: 'c'.repeat(16),
      warnings: ['blurred'],
    });
    world.facesIn = (key) => faces.get(key) ?? [aFace({ yaw: 7 })];
  });

  it('shows them from left to right, and trains on the one that is chosen alone', async () => {
    const { count, sheet } = await choose().offer(which(), { owner: someone });
    expect([count, String(sheet)]).toEqual([2, '2 in 2']);
    const [first, second] = cuts.map(({ left }) => left);
    expect(first).toBeLessThan(second ?? 0);
    await choose().execute({ ...which(), number: 2 }, { owner: someone });
    expect(cuts.at(-1)?.left).toBe(second);
    const after = await saidOf(photo);
    expect(after).toMatchObject({ status: 'kept', warnings: ['blurred'], faceCount: 1, faceYaw: 7 });
    expect([...world.media.files.keys()]).not.toContain(photo.mediaKey);
    expect([...world.media.files.keys()]).toContain(after?.mediaKey);
  });

  it('says once more that there are several when they stand too close to be told apart', async () => {
    world.facesIn = (key) => faces.get(key) ?? [aFace(), aFace({ person: 2 })];
    await choose().execute({ ...which(), number: 1 }, { owner: someone });
    expect(await saidOf(photo)).toMatchObject({ status: 'kept', warnings: ['several_people', 'blurred'] });
    await coach();
    expect(await saidOf(photo)).toMatchObject({ status: 'kept' });
  });

  it('refuses a number that is nobody, and a photo of somebody else', async () => {
    for (const number of [0, 3, -1])
      await expect(choose().execute({ ...which(), number }, { owner: someone })).rejects.toMatchObject({
        refusal: { code: 'not_found', what: 'face' },
      });
    await givenUser(world.stores, { id: somebodyElse });
    await expect(choose().offer(which(), { owner: somebodyElse })).rejects.toMatchObject({
      code: 'avatar_not_found',
    });
    expect(await saidOf(photo)).toMatchObject({ mediaKey: photo.mediaKey });
  });

  it('asks for a photo again whose file is gone', async () => {
    world.media.files.delete(photo.mediaKey);
    const before = await saidOf(photo);
    for (const asked of [
      choose().offer(which(), { owner: someone }),
      choose().execute({ ...which(), number: 1 }, { owner: someone }),
    ])
      await expect(asked).rejects.toMatchObject({ refusal: { code: 'photo_gone' } });
    expect(await saidOf(photo)).toEqual(before);
  });

  it('says after a faster tap that the face is gone, not the photo', async () => {
    const read = world.media.bytes.bind(world.media);
    world.media.bytes = async (key) => {
      world.media.bytes = read;
      await choose().execute({ ...which(), number: 2 }, { owner: someone });
      return read(key);
    };
    await expect(choose().offer(which(), { owner: someone })).rejects.toMatchObject({
      refusal: { code: 'not_found', what: 'face' },
    });
  });

  it('leaves no file behind when there is no room, or somebody was faster', async () => {
    for (let count = 0; count < 20; count += 1) await given([aFace()]);
    const before = [...world.media.files.keys()].sort();
    await expect(choose().execute({ ...which(), number: 1 }, { owner: someone })).rejects.toMatchObject({
      code: 'too_many_photos',
    });
    expect([...world.media.files.keys()].sort()).toEqual(before);
    const one = (await photos()).find(({ status }) => status === 'kept');
    if (one !== undefined) await world.stores.photos.remove(avatar, [one.id]);
    const taps = await Promise.allSettled(
      [1, 2].map((number) => choose().execute({ ...which(), number }, { owner: someone })),
    );
    expect(taps.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const known = new Set((await photos()).flatMap(({ mediaKey, thumbnailKey }) => [mediaKey, thumbnailKey]));
    expect([...world.media.files.keys()].filter((key) => !known.has(key))).toEqual([one?.mediaKey]);
  });
});
