import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SendBroadcasts } from '../../../src/application/operator/broadcasts/send-broadcasts.js';
import { StopBroadcast } from '../../../src/application/operator/broadcasts/stop-broadcast.js';
import type { BroadcastReport } from '../../../src/application/ports/operator/broadcast-channel.js';
import { type UserId, userId } from '../../../src/domain/ids.js';
import type { BroadcastOutcome } from '../../../src/domain/operator/broadcast.js';
import { secondsAfter } from '../../../src/domain/time.js';
import { FakeBroadcastChannel } from '../../fakes/fake-broadcast-channel.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aBroadcast, openToAll } from '../../support/builders/a-broadcast.js';
import { givenUser } from '../../support/builders/given.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

let opened: OpenedPostgres;
let clock: FakeClock;
beforeAll(async () => {
  opened = await openPostgres();
});
beforeEach(async () => {
  await opened.clear();
  clock = new FakeClock();
});
afterAll(() => opened.close());

const people = Array.from({ length: 250 }, (_, index) => userId(String(10_000 + index)));
const [first, second, third] = people as [UserId, UserId, UserId];

async function aBroadcastTo(count: number): Promise<string> {
  for (const id of people.slice(0, count)) await givenUser(opened.database.stores, { id });
  const broadcast = aBroadcast({ createdAt: clock.now() });
  await opened.database.stores.broadcasts.add(broadcast, openToAll);
  return broadcast.id;
}

function aWorker(
  worker: string,
  channel = new FakeBroadcastChannel(),
  sleep: () => Promise<void> = async () => undefined,
) {
  const log = new RecordingLogger();
  const { database } = opened;
  return {
    channel,
    log,
    send: new SendBroadcasts({ database, clock, log, worker, channel, sleep, policy: openToAll }),
  };
}

const progress = (id: string) => opened.database.stores.broadcasts.find(id);
const counts = async (id: string) => (await progress(id))?.counts;
const none: Record<BroadcastOutcome | 'left', number> = { left: 0, sent: 0, blocked: 0, failed: 0, muted: 0 };
const byOne: Promise<BroadcastReport> = new Promise(() => undefined);

test('three workers at once send it to everybody, and to nobody twice', async () => {
  const id = await aBroadcastTo(250);
  const workers = ['one', 'two', 'three'].map((name) => aWorker(name));
  await Promise.all(workers.map(({ send }) => send.execute()));
  const arrived = workers.flatMap(({ channel }) => channel.arrived);
  expect([...arrived].sort()).toEqual(people);
  expect(workers.filter(({ channel }) => channel.arrived.length > 0).length).toBeGreaterThan(1);
  expect(await progress(id)).toMatchObject({ broadcast: { status: 'sent' }, counts: { ...none, sent: 250 } });
});

test('a stop is obeyed by all workers before the next person', async () => {
  const id = await aBroadcastTo(250);
  const stop = new StopBroadcast({ database: opened.database, clock });
  const [one, two] = [aWorker('one'), aWorker('two')];
  const all = [one.channel, two.channel];
  let inHand = 0;
  for (const channel of all) {
    // As at a pace: not all of a batch are looked at before the first of it arrives.
    channel.beforeTurn = async () => void (await opened.pool.query('select 1'));
    channel.answer = async () => {
      inHand += 1;
      if (inHand === 20) await stop.execute(id, { admin: 'cli' });
      return { kind: 'sent' };
    };
  }
  await Promise.all([one.send.execute(), two.send.execute()]);
  const arrived = all.flatMap((channel) => channel.arrived).length;
  // Those that were looked at before the stop was written had left by then.
  expect(arrived).toBe(inHand);
  expect(arrived).toBeLessThan(100);
  expect(await progress(id)).toMatchObject({
    broadcast: { status: 'stopped' },
    counts: { ...none, sent: arrived, left: 250 - arrived },
  });
  await Promise.all([one.send.execute(), two.send.execute()]);
  expect(all.flatMap((channel) => channel.arrived)).toHaveLength(arrived);
});

