import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { up } from '../../../src/adapters/postgres/schema/migrations/from-0001/0017-whom-upscales-show.js';
import { RequestUpscale } from '../../../src/application/generation/request-upscale.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import type { Avatar } from '../../../src/domain/avatar/avatar.js';
import { type GenerationId, type UserId, userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { anUpscaleOrder } from '../../support/builders/an-order.js';
import { givenAvatar, givenGeneration } from '../../support/builders/given.js';
import { nextNumber } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { policy } from '../generation/generation-world.js';

/** An enlarged picture shows whom the picture shows that it was made of, and goes with them. */
let postgres: MigratedDatabase;
beforeAll(async () => {
  postgres = await openMigratedDatabase();
});
afterAll(() => postgres.close());

const clock = new FakeClock();
let media: MemoryMediaStore;
let owner: UserId;
let avatar: Avatar;
let companion: Avatar;
beforeEach(async () => {
  media = new MemoryMediaStore();
  owner = userId(String(80_000 + nextNumber()));
  avatar = await givenAvatar(postgres.database.stores, { owner });
  companion = await givenAvatar(postgres.database.stores, { owner });
});

/** The picture that `generation` brought. */
async function pictureOf(generation: GenerationId) {
  const image = anImageRow({ generation, owner, mediaKey: `images/${generation}-1-0.jpg` });
  await postgres.database.stores.images.add([image]);
  media.files.set(image.mediaKey, Buffer.from('x'));
  return image;
}

async function aPicture() {
  const { id } = await givenGeneration(postgres.database.stores, {
    owner,
    status: 'delivered',
    avatar: avatar.id,
    companion: companion.id,
  });
  return pictureOf(id);
}

/** As older releases wrote it down. */
async function anOldEnlargement(of: { mediaKey: string }) {
  const { id } = await givenGeneration(postgres.database.stores, {
    owner,
    status: 'delivered',
    avatar: null,
    preset: null,
    order: anUpscaleOrder({ source: of.mediaKey }),
  });
  return pictureOf(id);
}

async function deleteWithPictures({ id }: Avatar): Promise<number> {
  const remove = new DeleteAvatar({ database: postgres.database, media, clock });
  const { images } = await remove.execute({ avatar: id, withImages: true }, { owner });
  return images;
}

test.each(['avatar', 'companion'] as const)('goes with the pictures of its %s', async (which) => {
  const picture = await aPicture();
  const ids = { uuid: () => crypto.randomUUID(), seed: () => 1 };
  const free = { ...policy, priceUpscale: 0 };
  const upscale = new RequestUpscale({
    database: postgres.database,
    clock,
    ids,
    policy: free,
    metrics: new RecordingMetrics(),
    log: new RecordingLogger(),
  });
  const origin = { transport: 'test', address: {} };
  const { id } = await upscale.execute({ image: picture.id }, { owner, origin });
  await pictureOf(id);
  expect(await deleteWithPictures(which === 'avatar' ? avatar : companion)).toBe(2);
  expect([...media.files.keys()]).toEqual([]);
});

test('goes with them when an older release made it, also one of an enlarged one', async () => {
  await anOldEnlargement(await anOldEnlargement(await aPicture()));
  const { pool } = postgres;
  await up(new Kysely({ dialect: new PostgresDialect({ pool }) }));
  const { rows } = await pool.query('select avatar from images where owner = $1', [owner]);
  expect(rows).toEqual([1, 2, 3].map(() => ({ avatar: avatar.id })));
  expect(await deleteWithPictures(companion)).toBe(3);
});
