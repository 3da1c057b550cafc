import { expect, test } from 'vitest';
import { LastResort } from '../../../src/application/last-resort.js';
import { maximumTries } from '../../../src/application/policy.js';
import { StepGuard } from '../../../src/application/step-guard.js';
import type { TrainingId } from '../../../src/domain/ids.js';
import type { TrainingStatus } from '../../../src/domain/training.js';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

const giveUp = ({ database, clock, metrics, log }: TrainingWorld) =>
  new LastResort(database, clock, 'worker-1', metrics, log).execute();

async function failsForEver(world: TrainingWorld, id: TrainingId, status: TrainingStatus) {
  const guard = new StepGuard(world.database, world.clock, 'worker-1', world.log);
  for (let time = 0; time < maximumTries; time += 1)
    await guard.training(id, async () => {
      const lease = { owner: 'worker-1', until: world.clock.now() };
      expect(await world.stores.trainings.claim(id, status, lease, world.clock.now())).not.toBeNull();
      throw new Error('its write is refused');
    });
}

test('a training whose step always fails is given up: released, told, alerted', async () => {
  const world = new TrainingWorld();
  const { id } = await world.requested();
  await failsForEver(world, id, 'collecting');
  await giveUp(world);
  expect(await world.stores.trainings.find(id)).toMatchObject({
    status: 'failed',
    failure: { kind: 'gave_up' },
  });
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
  await world.run();
  expect(world.transport.of('training-ended')).toHaveLength(1);
  expect(world.metrics.givenUp).toEqual(['training']);
  expect((await world.stores.trainings.dead(10)).map(({ row }) => row.id)).toEqual([id]);
});

test('a training that has been open for a day is ended, and stopped at the provider', async () => {
  const world = new TrainingWorld();
  const { id } = await world.requested();
  await world.run();
  for (const ticks of [0, 86_400]) {
    const now = world.clock.now();
    await world.stores.trainings.claim(
      id,
      'training',
      { owner: 'x', until: now, from: { at: now, ticks } },
      now,
    );
    await world.stores.trainings.release(id, 'x', now);
  }
  await giveUp(world);
  expect(await world.stores.trainings.find(id)).toMatchObject({
    status: 'failed',
    failure: { kind: 'timeout' },
  });
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
});
