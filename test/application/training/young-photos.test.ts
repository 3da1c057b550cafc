import { beforeEach, describe, expect, it } from 'vitest';
import { DecideCase } from '../../../src/application/operator/cases/decide-case.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import { userId } from '../../../src/domain/ids.js';
import { picture } from '../../contracts/media-store.js';
import { aFace } from '../../support/builders/a-face.js';
import { aDraftPhoto } from '../../support/builders/a-training.js';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

let world: TrainingWorld;
let avatar: AvatarId;
const waits = { code: 'photos_wait' };
const train = () => world.request.execute({ avatar }, { owner: someone });
const waiting = () => world.stores.cases.waiting(0);
const decide = async (decision: 'allow' | 'refuse') =>
  new DecideCase({
    database: world.database,
    clock: world.clock,
    blockPerson: { within: async () => undefined, endSubscriptions: async () => undefined },
    unblockPerson: { within: async () => null },
  }).execute({ case: (await waiting())?.id ?? '', decision }, { admin: userId('7') });

/** A set of photos whose faces are reckoned to be of these ages. */
async function photosOf(ages: readonly (number | null)[]): Promise<void> {
  const found = new Map<string, number | null>();
  for (const age of ages) {
    const photo = aDraftPhoto({ avatar });
    world.media.files.set(photo.mediaKey, await picture('jpeg', 64, 64));
    found.set(photo.mediaKey, age);
    await world.stores.photos.add(photo);
  }
  const before = world.facesIn;
  world.facesIn = (key) => (found.has(key) ? [aFace({ age: found.get(key) ?? null })] : before(key));
  await world.coachFaces.execute({ owner: someone, avatar });
}
const grown = (count: number): number[] => Array.from({ length: count }, () => 29.4);

beforeEach(async () => {
  world = new TrainingWorld();
  avatar = (await world.draft({ photos: 0 })).id;
});

describe('photos whose faces look like a child’s', () => {
  it('wait for an operator instead of being trained on, once, and nothing is charged', async () => {
    await photosOf([...grown(6), 16.4, 16.4, 11, 12]);
    for (let tap = 0; tap < 3; tap += 1) await expect(train()).rejects.toMatchObject(waits);
    expect(await waiting()).toMatchObject({ kind: 'photos', person: someone, subject: avatar });
    expect((await waiting())?.photos).toHaveLength(4);
    expect(await world.stores.cases.countWaiting()).toBe(1);
    expect(await world.stores.trainings.ofAvatar(avatar)).toEqual([]);
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
  });

  it('are trained on when an operator has allowed them, and asked about again when others come', async () => {
    await photosOf([...grown(6), 16, 16, 11, 12]);
    await expect(train()).rejects.toMatchObject(waits);
    await decide('allow');
    await photosOf([14]);
    await expect(train()).rejects.toMatchObject(waits);
    expect((await waiting())?.photos).toHaveLength(1);
    await decide('allow');
    expect((await train()).status).toBe('accepted');
  });

  it('are not trained on when an operator has refused them, until they are taken out', async () => {
    await photosOf([...grown(10), 16, 16, 11, 12, 13]);
    await expect(train()).rejects.toMatchObject(waits);
    const { photos } = await decide('refuse');
    await expect(train()).rejects.toMatchObject({ code: 'photos_refused' });
    expect(await waiting()).toBeNull();
    await world.stores.photos.remove(avatar, photos);
    expect((await train()).status).toBe('accepted');
  });

  it.each([
    ['few of them say little', [...grown(9), 16]],
    ['nor do some among many', [...grown(10), 16, 16, 16]],
    ['nobody knows how old they are', Array.from({ length: 10 }, () => null)],
  ])('do not hold anybody up where %s', async (_, ages) => {
    await photosOf(ages);
    expect((await train()).status).toBe('accepted');
    expect(await waiting()).toBeNull();
  });

  it('are not looked for where nothing looks at faces', async () => {
    for (let count = 0; count < 10; count += 1) await world.stores.photos.add(aDraftPhoto({ avatar }));
    expect((await train()).status).toBe('accepted');
  });
});