const rename = (from: string, to: string) => opened.pool.query(`alter table ${from} rename to ${to}`);

// Its progress is shown at the beginning, and again after three seconds.
test.each([0, 3])(
  'a database that is away after %d s leaves nobody waiting until a lease is over',
  async (seconds) => {
    const id = await aBroadcastTo(20);
    let isBack: Promise<unknown> | undefined;
    let tries = 0;
    const { send, channel } = aWorker('one', new FakeBroadcastChannel(), async () => {
      tries += 1;
      if (tries === 10) isBack = rename('people_away', 'broadcast_people');
      await isBack;
    });
    let turns = 0;
    channel.beforeTurn = async () => {
      turns += 1;
      if (turns !== 5) return;
      await rename('broadcast_people', 'people_away');
      clock.advance(seconds);
    };
    await send.execute();
    expect(isBack).toBeDefined();
    await send.execute();
    expect([...channel.arrived].sort()).toEqual(people.slice(0, 20));
    expect(await progress(id)).toMatchObject({
      broadcast: { status: 'sent' },
      counts: { ...none, sent: 20 },
    });
  },
);

test('people that were taken by a statement whose answer was lost are sent it when the database is back', async () => {
  const id = await aBroadcastTo(20);
  const { send, channel } = aWorker('one');
  const { broadcasts } = opened.database.stores;
  const until = secondsAfter(clock.now(), 600);
  // It was written, and nobody was told.
  await broadcasts.take({ owner: 'one', until }, clock.now(), 100);
  await rename('broadcast_people', 'people_away');
  await expect(send.execute()).rejects.toThrow('does not exist');
  await rename('people_away', 'broadcast_people');
  await send.execute();
  expect([...channel.arrived].sort()).toEqual(people.slice(0, 20));
  expect(await counts(id)).toEqual({ ...none, sent: 20 });
});

test('what a killed worker had is sent by another; twice only to whom it was being sent', async () => {
  const id = await aBroadcastTo(250);
  const killed = aWorker('killed');
  killed.channel.answer = (person) => {
    // It is there, and nobody will ever write that down.
    if (killed.channel.arrived.length === 10) {
      killed.channel.arrived.push(person);
      return byOne;
    }
    return { kind: 'sent' };
  };
  let turns = 0;
  killed.channel.beforeTurn = async () => {
    turns += 1;
    if (turns === 12) await new Promise(() => undefined);
  };
  void killed.send.execute();
  await expect.poll(() => killed.channel.arrived.length).toBe(11);
  await expect.poll(() => counts(id)).toEqual({ ...none, sent: 10, left: 240 });
  const heir = aWorker('heir');
  await heir.send.execute();
  // Alive as far as anybody knows, it keeps what it has.
  expect(heir.channel.arrived).toHaveLength(150);
  await opened.database.stores.broadcasts.dropClaims(['killed']);
  await heir.send.execute();
  const arrived = [...killed.channel.arrived, ...heir.channel.arrived];
  expect(new Set(arrived).size).toBe(250);
  const twice = arrived.filter((person, index) => arrived.indexOf(person) !== index);
  expect(twice).toEqual([killed.channel.arrived[10]]);
  expect(await counts(id)).toEqual({ ...none, sent: 250 });
});

test('a wait that Telegram asks for is kept by all workers, and one person goes first after it', async () => {
  const id = await aBroadcastTo(30);
  const [one, two] = [aWorker('one'), aWorker('two')];
  one.channel.answer = (person) => (person === third ? { kind: 'wait', seconds: 30 } : { kind: 'sent' });
  await one.send.execute();
  const before = one.channel.arrived.length;
  expect(before).toBeLessThan(30);
  clock.advance(29);
  await Promise.all([one.send.execute(), two.send.execute()]);
  expect([one, two].flatMap(({ channel }) => channel.arrived)).toHaveLength(before);
  one.channel.answer = () => ({ kind: 'sent' });
  clock.advance(1);
  two.channel.answer = () => ({ kind: 'wait', seconds: 60 });
  await two.send.execute();
  expect(two.channel.arrived).toEqual([]);
  expect(await counts(id)).toEqual({ ...none, sent: before, left: 30 - before });
  clock.advance(60);
  await one.send.execute();
  expect([...one.channel.arrived].sort()).toEqual(people.slice(0, 30));
});

