import { expect, test } from 'vitest';
import { GenerationWorld } from './generation-world.js';

const hours = (count: number) => count * 3600;

test.each([hours(2), hours(-2), hours(48)])(
  'a clock that is set by %i s ends nothing that runs',
  async (jump) => {
    const world = new GenerationWorld();
    const { id, ticket } = await world.submitted();
    await world.pass(15);
    world.clock.jump(jump);
    // Asked once more, at once.
    const before = world.generator.checked;
    await world.pass(2);
    expect(world.generator.checked).toBeGreaterThan(before);
    await world.state(id, 'submitted');
    world.generator.finish(ticket);
    await world.pass(15);
    await world.state(id, 'delivered');
  },
);

test.each([hours(2), hours(-2)])(
  'a start on a machine whose clock is %i s off ends nothing',
  async (jump) => {
    const world = new GenerationWorld();
    const { id } = await world.submitted();
    await world.pass(15, 'worker-1');
    world.clock.jump(jump);
    await world.pass(15, 'worker-2');
    await world.pass(15, 'worker-2');
    await world.state(id, 'submitted');
  },
);

test('the deadline comes after the time that was seen, however often the clock is set', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  let seconds = 0;
  for (; seconds < 585; seconds += 15) {
    world.clock.jump(seconds % 2 === 0 ? hours(3) : hours(-3));
    await world.pass(15);
  }
  await world.state(id, 'submitted');
  await world.pass(15);
  await world.pass(15);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'timeout' } });
});

test('a doubtful submit is not bought again because the clock was set', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.meanwhile = () => Promise.reject(new Error('kill -9'));
  await expect(world.run()).rejects.toThrow('kill -9');
  await world.pass(61, 'worker-2');
  expect(await world.state(id, 'submitting')).toMatchObject({ doubts: 1 });
  world.clock.jump(hours(2));
  await world.pass(2, 'worker-2');
  await world.pass(15, 'worker-2');
  expect(await world.state(id, 'submitting')).toMatchObject({ submits: 1 });
});

test('a doubt that one process has and another decides about lasts no longer for it', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.failNextSubmit('in_doubt');
  await world.run('worker-1');
  let seconds = 0;
  for (; (await world.state(id, 'submitting')).submits === 1 && seconds < 300; seconds += 5) {
    await world.pass(5, 'worker-2');
    if ((await world.stores.generations.find(id))?.status !== 'submitting') break;
  }
  // 30 s, and twice what the preset takes.
  expect(seconds).toBeLessThan(170);
  await world.state(id, 'submitted');
});
