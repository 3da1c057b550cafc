import { expect, it } from 'vitest';
import { TrainingWorld } from './training-world.js';

const floor = 1_000_000;

it('a training on a full disk waits, its owner is told why once, and it begins once there is room', async () => {
  const world = new TrainingWorld();
  world.disk.free = floor - 1;
  const { id } = await world.requested();
  for (let second = 0; second < 60; second += 3) {
    await world.run();
    await world.sweep.execute();
    world.clock.advance(3);
  }
  expect((await world.training(id)).status).toBe('accepted');
  expect(world.trainer.bought).toEqual([]);
  expect(world.transport.of('training-waits')).toMatchObject([{ training: { id }, avatar: { name: 'Ada' } }]);
  world.disk.free = floor;
  world.clock.advance(3);
  await world.run();
  expect((await world.training(id)).status).toBe('training');
});

it('weights that find no room are fetched until they do, also past the deadline', async () => {
  const world = new TrainingWorld();
  const { id } = await world.requested();
  await world.run();
  world.trainer.finish('training-ticket-1');
  world.media.isFull = true;
  for (let hour = 0; hour < 50; hour += 1) {
    world.clock.advance(3600);
    await world.sweep.execute();
    await world.run();
  }
  expect(await world.training(id)).toMatchObject({ status: 'training', fetchFailures: 0 });
  world.media.isFull = false;
  world.clock.advance(2);
  await world.run();
  expect((await world.training(id)).status).toBe('ready');
});
