import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPool } from '../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import { randomIds } from '../../src/adapters/system/random-ids.js';
import { systemClock } from '../../src/adapters/system/system-clock.js';
import { ChangeImage } from '../../src/application/gallery/change-image.js';
import { PurgeImages } from '../../src/application/gallery/purge-images.js';
import { RequestGeneration } from '../../src/application/generation/request-generation.js';
import type { ImageRow } from '../../src/application/ports/stores/image-store.js';
import type { CopiedMedia } from '../../src/application/upkeep/copy-media.js';
import { openMedia } from '../../src/composition/media/open-media.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { type GenerationId, userId } from '../../src/domain/ids.js';
import { filesOf } from '../../src/domain/stored-image.js';
import { policy } from '../application/generation/generation-world.js';
import { FakeClock } from '../fakes/fake-clock.js';
import { RecordingLogger } from '../fakes/recording-logger.js';
import { RecordingMetrics } from '../fakes/recording-metrics.js';
import { anyWords } from '../support/builders/check-words.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { S3Fault } from '../support/s3/s3-fault.js';
import { type S3Server, startS3 } from '../support/s3/s3-server.js';
import { aisha, type Service, startService } from '../support/spawned.js';

const owner = userId('1');
let folder: string;
let testDatabase: TestDatabase;
let database: PostgresDatabase;
let s3: S3Server;
const services: Service[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-to-s3-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = new PostgresDatabase(openPool(testDatabase.connectionString, () => undefined));
  s3 = await startS3();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  await s3.close();
  await database.close();
  await testDatabase.drop();
});

const dataDir = () => join(folder, 'data');
const settings = (mediaStore: 'folder' | 's3') => ({
  DATA_DIR: dataDir(),
  DATABASE_URL: testDatabase.connectionString,
  SANDBOX_IMAGE_MILLISECONDS: '100',
  MEDIA_STORE: mediaStore,
  S3_ENDPOINT: s3.endpoint,
  S3_BUCKET: s3.bucket,
  S3_REGION: s3.account.region,
  S3_ACCESS_KEY_ID: s3.account.accessKeyId,
  S3_SECRET_ACCESS_KEY: s3.account.secretAccessKey,
  S3_PREFIX: 'live',
  S3_PATH_STYLE: 'true',
});

async function start(mediaStore: 'folder' | 's3', roles = 'worker'): Promise<Service> {
  const service = await startService({ ...settings(mediaStore), ROLES: roles }, folder);
  services.push(service);
  return service;
}

/** The media of a process with these settings. */
const mediaOf = (mediaStore: 'folder' | 's3') =>
  openMedia({
    config: loadConfig(settings(mediaStore)),
    mediaDir: join(dataDir(), 'media'),
    clock: systemClock,
    log: new RecordingLogger(),
  });

