import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Worker } from '../../../src/adapters/queue/worker.js';
import { InMemoryWorkerRegistry } from '../../fakes/in-memory-worker-registry.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const idle = { queueIds: ['queue-1'], start: async () => undefined, stop: async () => undefined };

const nothing = { stop: async () => undefined };

const aWorker = (parts: Partial<ConstructorParameters<typeof Worker>[0]>) =>
  new Worker({
    worker: 'a',
    registry: new InMemoryWorkerRegistry(),
    runner: idle,
    chores: {},
    generationWatch: nothing,
    trainingWatch: nothing,
    metrics: new RecordingMetrics(),
    log: new RecordingLogger(),
    ...parts,
  });

class SlowRegistry extends InMemoryWorkerRegistry {
  /** Beats wait for this. */
  pause: Promise<void> = Promise.resolve();
  readonly events: string[] = [];

  override async beat(id: string, queueIds: readonly string[]): Promise<void> {
    this.events.push('beat');
    await this.pause;
    await super.beat(id, queueIds);
    this.events.push('beaten');
  }

  override async leave(id: string): Promise<void> {
    this.events.push('left');
    await super.leave(id);
  }
}

test('it beats every second and sweeps every other, from the start until it stops', async () => {
  const registry = new InMemoryWorkerRegistry();
  let sweeps = 0;
  const worker = aWorker({ registry, chores: { sweep: async () => (sweeps += 1) } });
  await worker.start();
  expect(await registry.countAlive()).toBe(1);
  expect(registry.beats).toEqual([{ id: 'a', queueIds: ['queue-1'] }]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(registry.beats).toHaveLength(11);
  expect(sweeps).toBe(6);
  await worker.stop();
  expect(await registry.countAlive()).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(registry.beats).toHaveLength(11);
  expect(sweeps).toBe(6);
});

test('while the database hangs its beats do not pile up, and none comes after the leaving', async () => {
  const registry = new SlowRegistry();
  const worker = aWorker({ registry, chores: { sweep: async () => undefined } });
  await worker.start();
  registry.events.length = 0;
  let answer = () => {};
  registry.pause = new Promise((resolve) => {
    answer = resolve;
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(registry.events).toEqual(['beat']);
  const stopping = worker.stop();
  await vi.advanceTimersByTimeAsync(0);
  answer();
  await stopping;
  expect(registry.events).toEqual(['beat', 'beaten', 'left']);
});

test('a failing sweep or beat is a warning; both come again', async () => {
  const log = new RecordingLogger();
  const registry = new SlowRegistry();
  const fail = async () => {
    throw new Error('gone');
  };
  const worker = aWorker({ registry, chores: { sweep: fail }, log });
  await worker.start();
  registry.pause = Promise.reject(new Error('gone'));
  registry.pause.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(2000);
  registry.pause = Promise.resolve();
  const before = registry.beats.length;
  await vi.advanceTimersByTimeAsync(2000);
  expect(registry.beats.length).toBeGreaterThan(before);
  expect(new Set(log.at('warn')).size).toBe(2);
  await worker.stop();
});

test('it ends though the database cannot be told so any more', async () => {
  const registry = new SlowRegistry();
  registry.leave = async () => {
    throw new Error('gone');
  };
  const log = new RecordingLogger();
  const worker = aWorker({ registry, chores: { sweep: async () => undefined }, log });
  await worker.start();
  await worker.stop();
  expect(vi.getTimerCount()).toBe(0);
  expect(log.at('warn')).toEqual(['left without saying so: the database is out of reach']);
});

test('one whose queue cannot start leaves again, and says why it could not', async () => {
  const registry = new InMemoryWorkerRegistry();
  const broken = { ...idle, start: () => Promise.reject(new Error('no queue')) };
  const worker = aWorker({ registry, runner: broken, chores: { sweep: async () => undefined } });
  await expect(worker.start()).rejects.toThrow('no queue');
  expect(await registry.countAlive()).toBe(0);
});

test('one whose beat or sweep never ends wants to be started again; one that is only refused does not', async () => {
  const registry = new SlowRegistry();
  const now = () => Date.now();
  let hang = false;
  const sweep = () => (hang ? new Promise<void>(() => undefined) : Promise.reject(new Error('no database')));
  const worker = aWorker({ registry, chores: { sweep }, milliseconds: now });
  expect(worker.needsRestart()).toBeNull();
  await worker.start();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(worker.needsRestart()).toBeNull();
  hang = true;
  await vi.advanceTimersByTimeAsync(1_900_000);
  expect(worker.needsRestart()).toContain('upkeep');
  registry.pause = new Promise(() => undefined);
  await vi.advanceTimersByTimeAsync(400_000);
  expect(worker.needsRestart()).toContain('heartbeat');
});

test('a chore that fails keeps no other from its turn, is logged and counted, and comes again', async () => {
  const log = new RecordingLogger();
  const metrics = new RecordingMetrics();
  const done: string[] = [];
  const chores = {
    first: async () => done.push('first'),
    broken: async () => {
      done.push('broken');
      throw new Error('gone');
    },
    last: async () => done.push('last'),
  };
  const worker = aWorker({ chores, log, metrics });
  await worker.start();
  await vi.advanceTimersByTimeAsync(2000);
  await worker.stop();
  expect(done).toEqual(['first', 'broken', 'last', 'first', 'broken', 'last']);
  expect(metrics.failedChores).toEqual(['broken', 'broken']);
  expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
    { facts: { chore: 'broken' } },
    { facts: { chore: 'broken' } },
  ]);
});
