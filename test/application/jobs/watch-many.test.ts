import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Followed } from '../../../src/application/jobs/followed.js';
import { WatchMany } from '../../../src/application/jobs/watch-many.js';
import type { Pending } from '../../../src/application/ports/image-generator.js';
import { ProviderError } from '../../../src/application/ports/provider-error.js';
import type { Seen } from '../../../src/application/ports/stores/jobs/leased-store.js';
import type { GenerationIn } from '../../../src/domain/generation/generation.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aGeneration } from '../../support/builders/a-generation.js';

type Job = GenerationIn<'submitted'>;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const running: Pending = { kind: 'pending', phase: 'running', position: null };
const queuedAt = (position: number): Pending => ({ kind: 'pending', phase: 'queued', position });

/** A provider that notes who is streamed and asked, beside a clock that goes by turns. */
class Provider {
  readonly clock = new FakeClock();
  readonly database = new InMemoryDatabase();
  readonly log = new RecordingLogger();
  /** By ticket, those that are open. */
  readonly streams = new Map<string, () => void>();
  readonly asked: string[] = [];
  readonly told: Pending[] = [];
  readonly looks: (readonly string[])[] = [];
  answer: (ticket: string) => Promise<Pending | null> = async () => running;
  seen: (ids: readonly string[]) => readonly Seen<string>[] = () => [];
  telling: () => Promise<void> = async () => undefined;

