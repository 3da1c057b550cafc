import { describe, expect, test } from 'vitest';
import { TrainingWorld } from '../training/training-world.js';
import { GenerationWorld } from './generation-world.js';

/** The clock of a machine is set while one of its workers has a row in hand; another one looks around at once. */
const day = 86_400;
const jumps = [day, -day] as const;

describe.each(jumps)('a clock that is set by %i s between claim and send', (jump) => {
  test('has no picture handed over twice, and loses none', async () => {
    const world = new GenerationWorld();
    world.database.live('worker-1');
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket);
    world.transport.meanwhile = async () => {
      world.clock.jump(jump);
      await world.sweep.execute();
      await world.run('worker-2');
    };
    await world.pass(15);
    await world.pass(15, 'worker-2');
    await world.state(id, 'delivered');
    expect(world.transport.of('result')).toHaveLength(1);
  });

  test('has no picture bought twice, and loses none', async () => {
    const world = new GenerationWorld();
    world.database.live('worker-1');
    const id = await world.accepted();
    world.generator.meanwhile = async () => {
      world.clock.jump(jump);
      await world.sweep.execute();
      await world.run('worker-2');
    };
    await world.run();
    await world.pass(15, 'worker-2');
    await world.state(id, 'submitted');
    expect(world.generator.bought).toHaveLength(1);
  });

  test('has no avatar told of twice, and loses none', async () => {
    const world = new TrainingWorld();
    world.database.live('worker-1');
    const { id } = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(id);
    world.transport.meanwhile = async () => {
      world.clock.jump(jump);
      await world.sweep.execute();
      await world.run('worker-2');
    };
    await world.run();
    world.clock.advance(15);
    await world.sweep.execute();
    await world.run('worker-2');
    expect(await world.training(id)).toMatchObject({ status: 'ready', announcedAt: expect.any(Date) });
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  test('has no training bought twice, and loses none', async () => {
    const world = new TrainingWorld();
    world.database.live('worker-1');
    const { id } = await world.requested();
    world.trainer.onSubmit = async () => {
      world.trainer.onSubmit = null;
      world.clock.jump(jump);
      await world.sweep.execute();
      await world.run('worker-2');
    };
    await world.run();
    world.clock.advance(15);
    await world.sweep.execute();
    await world.run('worker-2');
    expect((await world.training(id)).status).toBe('training');
    expect(world.trainer.bought).toHaveLength(1);
  });
});
