import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FloodWaits } from '../../../src/adapters/telegram/delivery/flood-waits.js';
import { ProgressMessages } from '../../../src/adapters/telegram/delivery/results/progress-messages.js';
import { bestEffortApi } from '../../../src/adapters/telegram/delivery-api.js';
import { systemTiming } from '../../../src/adapters/telegram/timing.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import type { GenerationIn } from '../../../src/domain/generation/generation.js';
import { failed } from '../../../src/domain/generation/generation-transitions.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';
import { policy } from './a-bot.js';

const people = 12;
let folder: string;
let telegram: LocalTelegram;
let database: InMemoryDatabase;
let clock: FakeClock;
let progress: ProgressMessages;
let jobs: GenerationIn<'submitted'>[];
/** How often rows were read. */
let reads: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'progress-'));
  telegram = await startLocalTelegram({
    folder,
    token: '7000001:test',
    people: Array.from({ length: people }, (_, index) => ({
      id: index + 1,
      firstName: 'A',
      languageCode: 'en',
    })),
  });
  clock = new FakeClock(secondsLater(1));
  database = new InMemoryDatabase();
  reads = 0;
  const { generations } = database.stores;
  const counting: typeof generations = Object.create(generations, {
    withProgress: {
      value: (ids: Parameters<typeof generations.withProgress>[0]) => {
        reads += 1;
        return generations.withProgress(ids);
      },
    },
  });
  const api = bestEffortApi({
    token: telegram.token,
    apiUrl: telegram.url,
    floodWaits: new FloodWaits(systemTiming),
  });
  progress = new ProgressMessages(
    'telegram:7000001',
    api,
    {
      database: { stores: { ...database.stores, generations: counting } },
      clock,
      disk: { isShort: async () => false },
      policy,
    },
    loadTexts(),
  );
  jobs = [];
  for (let person = 1; person <= people; person += 1) {
    telegram.drive.sendText(person, '/start');
    const address = { chat: person, language: 'en' };
    const job = await givenGeneration(database.stores, {
      status: 'submitted',
      origin: { transport: 'telegram', address },
    });
    jobs.push(job);
    await progress.begin(job);
  }
});
afterEach(async () => {
  await telegram.close();
  await rm(folder, { recursive: true });
});

const edits = () => telegram.calls.of('editMessageText').length;
const report = (position: number) =>
  Promise.all(
    jobs.map(({ id }) => database.stores.generations.reportProgress(id, { phase: 'queued', position })),
  );

test('the bars of many are read together, and so many are moved at a time', async () => {
  await report(3);
  clock.advance(3);
  await progress.showDue(10);
  expect(edits()).toBe(10);
  // Before their edits, and after.
  expect(reads).toBe(4);
  await progress.showDue(10);
  expect(edits()).toBe(people);
  expect(telegram.drive.lastMessage(12)?.text).toContain('3');
});

test('what says the same as before is not edited', async () => {
  await report(7);
  clock.advance(3);
  await progress.showDue(people);
  expect(edits()).toBe(people);
  clock.advance(3);
  await progress.showDue(people);
  expect(edits()).toBe(people);
  await report(6);
  clock.advance(3);
  await progress.showDue(people);
  expect(edits()).toBe(2 * people);
});

test('a message whose job has ended meanwhile is not made a bar again', async () => {
  await report(7);
  for (const job of jobs) {
    const { next } = failed(job, { kind: 'timeout', detail: '' }, clock.now());
    await database.stores.generations.save(
      next,
      { status: 'submitted' },
      { checkAfter: secondsLater(60, clock.now()) },
    );
  }
  clock.advance(3);
  await progress.showDue(people);
  expect(edits()).toBe(0);
});
