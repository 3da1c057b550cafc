import { expect, test } from 'vitest';
import { StepGuard } from '../../../src/application/jobs/step-guard.js';
import { maximumTries } from '../../../src/application/policy/policy.js';
import { LastResort } from '../../../src/application/upkeep/last-resort.js';
import type { TrainingId } from '../../../src/domain/ids.js';
import type { TrainingStatus } from '../../../src/domain/training/training.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

const giveUp = ({ database, clock, metrics, log }: TrainingWorld) =>
  new LastResort({ database, clock, worker: 'worker-1', metrics, log }).execute();

async function failsForEver(world: TrainingWorld, id: TrainingId, status: TrainingStatus) {
  const guard = new StepGuard({
    database: world.database,
    clock: world.clock,
    worker: 'worker-1',
    log: world.log,
  });
  for (let time = 0; time < maximumTries; time += 1)
    await guard.training(id, async () => {
      const lease = { owner: 'worker-1', until: world.clock.now() };
      expect(await world.stores.trainings.acquire(id, status, lease, world.clock.now())).not.toBeNull();
      throw new Error('its write is refused');
    });
}

test('a training whose step always fails is given up: released, told, alerted', async () => {
  const world = new TrainingWorld();
  const { id } = await world.requested();
  await failsForEver(world, id, 'accepted');
  await giveUp(world);
  expect(await world.stores.trainings.find(id)).toMatchObject({
    status: 'failed',
    failure: { kind: 'gave_up' },
  });
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
  await world.run();
  expect(world.transport.of('training-ended')).toHaveLength(1);
  expect(world.metrics.givenUp).toEqual(['training']);
  expect(world.log.at('error')).toEqual(['a job was given up']);
  expect((await world.stores.trainings.dead(10)).map(({ row }) => row.id)).toEqual([id]);
});

test('a training that has been open for a day is ended, and stopped at the provider', async () => {
  const world = new TrainingWorld();
  const { id } = await world.requested();
  await world.run();
  for (const ticks of [0, 86_400]) {
    const now = world.clock.now();
    await world.stores.trainings.acquire(
      id,
      'training',
      { owner: 'x', until: now, from: { at: now, ticks } },
      now,
    );
    await world.stores.trainings.free(id, 'x', now);
  }
  await giveUp(world);
  expect(await world.stores.trainings.find(id)).toMatchObject({
    status: 'failed',
    failure: { kind: 'timeout' },
  });
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
});

test('one that cannot even be ended keeps nobody from the others: it is marked, and the operator has to look', async () => {
  const world = new TrainingWorld();
  // Nothing was set aside for it, so nothing can be given back.
  const broken = await givenTraining(world.stores, aTraining({ owner: somebodyElse }));
  const { id } = await world.requested();
  await failsForEver(world, broken.id, 'accepted');
  await failsForEver(world, id, 'accepted');
  await giveUp(world);
  expect((await world.training(broken.id)).status).toBe('accepted');
  expect((await world.training(id)).status).toBe('failed');
  expect(world.log.at('error')).toContain('a job could not be given up; what it holds is still held');
  const dead = (await world.stores.trainings.dead(10)).map((letter) => letter.row.id);
  expect(new Set(dead)).toEqual(new Set([broken.id, id]));
  // Once.
  await giveUp(world);
  expect(world.metrics.givenUp).toEqual(['training', 'training']);
});

test.each(['ready', 'failed', 'cancelled'] as const)(
  'one that is %s and can never be told of counts as told',
  async (status) => {
    const world = new TrainingWorld();
    const { id } = await givenTraining(world.stores, aTraining({ status }));
    await failsForEver(world, id, status);
    await giveUp(world);
    expect(await world.training(id)).toMatchObject({ status, announcedAt: expect.any(Date) });
    world.clock.advance(400);
    expect(await world.sweep.execute()).toBe(0);
    expect((await world.stores.trainings.dead(10)).map(({ row }) => row.id)).toEqual([id]);
  },
);
