import { expect, it } from 'vitest';
import type { TrainingId } from '../../../src/domain/ids.js';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

const trainer = 'fal-ai/flux-lora-portrait-trainer';

async function pass(world: TrainingWorld, minutes: number): Promise<void> {
  for (let count = 0; count < minutes * 6; count += 1) {
    world.clock.advance(10);
    await world.sweep.execute();
    await world.run();
  }
}

const statusOf = async (world: TrainingWorld, id: TrainingId) => (await world.training(id)).status;

it('a trainer that answers 404 once trains at the second try, and nobody else hears of it', async () => {
  const world = new TrainingWorld();
  const { id } = await world.requested();
  world.trainer.failNextSubmit('endpoint_gone');
  await world.run();
  expect(await statusOf(world, id)).toBe('accepted');
  world.clock.advance(2);
  await world.run();
  expect(await statusOf(world, id)).toBe('training');
  expect(await world.stores.endpoints.troubled()).toEqual([]);
});

it.each([
  ['a trainer that stays away', 'endpoint_gone', 'endpoint_retired'],
  ['photos that cannot be sent', 'upload', 'provider_error'],
] as const)('%s: half an hour, the owner knows, then the credits come back', async (_, trouble, kind) => {
  const world = new TrainingWorld();
  world.trainer.trouble = trouble;
  const { id, avatar } = await world.requested();
  await world.run();
  expect(world.transport.of('training-waits')).toMatchObject([{ why: 'not_taken' }]);
  await pass(world, 29);
  expect(await statusOf(world, id)).toBe('accepted');
  await pass(world, 2);
  expect(await world.training(id)).toMatchObject({ status: 'failed', failure: { kind } });
  expect(await world.avatar(avatar)).toMatchObject({ status: 'failed' });
  expect(world.transport.of('training-ended')).toHaveLength(1);
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
  expect(world.trainer.bought).toEqual([]);
});

it('a trainer that is taken for gone takes no new trainings until its next try is due', async () => {
  const world = new TrainingWorld();
  const avatar = await world.draft();
  const now = world.clock.now();
  await world.stores.endpoints.retire(trainer, {
    since: now,
    tries: 0,
    nextTryAt: new Date(now.getTime() + 1000),
  });
  const ask = () => world.request.execute({ avatar: avatar.id }, { owner: someone });
  await expect(ask()).rejects.toMatchObject({ refusal: { code: 'away_now', endpoint: trainer } });
  expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
  world.clock.advance(1);
  await ask();
  await world.run();
  expect(await world.stores.endpoints.retirementOf(trainer)).toBeNull();
});

it('answers that nobody can read: two purchases in doubt at most, then it waits, and goes on by itself', async () => {
  const world = new TrainingWorld();
  for (const _ of [1, 2, 3]) world.health.doubtful();
  const { id } = await world.requested();
  await world.run();
  expect(await statusOf(world, id)).toBe('accepted');
  expect(world.trainer.bought).toEqual([]);
  expect(world.trainer.archives.size).toBe(0);
  expect(world.health.complaint()).toContain('cannot be read');
  await pass(world, 1);
  expect(await statusOf(world, id)).toBe('training');
  expect(world.health.complaint()).toBeNull();
});
