import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import { GenerationWorld } from './generation-world.js';

/** As many people with a request each. */
async function crowd(world: GenerationWorld, size: number) {
  const ids = [];
  for (let count = 0; count < size; count += 1) {
    const owner = userId(`${700 + count}`);
    await world.person(100, owner);
    ids.push((await world.request({ owner })).id);
  }
  return ids;
}

test('a proxy that answers every submit with a page: a few purchases in doubt, not two for each job', async () => {
  const world = new GenerationWorld({ inFlightTotal: 100 });
  const ids = await crowd(world, 20);
  world.generator.isMangled = true;
  await world.run();
  expect(world.generator.bought).toHaveLength(3);
  expect(world.health.complaint()).toContain('cannot be read since');
  expect(world.log.at('error')).toEqual([
    "fal's answers to orders cannot be read: nothing is bought until one can be",
  ]);
  for (let second = 0; second < 600; second += 2) await world.pass(2);
  // Each further one is the try of a minute.
  expect(world.generator.bought.length).toBeLessThan(16);
  const lost = [];
  for (const id of ids) if ((await world.stores.generations.find(id))?.status === 'failed') lost.push(id);
  world.generator.isMangled = false;
  const before = world.generator.bought.length;
  for (let second = 0; second < 60; second += 2) await world.pass(2);
  expect(world.generator.bought.length - before).toBe(ids.length - lost.length);
  expect(world.health.complaint()).toBeNull();
});

test('doubts with successes between them close nothing', async () => {
  const world = new GenerationWorld({ inFlightTotal: 100 });
  await crowd(world, 6);
  for (const trouble of [true, true, false, true, true, false]) {
    world.generator.isMangled = trouble;
    await world.stepsOf().submit.execute();
  }
  expect(world.health.mayBuy()).toBe(true);
});

test('one tries for all, and a try that found nothing to buy leaves the next one free', async () => {
  const world = new GenerationWorld();
  for (const _ of [1, 2, 3]) world.health.doubtful();
  expect(world.health.mayBuy()).toBe(false);
  world.clock.advance(15);
  expect(await world.stepsOf().submit.execute()).toBe(false);
  expect([world.health.mayBuy(), world.health.mayBuy()]).toEqual([true, false]);
});

test('a file that cannot be uploaded ends the job after half an hour', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.cannotUpload = true;
  await world.run();
  for (let minute = 0; minute < 29; minute += 1) await world.pass(60);
  await world.state(id, 'accepted');
  for (let minute = 0; minute < 2; minute += 1) await world.pass(60);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'provider_error' } });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});
