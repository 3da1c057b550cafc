import { expect, test } from 'vitest';
import { generationStatuses } from '../../../src/domain/generation/generation.js';
import { givenGeneration } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

/** What is done for a row that stands still in each state. */
const nudges = {
  accepted: ['submit-next'],
  submitting: ['resolve-submit'],
  submitted: ['collect'],
  collected: ['deliver'],
  delivered: [],
  blocked: ['deliver'],
  failed: ['deliver'],
  cancelled: ['deliver'],
} as const;

test.each(generationStatuses)('a %s job that stands still is nudged', async (status) => {
  const world = new GenerationWorld();
  const { id } = await givenGeneration(world.stores, { status });
  world.clock.advance(1);
  await world.sweep.execute();
  const jobs = world.database.takeJobs().map(({ job }) => job);
  expect([...new Set(jobs.map(({ task }) => task))]).toEqual(nudges[status]);
  for (const job of jobs) if ('generation' in job) expect(job.generation).toBe(id);
});

test.each(['blocked', 'failed', 'cancelled'] as const)(
  'a %s job that was told is left alone',
  async (status) => {
    const world = new GenerationWorld();
    await givenGeneration(world.stores, { status, announcedAt: secondsLater(40) });
    world.clock.advance(100);
    expect(await world.sweep.execute()).toBe(0);
    expect(world.database.queued).toEqual([]);
  },
);

test('what was nudged is left in peace for a while', async () => {
  const world = new GenerationWorld();
  await givenGeneration(world.stores, { status: 'submitted' });
  world.clock.advance(1);
  expect(await world.sweep.execute()).toBe(1);
  world.clock.advance(9);
  expect(await world.sweep.execute()).toBe(0);
  world.clock.advance(1);
  expect(await world.sweep.execute()).toBe(1);
});

test('what a live process works on is not touched; when it dies its rows are free at once', async () => {
  const world = new GenerationWorld();
  await world.registry.join('worker-1');
  const { id } = await givenGeneration(world.stores, { status: 'submitted' });
  const now = world.clock.now();
  await world.stores.generations.acquire(
    id,
    'submitted',
    { owner: 'worker-1', until: secondsLater(60, now) },
    now,
  );
  world.clock.advance(30);
  expect(await world.sweep.execute()).toBe(0);
  world.registry.kill('worker-1');
  expect(await world.sweep.execute()).toBe(1);
  expect(world.log.at('warn')).toEqual(['took over from dead workers']);
  expect(world.database.takeJobs().map(({ job }) => job)).toEqual([{ task: 'collect', generation: id }]);
});

test('a lost nudge loses no job: every step is found again', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.database.takeJobs();
  await world.pass(15);
  const { ticket } = await world.state(id, 'submitted');
  world.generator.finish(ticket);
  world.database.takeJobs();
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
});

test('rows of the dead are freed though the database goes away between burying and freeing', async () => {
  const world = new GenerationWorld();
  await world.registry.join('worker-1');
  const { id } = await givenGeneration(world.stores, { status: 'submitted' });
  const now = world.clock.now();
  const lease = { owner: 'worker-1', until: secondsLater(60, now) };
  await world.stores.generations.acquire(id, 'submitted', lease, now);
  world.registry.kill('worker-1');
  world.clock.advance(10);
  world.database.goAway();
  await expect(world.sweep.execute()).rejects.toThrow('away');
  expect(await world.sweep.execute()).toBe(1);
  expect(world.database.takeJobs().map(({ job }) => job)).toEqual([{ task: 'collect', generation: id }]);
});

test('what a dead process had in hand of the chat is free at once, and nothing of the living', async () => {
  const world = new GenerationWorld();
  const { updates } = world.stores;
  const now = world.clock.now();
  await updates.keep(
    'bot',
    ['worker-1', 'worker-2'].map((body, id) => ({ id, body })),
    now,
  );
  for (const [id, owner] of ['worker-1', 'worker-2'].entries()) {
    await world.registry.join(owner);
    expect(await updates.claim('bot', id, { owner, at: now }, secondsLater(-60, now))).toBe(true);
  }
  world.clock.advance(1);
  const free = () =>
    updates.unfinished(
      'bot',
      { received: world.clock.now(), claimed: secondsLater(-60, now) },
      { all: 10, each: 10 },
    );
  await world.sweep.execute();
  expect(await free()).toEqual([]);
  world.registry.kill('worker-1');
  await world.sweep.execute();
  expect(await free()).toEqual([{ id: 0, body: 'worker-1' }]);
});

test('after a time without the database all that is at the provider is asked about at once', async () => {
  const world = new GenerationWorld();
  const job = await givenGeneration(world.stores, { status: 'submitted' });
  await world.sweep.execute();
  world.database.takeJobs();
  await world.stores.generations.save(
    job,
    { status: 'submitted' },
    { checkAfter: secondsLater(15, world.clock.now()) },
  );
  expect(await world.sweep.execute()).toBe(0);
  world.database.goAway();
  await expect(world.sweep.execute()).rejects.toThrow('away');
  expect(await world.sweep.execute()).toBe(1);
  expect(world.database.takeJobs().map(({ job: { task } }) => task)).toEqual(['collect']);
});
