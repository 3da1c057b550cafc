import { expect, test } from 'vitest';
import { AwaitGeneration } from '../../../src/application/generation/await-generation.js';
import { watchGenerations } from '../../../src/application/generation/generation-watch.js';
import { TellProgress } from '../../../src/application/generation/tell-progress.js';
import { failedWith, pending } from '../../support/builders/provider-events.js';
import { GenerationWorld } from './generation-world.js';

/** Waits for jobs; instead of time, a step of the world goes by at every look. */
function waiting(world: GenerationWorld, steps: (() => Promise<unknown>)[]) {
  return new AwaitGeneration({
    database: world.database,
    sleep: async () => {
      await steps.shift()?.();
    },
  });
}

test('whoever waits sees each change once, and gets the images', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  const report = (phase: 'queued' | 'running') => () =>
    world.stores.generations.reportProgress(id, { phase, position: phase === 'queued' ? 2 : null });
  const steps = [
    ...[() => world.run(), report('queued'), report('queued'), report('running')],
    ...[async () => world.generator.finish('ticket-1'), () => world.pass(2)],
  ];
  const seen: string[] = [];
  const { generation, images } = await waiting(world, steps).execute(id, {
    onProgress: ({ phase, position }) => seen.push(`${phase} ${position}`),
  });
  expect(seen).toEqual(['queued null', 'queued 2', 'running null']);
  expect(generation.status).toBe('delivered');
  expect(images).toHaveLength(1);
});

test('an end without images ends the waiting too', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket, failedWith('content_policy'));
  const { generation, images } = await waiting(world, [() => world.pass(2)]).execute(id);
  expect(generation).toMatchObject({ status: 'failed', failure: { kind: 'content_policy' } });
  expect(images).toEqual([]);
});

test('who stops waiting does not stop the job', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  const stop = new AbortController();
  const steps = [async () => stop.abort()];
  await expect(waiting(world, steps).execute(id, { signal: stop.signal })).rejects.toThrow(/abort/i);
  await world.state(id, 'submitted');
});

function watching(world: GenerationWorld) {
  const tell = new TellProgress({ database: world.database, transports: world.transports, log: world.log });
  return watchGenerations({ ...world, worker: 'worker-1', policy: world.rules, tellProgress: tell });
}

const collectJobs = (world: GenerationWorld) =>
  world.database.queued.filter(({ job, runAt }) => job.task === 'collect' && runAt === null);

test('a watched job is collected the moment it is over, and its progress is shown once', async () => {
  const world = new GenerationWorld();
  const state = await world.submitted();
  const watch = watching(world);
  world.clock.advance(1);
  watch.follow(state);
  watch.follow(state);
  await expect.poll(() => world.transport.of('progress').length, { interval: 1 }).toBe(1);
  world.generator.progress(state.ticket, pending({ phase: 'running' }));
  world.generator.finish(state.ticket);
  await expect.poll(() => collectJobs(world).length, { interval: 1 }).toBe(1);
  await watch.stop();
  expect(world.transport.of('progress')).toHaveLength(1);
});

test('the progress of a job that is over at once is not worth a write', async () => {
  const world = new GenerationWorld();
  const state = await world.submitted();
  const watch = watching(world);
  watch.follow(state);
  world.generator.finish(state.ticket);
  await expect.poll(() => collectJobs(world).length, { interval: 1 }).toBe(1);
  expect(world.transport.of('progress')).toEqual([]);
});

test('stopping lets go of every job without a word about it', async () => {
  const world = new GenerationWorld();
  const state = await world.submitted();
  const watch = watching(world);
  watch.follow(state);
  await watch.stop();
  watch.follow(state);
  expect(collectJobs(world)).toEqual([]);
});

test('a watch that breaks is a warning, not the end of the process', async () => {
  const world = new GenerationWorld();
  const state = await world.submitted();
  const watch = watching(world);
  watch.follow({ ...state, ticket: 'nobody bought this' });
  await expect.poll(() => world.log.at('warn'), { interval: 1 }).toEqual(['lost sight of a job']);
  await watch.stop();
});
