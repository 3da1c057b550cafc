import { beforeEach, expect, test } from 'vitest';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

let world: TrainingWorld;
beforeEach(() => {
  world = new TrainingWorld();
});

test('the ticket of a training that comes while the database is away is written down when it is back', async () => {
  const training = await world.requested();
  world.trainer.onSubmit = async () => world.database.goAway(25);
  await world.run();
  expect(await world.training(training.id)).toMatchObject({
    status: 'training',
    ticket: 'training-ticket-1',
  });
  expect(world.watched).toHaveLength(1);
  world.trainer.onSubmit = null;
  world.clock.advance(3600);
  await world.sweep.execute();
  await world.run();
  expect(world.trainer.bought).toHaveLength(1);
  expect(world.metrics.ambiguousSubmits).toBe(0);
});

test('a training that was cancelled when the database is back is called off at fal', async () => {
  const training = await world.requested();
  world.trainer.onSubmit = async () => {
    await world.cancel.execute({ id: training.id }, { owner: someone });
    world.database.goAway(3);
  };
  await world.run();
  await world.run();
  expect((await world.training(training.id)).status).toBe('cancelled');
  expect(world.trainer.cancelled).toEqual(['training-ticket-1']);
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
});

test('a worker that was paused before it submits does not buy what another has bought', async () => {
  const training = await world.requested();
  const { trainer, stores, clock } = world;
  const write = stores.trainings.save.bind(stores.trainings);
  // The first write says that it is about to be bought.
  stores.trainings.save = async (...what) => {
    stores.trainings.save = write;
    await write(...what);
    clock.advance(75);
    await stores.trainings.dropLeases(['worker-1']);
  };
  await world.submitFor('worker-1').execute(training.id);
  expect(trainer.bought).toHaveLength(0);
  await world.sweep.execute();
  await world.run('worker-2');
  expect(await world.training(training.id)).toMatchObject({ status: 'training', submits: 2 });
  expect(trainer.bought).toHaveLength(1);
});