  watch(tempo: Partial<Followed<Job, Pending>['tempo']> = {}): WatchMany<Job, Pending> {
    const provider = this;
    const followed: Followed<Job, Pending> = {
      kind: { name: 'generation', jobs: { collect: (generation) => ({ task: 'collect', generation }) } },
      rows: {
        lookAt: async (ids) => {
          this.looks.push(ids);
          return this.seen(ids) as Seen<Job['id']>[];
        },
      },
      async *stream(ticket, signal) {
        const ended = new Promise<void>((resolve) => {
          provider.streams.set(ticket, resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        yield await provider.answer(ticket).then((heard) => heard ?? running);
        await ended;
        provider.streams.delete(ticket);
      },
      ask: (ticket) => {
        this.asked.push(ticket);
        return this.answer(ticket);
      },
      onPending: async (_, pending) => {
        this.told.push(pending);
        await this.telling();
      },
      deadlineSeconds: () => 600,
      tempo: { streams: 0, soonest: 0.5, latest: 15, ...tempo },
    };
    const { clock, database, log } = this;
    return new WatchMany({ clock, database, log, worker: 'worker-1' }, followed);
  }

  /** So many seconds, turn by turn. */
  async pass(seconds: number): Promise<void> {
    for (let turn = 0; turn < Math.round(seconds * 10); turn += 1) {
      this.clock.advance(0.1);
      vi.advanceTimersByTime(100);
      await settled();
    }
  }

  get nudged(): string[] {
    return this.database.queued.flatMap(({ job }) => (job.task === 'collect' ? [job.generation] : []));
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const jobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, index) => ({
    ...aGeneration({ status: 'submitted' }),
    ticket: `ticket ${index}`,
  }));

/** As the store sees them: all at the provider, and ours. */
const allOf = (followed: readonly Job[]) => (ids: readonly string[]) =>
  followed.filter(({ id }) => ids.includes(id)).map(({ id, ticket }) => ({ id, ticket, waited: 0 }));

test('so many have a stream, and the others are asked', async () => {
  const provider = new Provider();
  const watch = provider.watch({ streams: 32 });
  for (const job of jobs(100)) watch.follow(job);
  await settled();
  expect(provider.streams.size).toBe(32);
  await provider.pass(3);
  expect(provider.streams.size).toBe(32);
  expect(new Set(provider.asked).size).toBe(68);
});

test('a place that becomes free goes to whose end is nearest', async () => {
  const provider = new Provider();
  const answers = new Map([
    ['ticket 1', queuedAt(7)],
    ['ticket 2', queuedAt(3)],
    ['ticket 3', running],
  ]);
  provider.answer = async (ticket) => answers.get(ticket) ?? running;
  const watch = provider.watch({ streams: 1 });
  const [first, ...others] = jobs(4);
  for (const job of [first, ...others]) if (job !== undefined) watch.follow(job);
  await provider.pass(1);
  for (const next of ['ticket 3', 'ticket 2', 'ticket 1']) {
    for (const end of provider.streams.values()) end();
    await settled();
    await settled();
    expect([...provider.streams.keys()]).toEqual([next]);
  }
  expect(provider.nudged).toEqual([first?.id, others[2]?.id, others[1]?.id]);
});

test('no more than sixteen questions are under way, and sixty are begun in a second', async () => {
  const slow = new Provider();
  slow.answer = () => new Promise(() => undefined);
  const hanging = slow.watch();
  for (const job of jobs(100)) hanging.follow(job);
  await slow.pass(5);
  expect(slow.asked).toHaveLength(16);

  const quick = new Provider();
  const watch = quick.watch();
  const thousand = jobs(1000);
  quick.seen = allOf(thousand);
  for (const job of thousand) watch.follow(job);
  await quick.pass(30);
  expect(quick.asked.length).toBeGreaterThan(1700);
  expect(quick.asked.length).toBeLessThanOrEqual(1800);
  // Everybody in turn, though all are due all the time.
  expect(new Set(quick.asked).size).toBe(1000);
});

test('a thousand that go on cost a statement every few seconds, and none for what they answer', async () => {
  const provider = new Provider();
  const thousand = jobs(1000);
  provider.seen = allOf(thousand);
  const watch = provider.watch();
  for (const job of thousand) watch.follow(job);
  await provider.pass(60);
  expect(provider.looks).toHaveLength(7);
  expect(provider.nudged).toEqual([]);
});

test('a job is asked about after a tenth of its age, within its bounds', async () => {
  const provider = new Provider();
  const one = jobs(1);
  provider.seen = allOf(one);
  const watch = provider.watch();
  for (const job of one) watch.follow(job);
  await provider.pass(4.9);
  expect(provider.asked.length).toBeGreaterThanOrEqual(7);
  await provider.pass(95.1);
  provider.asked.length = 0;
  await provider.pass(20);
  expect(provider.asked.length).toBe(2);
  await provider.pass(1000);
  provider.asked.length = 0;
  await provider.pass(60);
  expect(provider.asked.length).toBe(4);
});

test('what is over is nudged when it is known, once', async () => {
  const provider = new Provider();
  const [over, other] = jobs(2);
  provider.answer = async (ticket) => (ticket === over?.ticket ? null : running);
  const watch = provider.watch();
  for (const job of [over, other]) if (job !== undefined) watch.follow(job);
  await provider.pass(3);
  expect(provider.nudged).toEqual([over?.id]);
  expect(provider.asked.filter((ticket) => ticket === over?.ticket)).toHaveLength(1);
});

test('a question without an answer is left to whoever collects', async () => {
  const provider = new Provider();
  provider.answer = async () => {
    throw new ProviderError('not_taken', '503');
  };
  const watch = provider.watch();
  const [job] = jobs(1);
  if (job !== undefined) watch.follow(job);
  await provider.pass(3);
  expect(provider.nudged).toEqual([job?.id]);
  expect(provider.log.at('warn')).toEqual([]);
});

test('what has moved on, or is looked after by another process, is let go; its stream ends', async () => {
  const provider = new Provider();
  const followed = jobs(3);
  const [ours, again, gone] = followed;
  provider.seen = (ids) =>
    allOf(followed)(ids)
      .filter(({ id }) => id !== gone?.id)
      .map((row) => (row.id === again?.id ? { ...row, ticket: 'another' } : row));
  const watch = provider.watch({ streams: 3 });
  for (const job of followed) watch.follow(job);
  await provider.pass(10);
  expect([...provider.streams.keys()]).toEqual([ours?.ticket]);
  expect(provider.nudged).toEqual([]);
});

test('what has waited until its deadline is collected', async () => {
  const provider = new Provider();
  const [late, early] = jobs(2);
  provider.seen = (ids) =>
    allOf([late, early].filter((job) => job !== undefined))(ids).map((row) => ({
      ...row,
      waited: row.id === late?.id ? 600 : 599,
    }));
  const watch = provider.watch();
  for (const job of [late, early]) if (job !== undefined) watch.follow(job);
  await provider.pass(10);
  expect(provider.nudged).toEqual([late?.id]);
});

test('a look that fails comes again before the rows are due', async () => {
  const provider = new Provider();
  const one = jobs(1);
  provider.seen = (ids) => {
    if (provider.looks.length === 1) throw new Error('the database is away');
    return allOf(one)(ids);
  };
  const watch = provider.watch();
  for (const job of one) watch.follow(job);
  await provider.pass(10);
  expect(provider.looks).toHaveLength(1);
  await provider.pass(4);
  expect(provider.looks).toHaveLength(2);
  provider.asked.length = 0;
  await provider.pass(2);
  expect(provider.asked).not.toEqual([]);
});

test('progress is told when it changed, the latest of each, one after the other', async () => {
  const provider = new Provider();
  const followed = jobs(3);
  provider.seen = allOf(followed);
  const held: (() => void)[] = [];
  provider.telling = () => new Promise((resolve) => held.push(resolve));
  const watch = provider.watch();
  for (const job of followed) watch.follow(job);
  let position = 9;
  provider.answer = async () => queuedAt(position);
  await provider.pass(2);
  expect(provider.told).toEqual([queuedAt(9)]);
  position = 4;
  await provider.pass(2);
  expect(provider.told).toEqual([queuedAt(9)]);
  for (let turn = 0; turn < 6; turn += 1) {
    held.shift()?.();
    await provider.pass(0.4);
  }
  expect(provider.told).toEqual([queuedAt(9), ...Array(3).fill(queuedAt(4))]);
  await provider.pass(5);
  expect(provider.told).toHaveLength(4);
});

test('no more than five a second are told of', async () => {
  const provider = new Provider();
  const followed = jobs(100);
  provider.seen = allOf(followed);
  const watch = provider.watch();
  for (const job of followed) watch.follow(job);
  await provider.pass(5);
  expect(provider.told.length).toBeGreaterThan(15);
  expect(provider.told.length).toBeLessThanOrEqual(25);
});

test('stopping does not wait for an answer, nudges nothing and leaves no clock', async () => {
  const provider = new Provider();
  let answer: (pending: null) => void = () => undefined;
  const watch = provider.watch();
  provider.answer = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  for (const job of jobs(2)) watch.follow(job);
  await provider.pass(1);
  await watch.stop();
  answer(null);
  await settled();
  expect(provider.nudged).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('the clock rests when there is nothing to follow', async () => {
  const provider = new Provider();
  provider.answer = async () => null;
  const watch = provider.watch();
  for (const job of jobs(2)) watch.follow(job);
  await provider.pass(1);
  expect(vi.getTimerCount()).toBe(0);
  for (const job of jobs(1)) watch.follow(job);
  expect(vi.getTimerCount()).toBe(1);
});
