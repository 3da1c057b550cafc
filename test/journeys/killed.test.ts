import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import { randomIds } from '../../src/adapters/system/random-ids.js';
import { systemClock } from '../../src/adapters/system/system-clock.js';
import { RequestGeneration } from '../../src/application/generation/request-generation.js';
import { generationId, userId } from '../../src/domain/ids.js';
import { policy } from '../application/generation/generation-world.js';
import { RecordingLogger } from '../fakes/recording-logger.js';
import { RecordingMetrics } from '../fakes/recording-metrics.js';
import { anyWords } from '../support/builders/check-words.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { type Service, startService } from '../support/spawned.js';

const owner = userId('1');
let folder: string;
let testDatabase: TestDatabase;
let database: PostgresDatabase;
const services: Service[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-killed-'));
  testDatabase = await createTestDatabase();
  database = new PostgresDatabase(openPool(testDatabase.connectionString, () => undefined));
});

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<Service> {
  const service = await startService(
    {
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: testDatabase.connectionString,
      // Long enough to be seen at fal on a busy machine.
      SANDBOX_IMAGE_MILLISECONDS: '5000',
      ROLES: 'worker',
    },
    folder,
  );
  services.push(service);
  return service;
}

const request = () =>
  new RequestGeneration({
    database,
    clock: systemClock,
    ids: randomIds,
    policy,
    metrics: new RecordingMetrics(),
    log: new RecordingLogger(),
    checkWords: anyWords,
  }).execute({ prompt: 'in medieval armor' }, { owner, origin: { transport: 'caller', address: {} } });

/** All at the same moment. */
async function comeTo(status: string, ...jobs: readonly { readonly id: string }[]) {
  const states = () =>
    Promise.all(
      jobs.map(async ({ id }) => (await database.stores.generations.find(generationId(id)))?.status),
    );
  await expect.poll(states, { interval: 20 }).toEqual(jobs.map(() => status));
}

/** The image is there, bought and charged once, and the books add up. */
async function expectDeliveredOnce(id: string) {
  expect(await database.stores.images.ofGeneration(generationId(id))).toHaveLength(1);
  expect(await database.stores.generations.find(generationId(id))).toMatchObject({ submits: 1 });
  expect(await database.stores.ledger.breaches()).toEqual([]);
  const entries = await database.stores.ledger.history(owner, 100);
  const own = entries.filter(({ reason }) => reason.includes(id)).map(({ kind }) => kind);
  expect(own.sort()).toEqual(['capture', 'hold', 'release']);
}

test('kill -9 during a generation and a new start: the image arrives', async () => {
  const first = await start();
  const job = await request();
  const { id } = job;
  await comeTo('submitted', job);
  await first.kill();
  expect((await database.stores.generations.find(id))?.status).toBe('submitted');
  await start();
  await comeTo('delivered', job);
  await expectDeliveredOnce(id);
});

test('of two processes one is killed: the other takes over', async () => {
  const [first] = [await start(), await start()];
  const jobs = await Promise.all([request(), request(), request()]);
  // All of them: one that is being submitted at the kill is in doubt, and may rightly be bought again.
  await comeTo('submitted', ...jobs);
  await first.kill();
  await comeTo('delivered', ...jobs);
  for (const { id } of jobs) await expectDeliveredOnce(id);
});
