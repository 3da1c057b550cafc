import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ProgressMessages } from '../../../src/adapters/telegram/delivery/results/progress-messages.js';
import { Html } from '../../../src/adapters/telegram/wording/html.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import type { GenerationIn } from '../../../src/domain/generation/generation.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';

let folder: string;
let telegram: LocalTelegram;
let database: InMemoryDatabase;
let clock: FakeClock;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'progress-'));
  telegram = await startLocalTelegram({ folder });
  telegram.drive.sendText(1, '/start');
  database = new InMemoryDatabase();
  clock = new FakeClock();
});
afterEach(async () => {
  await telegram.close();
  await rm(folder, { recursive: true });
});

const inProcess = (stores = database.stores) => {
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const disk = { isShort: async () => false };
  return new ProgressMessages('bot', api, { stores }, clock, loadTexts(), disk);
};
const origin = { transport: 'telegram', address: { chat: 1, message: null, language: 'en', quiet: false } };
const shown = () => telegram.drive.messages(1).filter(({ from }) => from !== 1);

it('a job that was asked for twice has one message', async () => {
  const job = await givenGeneration(database.stores, { origin });
  const progress = inProcess();
  await progress.begin({ ...job, ahead: 3 });
  await progress.begin(job);
  await inProcess().begin(job);
  expect(shown()).toHaveLength(1);
  expect(shown()[0]?.text).toContain('3');
});

it('its message goes when the picture has come, whichever process has sent it', async () => {
  const [one, other] = [inProcess(), inProcess()];
  const jobs = [
    await givenGeneration(database.stores, { origin }),
    await givenGeneration(database.stores, { origin }),
  ];
  for (const job of jobs) await one.begin({ ...job, ahead: 0 });
  expect(shown()).toHaveLength(2);
  for (const [index, job] of jobs.entries()) {
    await (index === 0 ? one : other).remove(job);
    expect(await database.stores.jobMessages.find(job.id)).toBeNull();
  }
  expect(shown()).toEqual([]);
});

it('a message that comes when the picture is there already is taken away again', async () => {
  const job = await givenGeneration(database.stores, { origin, status: 'delivered' });
  await inProcess().begin({ ...(await givenGeneration(database.stores, { origin })), id: job.id, ahead: 0 });
  expect(telegram.calls.of('sendMessage')).toHaveLength(1);
  expect(shown()).toEqual([]);
  expect(await database.stores.jobMessages.find(job.id)).toBeNull();
});

it('a message that tells how a job ended stays, whoever looks after its bar at that moment', async () => {
  const job = await givenGeneration(database.stores, { origin });
  const worker = inProcess();
  const ended: GenerationIn<'failed'> = aGeneration({
    ...{ id: job.id, origin, status: 'failed', announcedAt: secondsLater(30) },
  });
  const { generations } = database.stores;
  const front = inProcess({
    ...database.stores,
    generations: Object.assign(Object.create(generations) as typeof generations, {
      /** It has been told, by another process, since this one took the message in hand. */
      withProgress: async (...asked: Parameters<typeof generations.withProgress>) => {
        await worker.conclude(ended, Html.of('It failed.'), []);
        await generations.save(ended, { status: 'accepted' }, { checkAfter: secondsLater(60) });
        return generations.withProgress(...asked);
      },
    }),
  });
  await front.begin({ ...job, ahead: 0 });
  clock.advance(60);
  await front.showDue(10);
  expect(shown().map(({ text }) => text)).toEqual(['It failed.']);
});
