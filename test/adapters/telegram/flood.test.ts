import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BotContext } from '../../../src/adapters/telegram/bot-context.js';
import { HeldUpdates } from '../../../src/adapters/telegram/reception/held-updates.js';
import { Inbox } from '../../../src/adapters/telegram/reception/inbox.js';
import { Polling } from '../../../src/adapters/telegram/reception/polling.js';
import { Reception } from '../../../src/adapters/telegram/reception/reception.js';
import { UpdateFetcher } from '../../../src/adapters/telegram/reception/update-fetcher.js';
import {
  fetchedOfEach,
  personOf,
  UpdateQueue,
} from '../../../src/adapters/telegram/reception/update-queue.js';
import { systemTiming } from '../../../src/adapters/telegram/timing.js';
import { startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';

const textFrom = (id: number, person: number): Update =>
  ({
    update_id: id,
    message: { message_id: id, date: 1, text: `${id}`, from: { id: person }, chat: { id: person } },
  }) as Update;

const aMoment = () => new Promise((resolve) => setImmediate(resolve));

it('answers others while thousands of messages of one person wait', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flood-'));
  const telegram = await startLocalTelegram({ folder });
  const log = new RecordingLogger();
  const bot = new Bot<BotContext>(telegram.token, { client: { apiRoot: telegram.url } });
  await bot.init();
  let letGo = () => {};
  const busy = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const answered: number[] = [];
  bot.on('message', async (context) => {
    if (context.from.id === 1) await busy;
    answered.push(context.from.id);
  });
  const database = new InMemoryDatabase();
  const metrics = new RecordingMetrics();
  const clock = { now: () => new Date(), ticks: () => performance.now() / 1000 };
  const held = new HeldUpdates('bot', { database, clock, log, workerId: 'me' });
  const parts = { database, clock, log, metrics, held };
  const inbox = new Inbox((update) => bot.handleUpdate(update), 'bot', parts);
  const reception = new Reception(systemTiming, log);
  const ending = new AbortController();
  const polling = new Polling({
    fetcher: new UpdateFetcher(bot.api, reception, systemTiming),
    keep: (updates) => inbox.keep(updates),
    deal: (update) => inbox.deal(update),
    reception,
    timing: systemTiming,
    log,
  });
  onTestFinished(async () => {
    letGo();
    ending.abort();
    await fetching;
    await inbox.drain();
    await telegram.close();
    await rm(folder, { recursive: true, force: true });
  });
  // More than grammY's runner has places for.
  for (let number = 0; number < 800; number += 1) telegram.drive.sendText(1, `${number}`);
  telegram.drive.sendText(2, 'hello');
  const fetching = polling.run(ending.signal);
  await expect.poll(() => answered).toEqual([2]);
  // The others are nobody's: whoever has time may take them.
  expect(await database.stores.updates.dropClaims(['me'])).toBeLessThanOrEqual(fetchedOfEach);
});

it('deals with all of a flood in its order, those included that had no place', async () => {
  const all = Array.from({ length: 350 }, (_, index) => textFrom(index + 1, 7));
  const kept = new Map(all.map((update) => [update.update_id, update]));
  const order: number[] = [];
  const line: UpdateQueue = new UpdateQueue(
    async ({ update_id: id }) => {
      await aMoment();
      order.push(id);
      kept.delete(id);
      if (id === 50) {
        // There is place in line again, and older ones that have none.
        kept.set(351, textFrom(351, 7));
        line.add(textFrom(351, 7));
      }
    },
    async () => line.addKept([...kept.values()].slice(0, fetchedOfEach)),
    new RecordingLogger(),
  );
  for (const update of all) line.add(update);
  await expect.poll(() => order).toHaveLength(351);
  expect(order).toEqual([...all.map(({ update_id: id }) => id), 351]);
});

describe('an update', () => {
  const anInbox = (isReady: boolean) => {
    const log = new RecordingLogger();
    const parts = { database: new InMemoryDatabase(), clock: new FakeClock(), log };
    const held = new HeldUpdates('bot', { ...parts, workerId: 'me' });
    const handle = async ({ update_id: id }: Update) => {
      if (await held.claim(id)) held.finish(id);
    };
    const all = { ...parts, metrics: new RecordingMetrics(), held };
    const inbox = new Inbox(
      handle,
      'bot',
      all,
      async () => undefined,
      () => isReady,
    );
    const { updates } = parts.database.stores;
    return { inbox, updates, log };
  };

  it('that comes before Telegram was reached is kept, and left to whoever can deal with it', async () => {
    const { inbox, updates, log } = anInbox(false);
    for (const update of await inbox.keep([textFrom(1, 7)])) inbox.deal(update);
    await inbox.takeUp();
    await inbox.drain();
    expect(await updates.dropClaims(['me'])).toBe(0);
    const by = { owner: 'another', at: new Date() };
    expect(await updates.claim('bot', 1, by, new Date(0))).toBe(true);
    expect(log.lines).toEqual([]);
  });

  it('has its end written before the process stops', async () => {
    const { inbox, updates } = anInbox(true);
    for (const update of await inbox.keep([textFrom(1, 7)])) inbox.deal(update);
    await inbox.drain();
    expect(await updates.dropClaims(['me'])).toBe(0);
  });
});

it('does not hold an update twice', async () => {
  let times = 0;
  const line = new UpdateQueue(
    async () => {
      times += 1;
      await aMoment();
    },
    async () => {},
    new RecordingLogger(),
  );
  line.add(textFrom(1, 7));
  line.addKept([textFrom(1, 7)]);
  await line.drain();
  expect(times).toBe(1);
});

it.each([
  [{ message: { from: { id: 5 }, chat: { id: -9 } } }, '5'],
  [{ callback_query: { from: { id: 6 } } }, '6'],
  [{ inline_query: { from: { id: 7 } } }, '7'],
  [{ message_reaction: { user: { id: 8 }, chat: { id: -9 } } }, '8'],
  [{ channel_post: { chat: { id: -9 } } }, '-9'],
  [{}, 'update 3'],
])('knows whose update it is: %j', (part, person) => {
  expect(personOf({ update_id: 3, ...part } as Update)).toBe(person);
});
