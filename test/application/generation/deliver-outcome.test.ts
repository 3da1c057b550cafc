import { expect, test } from 'vitest';
import { DeliveryDelayed } from '../../../src/application/ports/transport.js';
import { RecordingTransport } from '../../fakes/recording-transport.js';
import { GenerationWorld } from './generation-world.js';

/** A job whose images are here and whose delivery waits in the queue. */
async function collected(world: GenerationWorld) {
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.database.takeJobs();
  world.database.beginsSteps = false;
  await world.stepsOf().collect.execute(id);
  world.database.beginsSteps = true;
  return id;
}

test('the result comes with its images and its avatar, once', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  await world.run();
  await world.stepsOf().deliver.execute(id);
  await world.pass(100);
  expect(world.transport.of('result')).toMatchObject([
    { generation: { id }, images: [{ generation: id }], avatar: { name: 'Ada' } },
  ]);
  expect(await world.state(id, 'delivered')).toMatchObject({ deliveredAt: new Date('2026-01-01T12:00:00Z') });
});

test('tidying up waits until the hand-over is written down, and its failure sends nothing again', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  const seen: (string | undefined)[] = [];
  world.transport.tidyUp = async () => {
    seen.push((await world.database.stores.generations.find(id))?.status);
    throw new Error('the message is gone');
  };
  await world.run();
  await world.pass(400);
  expect(seen).toEqual(['delivered']);
  expect(world.transport.attempts).toBe(1);
});

test.each([
  ['when the hand-over is written down', false, 'delivered'],
  ['also when it cannot be', true, 'collected'],
])('the way in hears %s', async (_, isStale, status) => {
  const world = new GenerationWorld();
  const id = await collected(world);
  if (isStale) world.transport.meanwhile = () => world.stores.generations.dropLeases(['worker-1']);
  const heard = new Promise((resolve) => {
    world.transport.written = () => resolve(world.stores.generations.find(id));
  });
  await world.stepsOf().deliver.execute(id);
  expect(await heard).toMatchObject({ status });
});

test('the other side decides when to try again', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  world.transport.delayNext(37);
  await world.run();
  await world.pass(36);
  expect(world.transport.attempts).toBe(1);
  await world.state(id, 'collected');
  await world.pass(1);
  await world.state(id, 'delivered');
  expect(world.metrics.retriedDeliveries).toEqual(['test']);
});

test('without its word the tries come ever more rarely, but they come', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  const triedAt: number[] = [];
  for (let second = 0; second < 70; second += 1) {
    world.transport.failNext(new DeliveryDelayed('502', null));
    const before = world.transport.attempts;
    await world.run();
    if (world.transport.attempts > before) triedAt.push(second);
    world.clock.advance(1);
  }
  expect(triedAt).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
  await world.state(id, 'collected');
});

test('who blocked the bot keeps the images in the gallery, and the job is over', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  world.transport.blockNext();
  await world.run();
  await world.pass(400);
  await world.state(id, 'delivered');
  expect(world.transport.attempts).toBe(1);
  expect(await world.stores.images.ofGeneration(id)).toHaveLength(1);
  expect(await world.credits()).toEqual({ balance: 95, held: 0 });
});

test('a delivery that fails for a day is given up, its images stay', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  world.transport.delayNext().delayNext();
  world.clock.advance(86_399);
  await world.run();
  await world.state(id, 'collected');
  await world.pass(300);
  expect(world.transport.attempts).toBe(2);
  await world.state(id, 'delivered');
  await world.pass(600);
  expect(world.transport.attempts).toBe(2);
  expect(await world.stores.images.ofGeneration(id)).toHaveLength(1);
});

test('a process without the way in leaves the job to one that has it', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  world.transports = [new RecordingTransport('another')];
  await world.run();
  await world.pass(19);
  await world.state(id, 'collected');
  world.transports = [world.transport];
  await world.pass(1, 'worker-2');
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
});

test('two processes hand a result over once', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  await Promise.all(['worker-1', 'worker-2'].map((worker) => world.stepsOf(worker).deliver.execute(id)));
  expect(world.transport.of('result')).toHaveLength(1);
});

test('handing over may last four minutes: nobody else begins it', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  world.transport.meanwhile = async () => {
    for (let minute = 0; minute < 4; minute += 1) {
      world.clock.advance(60);
      await world.sweep.execute();
      await world.stepsOf('worker-2').deliver.execute(id);
    }
  };
  await world.stepsOf('worker-1').deliver.execute(id);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
});

test('what was handed over while the database was away is written down when it is back', async () => {
  const world = new GenerationWorld();
  const id = await collected(world);
  world.transport.meanwhile = async () => world.database.goAway(3);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
});

test('the end without images is told once, also when telling it fails at first', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.failNextSubmit('refused');
  world.transport.delayNext(5);
  await world.run();
  expect(await world.state(id, 'failed')).toMatchObject({ announcedAt: null });
  await world.pass(5);
  expect(await world.state(id, 'failed')).toMatchObject({ announcedAt: expect.any(Date) });
  await world.stepsOf().deliver.execute(id);
  await world.pass(100);
  expect(world.transport.of('ended')).toHaveLength(1);
});

test('news of an end that was handed over slowly does not undo what came of the job since', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.failNextSubmit('refused');
  world.generator.failNextSubmit('refused');
  world.transport.meanwhile = async () => {
    await world.replaying.execute(id, { admin: 'cli' });
    await world.stepsOf('worker-2').submit.execute();
  };
  await world.run();
  expect(await world.state(id, 'failed')).toMatchObject({ run: 1, submits: 2 });
});

test('a job that has nothing to tell yet is left alone', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  await world.stepsOf().deliver.execute(id);
  expect(world.transport.attempts).toBe(0);
});

/** Fetched by a process that goes on with handing it over. */
async function inHand(world: GenerationWorld) {
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.database.takeJobs();
  await world.stepsOf('worker-1').collect.execute(id);
  const [next] = world.database.takeJobs();
  if (next?.job.task !== 'deliver' || next.job.held === undefined) throw new Error('it was let go');
  return { id, held: next.job.held };
}

test('who has fetched it hands it over, and nobody else does meanwhile', async () => {
  const world = new GenerationWorld();
  const { id, held } = await inHand(world);
  await world.stepsOf('worker-2').deliver.execute(id);
  expect(world.transport.of('result')).toEqual([]);
  await world.stepsOf('worker-1').deliver.execute(id, held);
  await world.state(id, 'delivered');
  const [result] = world.transport.of('result');
  expect(result?.images).toEqual(await world.stores.images.ofGeneration(id));
  expect(result?.avatar?.id).toBe(result?.generation.avatar);
});

test('a process that dies with it in its hands leaves it to others', async () => {
  const world = new GenerationWorld();
  const { id } = await inHand(world);
  await world.stores.generations.dropLeases(['worker-1']);
  await world.pass(2, 'worker-2');
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
});

test('a process that was paused with it in its hands sends nothing once another has taken it', async () => {
  const world = new GenerationWorld();
  const { id, held } = await inHand(world);
  await world.stores.generations.dropLeases(['worker-1']);
  await world.pass(20, 'worker-2');
  await world.stepsOf('worker-1').deliver.execute(id, held);
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
});
