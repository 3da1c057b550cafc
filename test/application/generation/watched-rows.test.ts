import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchGenerations } from '../../../src/application/generation/generation-watch.js';
import { TellProgress } from '../../../src/application/generation/tell-progress.js';
import { deadlineSeconds } from '../../../src/application/policy/policy.js';
import { GenerationWorld } from './generation-world.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Ten jobs in the provider's hands that this process follows, with a sweep every two seconds. */
async function followed({ webhooks = false } = {}) {
  const world = new GenerationWorld({ webhooks, inFlightPerUser: 10 });
  const { database, generator, clock, transports, log } = world;
  const watch = watchGenerations({
    ...{ database, generator, clock, log },
    worker: 'worker-1',
    policy: { webhooks },
    tellProgress: new TellProgress({ database, transports, log }),
  });
  await world.person(1000);
  for (let job = 0; job < 10; job += 1) await world.request();
  await world.run();
  const jobs = await Promise.all(
    (await world.stores.generations.list({ limit: 100 })).map(({ id }) => world.state(id, 'submitted')),
  );
  for (const job of jobs) watch.follow(job);
  // The first sweep of a process looks at everything.
  await world.sweep.execute();
  await world.run();
  /** Turn by turn. Returns how many rows the sweep found standing meanwhile. */
  const pass = async (seconds: number): Promise<number> => {
    let swept = 0;
    for (let turn = 1; turn <= seconds * 10; turn += 1) {
      clock.advance(0.1);
      vi.advanceTimersByTime(100);
      await settled();
      if (turn % 20 === 0) swept += await world.sweep.execute();
    }
    return swept;
  };
  return { world, watch, jobs, pass };
}

test.each([{ webhooks: false }, { webhooks: true }])(
  'the sweep leaves alone what is watched, and finds it as ever when nobody watches any more (%o)',
  async (how) => {
    const { world, watch, pass } = await followed(how);
    expect(await pass(60)).toBe(0);
    const { checked } = world.generator;
    expect(await pass(60)).toBe(0);
    // Asked, but none of them collected.
    expect(world.database.takeJobs().filter(({ job }) => job.task === 'collect')).toEqual([]);
    if (how.webhooks) expect(world.generator.checked).toBeGreaterThan(checked);
    await watch.stop();
    expect(await pass(15)).toBe(10);
  },
);

test('a watched job is given up at its deadline, by time that was seen to pass and by no clock', async () => {
  const { world, jobs, pass } = await followed();
  const [first] = jobs;
  if (first === undefined) throw new Error('nothing was bought');
  const deadline = deadlineSeconds(first.preset);
  for (const hours of [3, -3]) {
    world.clock.jump(hours * 3600);
    await pass(deadline / 2 - 20);
    await world.run();
    await world.state(first.id, 'submitted');
  }
  await pass(60);
  await world.run();
  expect(await world.state(first.id, 'failed')).toMatchObject({ failure: { kind: 'timeout' } });
});

test('a missed webhook is found by asking', async () => {
  const { world, jobs, pass } = await followed({ webhooks: true });
  const [first] = jobs;
  if (first === undefined) throw new Error('nothing was bought');
  world.generator.finish(first.ticket);
  await pass(16);
  await world.run();
  await world.state(first.id, 'delivered');
});