async function copy(from: string, to: string): Promise<CopiedMedia> {
  const words = ['media', 'copy', '--from', from, '--to', to, '--json'];
  const { code, stdout, stderr } = await aisha(words, settings('folder'), folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as CopiedMedia;
}

/** Orders pictures, a few at a time, until it is ended; returns all jobs once every one of them has arrived. */
function load() {
  const ordering = new RequestGeneration({
    ...{ database, clock: systemClock, ids: randomIds, policy, checkWords: anyWords },
    ...{ metrics: new RecordingMetrics(), log: new RecordingLogger() },
  });
  const jobs: GenerationId[] = [];
  let isOver = false;
  const one = async () => {
    while (!isOver) {
      const by = { owner, origin: { transport: 'caller', address: {} } };
      const { id } = await ordering.execute({ prompt: 'in medieval armor' }, by);
      jobs.push(id);
      await comeHome(id);
    }
  };
  const all = Promise.all([one(), one(), one()]);
  return {
    jobs,
    async end() {
      isOver = true;
      await all;
      return jobs;
    },
  };
}

const comeHome = (id: GenerationId) =>
  expect
    .poll(async () => (await database.stores.generations.find(id))?.status, { interval: 20 })
    .toBe('delivered');

async function imagesOf(jobs: readonly GenerationId[]): Promise<ImageRow[]> {
  return (await Promise.all(jobs.map((id) => database.stores.images.ofGeneration(id)))).flat();
}

/** As a person does, and a worker a day later. */
async function deleteForGood(image: ImageRow, mediaStore: 'folder' | 's3'): Promise<void> {
  await new ChangeImage({ database, clock: systemClock }).execute(
    { image: image.id, change: 'delete' },
    { owner },
  );
  const clock = new FakeClock(new Date(Date.now() + 2 * 86_400_000));
  await new PurgeImages({ database, media: mediaOf(mediaStore).store, clock }).execute();
}

test('media move to a bucket under load: nothing is lost, and what was deleted stays deleted', async () => {
  await start('folder');
  const loading = load();
  const arrived = (count: number) =>
    expect.poll(async () => (await imagesOf(loading.jobs)).length, { interval: 20 }).toBeGreaterThan(count);
  const deleted: ImageRow[] = [];
  const deleteOne = async (mediaStore: 'folder' | 's3') => {
    const [image] = await imagesOf(loading.jobs);
    if (image === undefined) throw new Error('there is none to delete');
    deleted.push(image);
    await deleteForGood(image, mediaStore);
  };
  await arrived(5);
  await deleteOne('folder');

  // The copy while people order and delete.
  const [first] = await Promise.all([copy('folder', 's3'), deleteOne('folder')]);
  expect(first.copied).toBeGreaterThan(5);
  await deleteOne('folder');

  // The switch, with jobs in hand.
  await services.pop()?.stop();
  await start('s3');
  const before = loading.jobs.length;
  await expect.poll(() => loading.jobs.length, { interval: 20 }).toBeGreaterThan(before + 3);
  await deleteOne('s3');

  // What came between the copy and the switch, while new pictures go to the bucket.
  const [second] = await Promise.all([copy('folder', 's3'), deleteOne('s3')]);
  expect(second).toMatchObject({ different: [], failed: [] });
  const jobs = await loading.end();
  expect(await copy('folder', 's3')).toMatchObject({ copied: 0, different: [], failed: [] });

  // The bucket alone has it all.
  await rename(join(dataDir(), 'media'), join(folder, 'media of before'));
  const { store, s3: place } = mediaOf('s3');
  const images = await imagesOf(jobs);
  expect(images.length).toBe(jobs.length - deleted.length);
  for (const { mediaKey, thumbnailKey, sha256 } of images) {
    const hash = createHash('sha256')
      .update(await store.bytes(mediaKey))
      .digest('hex');
    expect(hash, mediaKey).toBe(sha256);
    expect((await store.bytes(thumbnailKey)).byteLength).toBeGreaterThan(0);
  }
  expect(deleted).toHaveLength(5);
  const keys = new Set<string>();
  for await (const { key } of place?.store.list() ?? []) keys.add(key);
  expect(keys.size).toBe(images.length * 2);
  expect(deleted.flatMap(filesOf).filter((key) => keys.has(key))).toEqual([]);
  expect(await database.stores.ledger.breaches()).toEqual([]);

  // And back again.
  expect(await copy('s3', 'folder')).toMatchObject({ copied: images.length * 2, failed: [] });
  const { folder: back } = mediaOf('folder');
  for (const { mediaKey, sha256 } of images) expect(await back.sha256(mediaKey)).toBe(sha256);
});

test('a bucket that cannot be used, or is another’s, is told in words before anything begins', async () => {
  await (await start('s3')).stop();
  const begin = (changes: Readonly<Record<string, string>>) =>
    aisha(['start'], { ...settings('s3'), HTTP_PORT: '0', ...changes }, folder);
  const wrong = await begin({ S3_SECRET_ACCESS_KEY: 'another/secret' });
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(wrong.stderr).toContain('Media cannot be kept');
  expect(wrong.stderr).toContain('S3_SECRET_ACCESS_KEY does not belong to S3_ACCESS_KEY_ID');
  expect(wrong.stderr).not.toContain('another/secret');
  expect(wrong.stderr).not.toMatch(/^\s+at /m);
  expect((await begin({ S3_BUCKET: 'elsewhere' })).stderr).toContain('there is no bucket elsewhere');

  const other = await createTestDatabase();
  const theirs = await begin({ DATABASE_URL: other.connectionString });
  expect(theirs.code).toBe(1);
  expect(theirs.stderr).toContain('belongs to another installation');
  const copied = await aisha(
    ['media', 'copy', '--from', 'folder', '--to', 's3'],
    { ...settings('folder'), DATABASE_URL: other.connectionString },
    folder,
  );
  expect(copied).toMatchObject({ code: 1, stdout: '' });
  expect(copied.stderr).toContain('belongs to another installation');
  await other.drop();

  // Media that are in the folder need no bucket to go on.
  s3.trouble = () => new S3Fault(403, 'AccessDenied');
  const service = await start('folder');
  expect(service.output()).toContain('refuses the keys (403 AccessDenied)');
});

test('readiness and doctor say what is wrong with the bucket', async () => {
  const service = await start('s3', 'worker,http');
  const ready = async () => (await fetch(`http://127.0.0.1:${service.port()}/readyz`)).text();
  s3.trouble = () => new S3Fault(403, 'AccessDenied');
  expect(await ready()).toContain('refuses the keys (403 AccessDenied)');
  const ill = await aisha(['doctor'], settings('s3'), folder);
  expect(ill.stdout).toContain('✘ media in S3: the bucket media at');
  expect(ill.code).toBe(1);
  s3.trouble = () => null;
  s3.keepsVersions = true;
  const well = await aisha(['doctor'], settings('s3'), folder);
  expect(well.stdout).toContain('⚠ media in S3: media at');
  expect(well.stdout).toContain('lifecycle rule');
});

test('a copy without a bucket, or to nowhere, says what is missing', async () => {
  await (await start('folder')).stop();
  const { DATA_DIR, DATABASE_URL } = settings('folder');
  const words = ['media', 'copy', '--from', 'folder', '--to'];
  const unset = await aisha([...words, 's3'], { DATA_DIR, DATABASE_URL }, folder);
  expect(unset).toMatchObject({ code: 2, stdout: '' });
  expect(unset.stderr).toContain('No bucket is named: set S3_ENDPOINT');
  const nowhere = await aisha([...words.slice(0, 2), '--to', 'cloud'], settings('folder'), folder);
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain('from is missing');
  expect(nowhere.stderr).toContain('to "cloud" is not valid');
});
