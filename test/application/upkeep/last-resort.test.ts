import { expect, test } from 'vitest';
import { StepGuard } from '../../../src/application/jobs/step-guard.js';
import { maximumTries } from '../../../src/application/policy/policy.js';
import { LastResort } from '../../../src/application/upkeep/last-resort.js';
import type { GenerationStatus } from '../../../src/domain/generation/generation.js';
import type { GenerationId } from '../../../src/domain/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';

const lastResortOf = ({ database, clock, metrics, log }: GenerationWorld) =>
  new LastResort({ database, clock, worker: 'worker-1', metrics, log });

/** A step on the row comes to no end, again and again. */
async function failsForEver(world: GenerationWorld, id: GenerationId, status: GenerationStatus) {
  const guard = new StepGuard({
    database: world.database,
    clock: world.clock,
    worker: 'worker-1',
    log: world.log,
  });
  for (let time = 0; time < 2 * maximumTries; time += 1) {
    world.clock.advance(301);
    await guard
      .generation(id, async () => {
        const lease = { owner: 'worker-1', until: new Date(world.clock.now().getTime() + 60_000) };
        if ((await world.stores.generations.acquire(id, status, lease, world.clock.now())) === null)
          throw new Error('not to be had');
        throw new Error('its write is refused');
      })
      .catch(() => undefined);
  }
}

test('a job whose step always fails is given up: released, told, alerted, and listed with its reason', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  await failsForEver(world, id, 'submitted');
  await lastResortOf(world).execute();
  const ended = await world.state(id, 'failed');
  expect(ended.failure).toEqual({ kind: 'gave_up', detail: 'tried 12 times: Error: its write is refused' });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
  await world.run();
  expect(world.transport.delivered).toMatchObject([{ kind: 'ended', generation: { id } }]);
  expect(world.metrics.givenUp).toEqual(['generation']);
  expect(world.log.at('error')).toContain('a job was given up');
  expect((await world.stores.generations.dead(10)).map(({ row }) => row.id)).toEqual([id]);
  // Once.
  await lastResortOf(world).execute();
  expect(world.metrics.givenUp).toEqual(['generation']);
});

test('it is tried again when the operator says so, with a hold of its own and with all its tries', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  await failsForEver(world, id, 'submitted');
  await lastResortOf(world).execute();
  await world.replaying.execute(id, { admin: 'cli' });
  expect(await world.stores.generations.dead(10)).toEqual([]);
  await world.run();
  const { ticket } = await world.state(id, 'submitted');
  world.generator.finish(ticket);
  await world.pass(15);
  await world.state(id, 'delivered');
});

test('pictures that can never be handed over are paid back, and the person gets a word', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.transport.failNext(new Error('no such file'));
  await world.pass(15).catch(() => undefined);
  await failsForEver(world, id, 'collected');
  await lastResortOf(world).execute();
  await world.state(id, 'failed');
  expect((await world.credits()).balance).toBe(100);
  await world.run();
  expect(world.transport.delivered.at(-1)).toMatchObject({ kind: 'ended', generation: { id } });
});

test('one whose process dies with it each time is given up as well', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  for (let time = 0; time < maximumTries; time += 1) {
    const lease = { owner: 'worker-1', until: new Date(world.clock.now().getTime() + 60_000) };
    expect(await world.stores.generations.acquire(id, 'submitted', lease, world.clock.now())).not.toBeNull();
    await world.stores.generations.dropLeases(['worker-1']);
  }
  await lastResortOf(world).execute();
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'gave_up' } });
});

test('a step that ends well begins a new count', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  for (let look = 0; look < 2 * maximumTries; look += 1) await world.pass(15);
  await lastResortOf(world).execute();
  await world.state(id, 'submitted');
});

test('what waits in line for a day is ended and released, by time that was seen to pass', async () => {
  const world = new GenerationWorld({ inFlightTotal: 0 });
  const id = await world.accepted();
  const lastResort = lastResortOf(world);
  await lastResort.execute();
  world.clock.jump(2 * 86_400);
  await lastResort.execute();
  await world.state(id, 'accepted');
  world.clock.advance(86_400);
  await lastResort.execute();
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'timeout' } });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

test.each(['accepted', 'submitting', 'submitted'] as const)('a %s job has a deadline', async (status) => {
  const world = new GenerationWorld({ inFlightTotal: status === 'accepted' ? 0 : 10 });
  const id = await world.accepted();
  if (status === 'submitting') {
    world.generator.meanwhile = () => Promise.reject(new Error('kill -9'));
    await world.run().catch(() => undefined);
  } else await world.run();
  const lease = (second: number) => ({
    owner: 'worker-1',
    until: world.clock.now(),
    from: { at: world.clock.now(), ticks: second },
  });
  await world.state(id, status);
  if (status !== 'accepted') {
    for (const second of [0, 86_400]) {
      world.clock.advance(61);
      await world.stores.generations.acquire(id, status, lease(second), world.clock.now());
      await world.stores.generations.free(id, 'worker-1', world.clock.now());
    }
  } else {
    await world.stores.generations.lookAtQueue(lease(0), world.clock.now());
    await world.stores.generations.lookAtQueue(lease(86_400), world.clock.now());
  }
  await lastResortOf(world).execute();
  await world.state(id, 'failed');
});
