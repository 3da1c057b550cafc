import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { avatarId } from '../../../src/domain/ids.js';
import type { Proof } from '../../../src/domain/training/training.js';
import { AtOnce } from '../../support/at-once.js';
import { aStoredImage } from '../../support/builders/a-stored-image.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { photograph } from '../../support/photographs.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let opened: MigratedDatabase;
let world: ApiWorld;
let ask: ApiProgram;
let avatar: string;
beforeEach(async () => {
  opened = await openMigratedDatabase();
  world = await apiWorld({ database: opened.database });
  ask = await world.program();
  avatar = (await world.stores.avatars.list(someone))[0]?.id ?? '';
});
afterEach(() => opened.close());

const image = aStoredImage();
const original = 'photos/original.jpg';
async function givenProof(proof: Proof) {
  world.media.files.set(image.mediaKey, await photograph(600, 400));
  world.media.files.set(original, await photograph(300, 400, { seed: 2 }));
  await givenTraining(
    world.stores,
    aTraining({ status: 'ready', avatar: avatarId(avatar), owner: someone, proof }),
  );
}
const composed: Proof = { status: 'composed', sheet: { image, cells: [], original }, announcedAt: null };
const path = () => `/v1/avatars/${avatar}/proof/sheet`;
async function pictureOf(response: Response) {
  const bytes = Buffer.from(await response.arrayBuffer());
  return { bytes, ...(await sharp(bytes).metadata()) };
}

it('is one picture beside the person, as long as their photo is there', async () => {
  await givenProof(composed);
  const response = await ask('GET', path());
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  const { bytes, width, height } = await pictureOf(response);
  expect(height).toBe(400);
  expect(width).toBeGreaterThan(1000);
  const tag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
  expect(response.headers.get('etag')).toBe(tag);
  expect((await ask('GET', path(), { headers: { 'if-none-match': tag } })).status).toBe(304);

  world.media.files.delete(original);
  const alone = await pictureOf(await ask('GET', path(), { headers: { 'if-none-match': tag } }));
  expect([alone.width, alone.height]).toEqual([600, 400]);

  world.media.files.delete(image.mediaKey);
  expect((await ask('GET', path())).status).toBe(404);
});

it('is not there before it is put together, nor for anybody else', async () => {
  expect((await ask('GET', path())).status).toBe(404);
  await givenProof({ status: 'rendering' });
  expect((await ask('GET', path())).status).toBe(404);
  await givenProof(composed);
  await givenUser(world.stores, { id: somebodyElse });
  const stranger = await world.program(somebodyElse);
  expect((await stranger('GET', path())).status).toBe(404);
  const orders = await world.program(someone, ['generate']);
  expect((await orders('GET', path())).status).toBe(403);
});

it('is put together beside one other at most, however many ask', async () => {
  await givenProof(composed);
  const bytes = world.media.bytes.bind(world.media);
  const atOnce = new AtOnce();
  world.media.bytes = (key) =>
    atOnce.during(async () => {
      for (let round = 0; round < 5; round += 1) await world.stores.avatars.list(someone);
      return bytes(key);
    });
  const all = await Promise.all(Array.from({ length: 8 }, () => ask('GET', path())));
  expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(atOnce.most).toBe(2);
});
