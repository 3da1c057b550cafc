import { expect, test } from 'vitest';
import type { GenerationId } from '../../../src/domain/ids.js';
import { givenGeneration } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from './generation-world.js';

const released = ['grant 100', 'hold -5', 'release 5'];
const cancel = (world: GenerationWorld, id: GenerationId) =>
  world.cancelling.execute({ id }, { owner: someone });

test('a job that waits is called off: nothing is bought, the hold goes back once', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  expect((await cancel(world, id)).status).toBe('cancelled');
  await cancel(world, id);
  await world.pass(60);
  expect(world.generator.bought).toEqual([]);
  expect(world.transport.of('ended')).toHaveLength(1);
  expect(await world.entries()).toEqual(released);
});

test('a job that runs is called off, and fal is told', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  await cancel(world, id);
  await cancel(world, id);
  await world.pass(60);
  expect(world.generator.cancelled).toEqual([ticket]);
  expect(await world.state(id, 'cancelled')).toMatchObject({ ticket });
  expect(world.transport.of('ended')).toHaveLength(1);
  expect(await world.entries()).toEqual(released);
});

test('a job whose submit is in doubt is called off', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.failNextSubmit('in_doubt');
  await world.run();
  await cancel(world, id);
  await world.pass(200);
  await world.state(id, 'cancelled');
  expect(await world.entries()).toEqual(released);
});

test('called off while it is collected: no image, nothing charged, released once', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.generator.meanwhile = () => cancel(world, id);
  await world.pass(2);
  await world.pass(60);
  await world.state(id, 'cancelled');
  expect(await world.stores.images.ofGeneration(id)).toEqual([]);
  expect(world.transport.of('result')).toEqual([]);
  expect(await world.entries()).toEqual(released);
});

test('called off when the images are here already: too late, they are charged and delivered', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.database.takeJobs();
  await world.stepsOf().collect.execute(id);
  await expect(cancel(world, id)).rejects.toMatchObject({ code: 'wrong_state' });
  await world.run();
  await expect(cancel(world, id)).rejects.toMatchObject({ code: 'wrong_state' });
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual([...released, 'capture -5']);
});

test('both at the same moment, whoever wins: released exactly once', async () => {
  for (const first of ['cancel', 'collect']) {
    const world = new GenerationWorld();
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket);
    const steps = {
      cancel: () => cancel(world, id).catch((error: { code: string }) => error.code),
      collect: () => world.stepsOf().collect.execute(id),
    };
    await Promise.all(
      first === 'cancel' ? [steps.cancel(), steps.collect()] : [steps.collect(), steps.cancel()],
    );
    await world.pass(60);
    const entries = await world.entries();
    expect(entries.filter((entry) => entry.startsWith('release'))).toHaveLength(1);
    expect(await world.credits()).toMatchObject({ held: 0 });
  }
});

test("somebody else's job is not found, and goes on", async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  const asStranger = world.cancelling.execute({ id }, { owner: somebodyElse });
  await expect(asStranger).rejects.toMatchObject({ refusal: { code: 'not_found', what: 'generation' } });
  await world.state(id, 'accepted');
});

test('a job that ended otherwise cannot be called off', async () => {
  const world = new GenerationWorld();
  for (const status of ['failed', 'blocked'] as const) {
    const { id } = await givenGeneration(world.stores, { status, price: 0 });
    await expect(cancel(world, id)).rejects.toMatchObject({ code: 'wrong_state' });
  }
});

test('a place that becomes free is used by whoever waits', async () => {
  const world = new GenerationWorld({ inFlightTotal: 1 });
  const { id } = await world.submitted();
  const next = await world.request();
  await world.run();
  await world.state(next.id, 'accepted');
  await cancel(world, id);
  await world.run();
  await world.state(next.id, 'submitted');
});
