import { afterEach, expect, test } from 'vitest';
import {
  type GenerationWatch,
  watchGenerations,
} from '../../../src/application/generation/generation-watch.js';
import { TellProgress } from '../../../src/application/generation/tell-progress.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { anOrder } from '../../support/builders/an-order.js';
import { GenerationWorld } from './generation-world.js';

let watches: GenerationWatch[] = [];

afterEach(async () => {
  await Promise.all(watches.map((watch) => watch.stop()));
  watches = [];
});

function watching(world: GenerationWorld) {
  const { database, generator, clock, transport, log } = world;
  const tell = new TellProgress({ database, transports: [transport], log });
  const watch = watchGenerations({
    database,
    generator,
    clock,
    worker: 'worker-1',
    policy: { webhooks: false },
    tellProgress: tell,
    log,
  });
  watches.push(watch);
  return watch;
}

/** A job in the provider's hands, whatever our database knows of it. */
async function bought(world: GenerationWorld) {
  const state = aGeneration({ status: 'submitted' });
  return { ...state, ticket: await world.generator.submit(anOrder(), { reference: state.id }) };
}

const collecting = (world: GenerationWorld) => world.database.queued.map(({ job }) => job);

test('the end of a job is nudged the moment it is known, once', async () => {
  const world = new GenerationWorld();
  const job = await bought(world);
  const watch = watching(world);
  watch.follow(job);
  watch.follow(job);
  world.generator.finish(job.ticket);
  await expect.poll(() => collecting(world)).toEqual([{ task: 'collect', generation: job.id }]);
});

test('a job that was sent again is followed anew, though the stream of its former ticket still hangs', async () => {
  const world = new GenerationWorld();
  const first = await bought(world);
  const again = { ...first, ticket: (await bought(world)).ticket };
  const watch = watching(world);
  watch.follow(first);
  watch.follow(again);
  world.generator.finish(again.ticket);
  await expect.poll(() => collecting(world)).toEqual([{ task: 'collect', generation: first.id }]);
});

test('hundreds of streams stop together, without nudges and without a warning about listeners', async () => {
  const world = new GenerationWorld();
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on('warning', note);
  const watch = watching(world);
  for (let count = 0; count < 50; count += 1) watch.follow(await bought(world));
  await watch.stop();
  watch.follow(await bought(world));
  // Warnings are emitted on the next tick.
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(warnings).toEqual([]);
  expect(collecting(world)).toEqual([]);
});