test('whoever cannot be reached is marked, is not tried again, and is left out of the next one', async () => {
  const id = await aBroadcastTo(3);
  const { send, channel } = aWorker('one');
  let calls = 0;
  channel.answer = (person) => {
    calls += 1;
    if (person === first) return { kind: 'unreachable', reason: 'Forbidden: bot was blocked by the user' };
    return person === second ? { kind: 'refused', reason: 'VOICE_MESSAGES_FORBIDDEN' } : { kind: 'sent' };
  };
  await send.execute();
  await send.execute();
  expect(calls).toBe(3);
  expect(await counts(id)).toEqual({ ...none, sent: 1, blocked: 1, failed: 1 });
  expect(await opened.database.stores.broadcasts.audience(userId('1'), openToAll)).toEqual({
    people: 2,
    unreachable: 1,
    muted: 0,
  });
});

test('who has blocked the bot or muted news meanwhile is not written to', async () => {
  const id = await aBroadcastTo(3);
  await opened.database.stores.broadcasts.setUnreachable(first, clock.now());
  await opened.database.stores.preferences.change(second, { broadcasts: false });
  const { send, channel } = aWorker('one');
  await send.execute();
  expect(channel.arrived).toEqual([third]);
  expect(await counts(id)).toEqual({ ...none, sent: 1, blocked: 1, muted: 1 });
});

test('an answer that says nothing puts all off, a while longer each time, and is no answer in the end', async () => {
  const id = await aBroadcastTo(1);
  const { send, channel, log } = aWorker('one');
  let calls = 0;
  channel.answer = () => {
    calls += 1;
    return { kind: 'unclear', reason: 'the connection was cut' };
  };
  for (const [seconds, expected] of [
    [0, 1],
    [4, 1],
    [1, 2],
    [9, 2],
    [1, 3],
    [20, 4],
    [40, 5],
    [999, 5],
  ] as const) {
    clock.advance(seconds);
    await send.execute();
    expect(calls).toBe(expected);
  }
  expect(await progress(id)).toMatchObject({ broadcast: { status: 'sent' }, counts: { ...none, failed: 1 } });
  expect(log.at('warn')).toHaveLength(5);
});

test('a message that was deleted ends its broadcast, and nobody counts as lost', async () => {
  const id = await aBroadcastTo(5);
  const { send, channel } = aWorker('one');
  channel.answer = () => ({ kind: 'gone' });
  await send.execute();
  await send.execute();
  expect(await progress(id)).toMatchObject({ broadcast: { status: 'gone' }, counts: { ...none, left: 5 } });
  expect(channel.shown.at(-1)).toMatchObject({ broadcast: { status: 'gone' } });
});

test('a process that stops lets arrive what is under way, and leaves the others to whoever comes next', async () => {
  const id = await aBroadcastTo(50);
  const { send, channel } = aWorker('one');
  let begun = 0;
  let stopped: Promise<void> | null = null;
  channel.beforeTurn = async () => {
    begun += 1;
    if (begun === 5) stopped = send.stop();
  };
  send.nudge();
  await expect.poll(() => stopped).not.toBeNull();
  await stopped;
  expect(channel.arrived).toHaveLength(4);
  const next = aWorker('two');
  await next.send.execute();
  expect(next.channel.arrived).toHaveLength(46);
  expect(await counts(id)).toEqual({ ...none, sent: 50 });
});
