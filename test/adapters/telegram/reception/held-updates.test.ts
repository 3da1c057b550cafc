import { expect, it, onTestFinished, vi } from 'vitest';
import { HeldUpdates } from '../../../../src/adapters/telegram/reception/held-updates.js';
import { InTurns } from '../../../../src/adapters/telegram/reception/in-turns.js';
import { FakeClock } from '../../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../../fakes/recording-logger.js';

const update = (id: number) => ({ id, body: { update_id: id }, person: '1' });

/** Two processes on one database. */
function aWorld() {
  const database = new InMemoryDatabase();
  const clock = new FakeClock();
  const log = new RecordingLogger();
  const process = (workerId: string) => new HeldUpdates('bot', { database, clock, log, workerId });
  const notDone = async () => {
    const later = new Date(clock.now().getTime() + 600_000);
    const before = { received: later, claimed: later };
    const left = await database.stores.updates.unfinished('bot', before, { all: 10, each: 10 });
    return left.map(({ id }) => id);
  };
  return { database, clock, log, one: process('one'), two: process('two'), notDone };
}

/** Has its turn and comes to an end. */
async function handle(held: HeldUpdates, ...ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    expect(await held.claim(id)).toBe(true);
    held.finish(id);
  }
}

it('an update is handled by the process that took it as it came, and by no other', async () => {
  const { one, two } = aWorld();
  await one.take([update(1)]);
  await two.take([update(1)]);
  expect([one.has(1), two.has(1)]).toEqual([true, false]);
  expect(await two.claim(1)).toBe(false);
  expect(await one.claim(1)).toBe(true);
});

it('one that waited long for its turn is handled unless another process has taken it meanwhile', async () => {
  const { one, two, clock } = aWorld();
  await one.take([update(1), update(2)]);
  clock.advance(70);
  expect(await two.claim(1)).toBe(true);
  expect(await one.claim(1)).toBe(false);
  expect(await one.claim(2)).toBe(true);
});

it('so is one that waited for half a minute, which nobody else may take yet', async () => {
  const { one, two, clock } = aWorld();
  await one.take([update(1)]);
  clock.advance(30);
  expect(await two.claim(1)).toBe(false);
  expect(await one.claim(1)).toBe(true);
});

it('ends are written with what comes next', async () => {
  const { one, notDone } = aWorld();
  await one.take([update(1), update(2)]);
  await handle(one, 1, 2);
  await one.take([update(3)]);
  expect(await notDone()).toEqual([3]);
});

it('ends are written soon when nothing comes, and before the process stops', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { one, notDone } = aWorld();
  await one.take([update(1), update(2)]);
  await handle(one, 1);
  await vi.advanceTimersByTimeAsync(500);
  expect(await notDone()).toEqual([2]);
  await handle(one, 2);
  await one.drain();
  expect(await notDone()).toEqual([]);
});

it('an end that could not be written is written later, and nothing is handled again meanwhile', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { one, clock, database, notDone } = aWorld();
  await one.take([update(1), update(2)]);
  await handle(one, 1, 2);
  database.goAway(1);
  await expect(one.take([update(3)])).rejects.toThrow('away');
  database.goAway(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await notDone()).toEqual([1, 2]);
  clock.advance(70);
  expect(await one.claim(1)).toBe(false);
  // Telegram sends it again.
  await vi.advanceTimersByTimeAsync(1000);
  expect(await notDone()).toEqual([]);
  await one.take([update(1)]);
  expect(one.has(1)).toBe(false);
});

it('one that comes again before its end is written is not handled again', async () => {
  const { one, clock, notDone } = aWorld();
  await one.take([update(1)]);
  await handle(one, 1);
  clock.advance(70);
  await one.take([update(1), update(2)]);
  expect([one.has(1), one.has(2)]).toEqual([false, true]);
  expect(await notDone()).toEqual([2]);
});

it('does at once what comes alone, and together what comes meanwhile', async () => {
  const rounds: number[][] = [];
  let letGo = () => {};
  const turns = new InTurns<number, number>(async (items) => {
    rounds.push([...items]);
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
    if (items.includes(4)) throw new Error('no');
    return items.length;
  });
  const first = turns.add(1);
  const others = [turns.add(2), turns.add(3)];
  expect(rounds).toEqual([[1]]);
  letGo();
  expect(await first).toBe(1);
  letGo();
  expect(await Promise.all(others)).toEqual([2, 2]);
  const refused = turns.add(4);
  const after = turns.add(5);
  letGo();
  await expect(refused).rejects.toThrow('no');
  letGo();
  expect(await after).toBe(1);
  expect(rounds).toEqual([[1], [2, 3], [4], [5]]);
});
