import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endScreen } from '../../../src/adapters/telegram/delivery/results/end-screen.js';
import { ProgressMessages } from '../../../src/adapters/telegram/delivery/results/progress-messages.js';
import { Html } from '../../../src/adapters/telegram/wording/html.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import type { GenerationIn } from '../../../src/domain/generation/generation.js';
import type { GenerationId } from '../../../src/domain/ids.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';
import { policy } from './a-bot.js';

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
  return new ProgressMessages('bot', api, { database: { stores }, clock, disk, policy }, loadTexts());
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

describe('in a group, where there are no drafts', () => {
  const group = -1_001_000_000_001;
  const asked = { transport: 'telegram', address: { ...origin.address, chat: group } };
  const texts = () => telegram.drive.messages(group).map(({ text }) => text);
  const failedOf = (id: GenerationId): GenerationIn<'failed'> =>
    aGeneration({ ...{ id, origin: asked, status: 'failed', announcedAt: secondsLater(30) } });
  const end = (ended: GenerationIn<'failed'>) =>
    database.stores.generations.save(ended, { status: 'accepted' }, { checkAfter: secondsLater(60) });

  it('a message that tells how a job ended stays, whoever looks after its bar at that moment', async () => {
    const job = await givenGeneration(database.stores, { origin: asked });
    const worker = inProcess();
    const ended = failedOf(job.id);
    const { generations } = database.stores;
    const front = inProcess({
      ...database.stores,
      generations: Object.assign(Object.create(generations) as typeof generations, {
        /** It has been told, by another process, since this one took the message in hand. */
        withProgress: async (...asked: Parameters<typeof generations.withProgress>) => {
          await worker.conclude(ended, Html.of('It failed.'), []);
          await end(ended);
          return generations.withProgress(...asked);
        },
      }),
    });
    await front.begin({ ...job, ahead: 0 });
    clock.advance(60);
    await front.showDue(10);
    expect(texts()).toEqual(['It failed.']);
  });

  it.each(['told', 'not told yet'])('an edit that is late does not undo the end, %s', async (when) => {
    const job = await givenGeneration(database.stores, { origin: asked });
    const worker = inProcess();
    const ended = failedOf(job.id);
    const { text, keyboard } = endScreen(ended, loadTexts()('en'), policy);
    const front = inProcess();
    await front.begin({ ...job, ahead: 0 });
    clock.advance(60);
    // The front has read that the job is open, and its edit is on the way.
    telegram.faults.add({
      ...{ method: 'editMessageText', times: 1 },
      fault: {
        kind: 'hang',
        until: async () => {
          await end(ended);
          if (when === 'told') expect(await worker.conclude(ended, text, keyboard)).toBe(true);
        },
      },
    });
    await front.showDue(10);
    expect(texts()).toEqual([text.text]);
    if (when === 'told') return;
    // It counts as told where it stands already.
    expect(await worker.conclude(ended, text, keyboard)).toBe(true);
    expect(texts()).toEqual([text.text]);
  });

  it('a bar that is drawn after its pictures came goes', async () => {
    const job = await givenGeneration(database.stores, { origin: asked });
    const front = inProcess();
    await front.begin({ ...job, ahead: 0 });
    clock.advance(60);
    telegram.faults.add({
      ...{ method: 'editMessageText', times: 1 },
      fault: {
        kind: 'hang',
        until: async () => {
          const done = aGeneration({ id: job.id, origin: asked, status: 'delivered' });
          await database.stores.generations.save(
            done,
            { status: 'accepted' },
            { checkAfter: secondsLater(60) },
          );
          await inProcess().conclude(done, Html.of('I sent it to you.'), []);
        },
      },
    });
    await front.showDue(10);
    expect(texts()).toEqual([]);
  });
});
