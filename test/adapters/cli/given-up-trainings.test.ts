import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresSystemStats } from '../../../src/adapters/postgres/stores/jobs/postgres-system-stats.js';
import { trainingId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { aDraft, aDraftPhoto, aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let opened: OpenedPostgres;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-trainings-'));
  opened = await openPostgres();
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

const live = { MODE: 'live', FAL_KEY: 'key', ROLES: 'worker' };
const run = (...words: string[]) =>
  command(words, { ...live, DATA_DIR: join(folder, 'data'), DATABASE_URL: opened.connectionString });

async function json(...words: string[]) {
  const { code, out, err } = await run(...words, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

const inMetrics = async () => {
  const stats = new PostgresSystemStats(opened.pool, { countAlive: async () => 0 }, new FakeClock());
  return (await stats.count()).dead.training;
};

test('a training that was given up is listed and counted, and is trained again with a hold of its own', async () => {
  const { stores } = opened.database;
  await givenUser(stores, { id: someone, credits: 200 });
  const avatar = await givenAvatar(stores, { status: 'failed', reason: 'gave_up' });
  await stores.avatarDrafts.save(aDraft({ avatar: avatar.id }));
  for (let count = 0; count < 10; count += 1) await stores.photos.add(aDraftPhoto({ avatar: avatar.id }));
  const failure = { kind: 'gave_up', detail: 'tried 12 times: its write is refused' } as const;
  const dead = await givenTraining(
    stores,
    aTraining({ status: 'failed', avatar: avatar.id, failure, announcedAt: longAgo }),
  );
  expect(await json('trainings', 'list')).toEqual([]);
  await stores.trainings.markDead(dead.id, longAgo);

  expect(await json('trainings', 'list')).toMatchObject([{ id: dead.id, user: someone, failure }]);
  expect((await run('trainings', 'list')).out).toContain(failure.detail);
  expect(await inMetrics()).toBe(1);

  const again = await json('trainings', 'retry', dead.id);
  expect(again).toMatchObject({ avatar: avatar.id, state: 'collecting', speed: 'balanced' });
  expect(again.id).not.toBe(dead.id);
  expect(await stores.ledger.account(someone)).toEqual({ balance: 50, held: 150 });
  expect(await json('trainings', 'list')).toEqual([]);
  expect(await inMetrics()).toBe(0);
  // The same once more is the same training.
  expect((await json('trainings', 'retry', dead.id)).id).toBe(again.id);
  expect(await stores.ledger.account(someone)).toEqual({ balance: 50, held: 150 });
  expect((await stores.trainings.find(trainingId(again.id)))?.status).toBe('accepted');
});
