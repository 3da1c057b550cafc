import { beforeEach, expect, it } from 'vitest';
import { RetryTraining } from '../../../src/application/training/retry-training.js';
import { trainingId } from '../../../src/domain/ids.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { longAgo, nextUuid, someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

let world: TrainingWorld;
const by = { admin: 'cli' } as const;
let retryTraining: RetryTraining;
beforeEach(() => {
  world = new TrainingWorld();
  retryTraining = new RetryTraining({
    ...{ database: world.database, clock: world.clock },
    requestTraining: world.request,
  });
});

it('trains the same avatar again, once, and takes the failed training off the operator’s list', async () => {
  const { id: avatar } = await world.draft();
  const failed = await givenTraining(world.stores, aTraining({ avatar, status: 'failed', speed: 'fast' }));
  await world.stores.trainings.markDead(failed.id, longAgo);
  const again = await retryTraining.execute(failed.id, by);
  expect(again).toMatchObject({ avatar, owner: someone, speed: 'fast', origin: failed.origin });
  expect((await world.stores.ledger.account(someone)).held).toBe(again.price);
  expect(await world.stores.trainings.dead(9)).toEqual([]);
  expect((await retryTraining.execute(failed.id, by)).id).toBe(again.id);
  await expect(retryTraining.execute(again.id, by)).rejects.toMatchObject({ code: 'wrong_state' });
  await expect(retryTraining.execute(trainingId(nextUuid()), by)).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('leaves it on the list when it cannot be trained again', async () => {
  const { id: avatar } = await world.draft({ photos: 3 });
  const failed = await givenTraining(world.stores, aTraining({ avatar, status: 'failed' }));
  await world.stores.trainings.markDead(failed.id, longAgo);
  await expect(retryTraining.execute(failed.id, by)).rejects.toMatchObject({ code: 'not_enough_photos' });
  expect(await world.stores.trainings.dead(9)).toHaveLength(1);
});
