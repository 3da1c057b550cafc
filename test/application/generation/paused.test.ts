import { expect, test } from 'vitest';
import { Holding } from '../../../src/application/jobs/holding.js';
import { StaleWrite } from '../../../src/application/ports/stores/jobs/leases.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { GenerationWorld } from './generation-world.js';

/**
 * A published loss of a durable-execution library: work that was recovered was run by two owners. What a worker that
 * was stopped for a while (SIGSTOP, a sleeping machine) does when it wakes.
 */

/** The process stands still; meanwhile it is taken for dead, and another does what it had in hand. */
const paused = (world: GenerationWorld) => async () => {
  world.clock.advance(75);
  await world.stores.generations.dropLeases(['worker-1']);
  await world.sweep.execute();
  await world.run('worker-2');
};

test('a worker that was paused right before it sends does not send what another has delivered', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.transport.meanwhile = paused(world);
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(world.transport.attempts).toBe(2);
  expect(world.transport.of('result')).toHaveLength(1);
});

test('one that was paused while nobody took over sends, and has its lease anew', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.transport.meanwhile = async () => void world.clock.advance(75);
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
});

test('a worker that was paused before it submits does not buy what another has bought', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  let pause = () => {};
  const dropped = new Promise<void>((resolve) => {
    pause = resolve;
  }).then(() => world.stores.generations.dropLeases(['worker-1']));
  const { left } = world.metrics;
  // Called once the row is taken, before anything is bought.
  world.metrics.left = () => {
    world.metrics.left = left;
    world.clock.advance(75);
    pause();
  };
  await world.stepsOf('worker-1').submit.execute();
  await dropped;
  await world.state(id, 'submitting');
  expect(world.generator.bought).toHaveLength(0);
  await world.pass(2, 'worker-2');
  expect(await world.state(id, 'submitted')).toMatchObject({ submits: 2 });
  expect(world.generator.bought).toHaveLength(1);
});

test('a row is believed to be ours for two seconds, and an answer only as young as its question', async () => {
  const clock = new FakeClock();
  let asked = 0;
  let pause = 0;
  const renew = async () => {
    asked += 1;
    clock.advance(pause);
    pause = 0;
  };
  const holding = new Holding(clock, renew, clock.ticks());
  clock.advance(2);
  await holding.confirm();
  expect(asked).toBe(0);
  clock.jump(-7200);
  clock.advance(0.1);
  pause = 75;
  await holding.confirm();
  // The first answer had lain there for 75 seconds.
  expect(asked).toBe(2);
  clock.advance(3);
  const lost = new Holding(
    clock,
    async () => {
      throw new StaleWrite('another has it');
    },
    clock.ticks() - 3,
  );
  await expect(lost.confirm()).rejects.toThrow(StaleWrite);
});
