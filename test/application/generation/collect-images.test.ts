import { expect, test } from 'vitest';
import { doneWith } from '../../fakes/fake-image-generator.js';
import { secondsLater, someone } from '../../support/builders/ids.js';
import { done, eventOf, failedWith } from '../../support/builders/provider-events.js';
import { GenerationWorld } from './generation-world.js';

const settled = ['grant 100', 'hold -5', 'release 5', 'capture -5'];

test('a finished job is brought home, charged and handed over', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  await world.pass(15);
  expect(await world.state(id, 'delivered')).toMatchObject({ imageCount: 1, flagged: 0, seed: 42n });
  const [image] = await world.stores.images.ofGeneration(id);
  expect(image).toMatchObject({ owner: someone, position: 0, width: 8, contentType: 'image/jpeg' });
  expect([...world.media.files.keys()]).toEqual(
    expect.arrayContaining([image?.mediaKey, image?.thumbnailKey]),
  );
  expect(await world.entries()).toEqual(settled);
});

test('of n images asked for, n are delivered and charged', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted({ overrides: { count: 4 } });
  expect(await world.credits()).toEqual({ balance: 80, held: 20 });
  world.generator.finish(ticket);
  await world.pass(15);
  expect(world.transport.of('result')[0]?.images.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual(['grant 100', 'hold -20', 'release 20', 'capture -20']);
  // The gallery begins with the latest.
  const everything = { owner: someone, filter: {}, now: world.clock.now() };
  const page = await world.stores.gallery.older(everything, 10);
  expect(page.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
});

test('flagged images are neither fetched nor charged; the others are delivered', async () => {
  const world = new GenerationWorld({ rerollBlocked: true });
  const { id, ticket, order } = await world.submitted({ overrides: { count: 4 } });
  world.generator.finish(ticket, doneWith({ ticket, order }, { flagged: [1, 3] }));
  await world.pass(15);
  expect(await world.state(id, 'delivered')).toMatchObject({ imageCount: 2, flagged: 2 });
  expect(world.transport.of('result')[0]?.images).toHaveLength(2);
  expect(world.media.files.size).toBe(4);
  expect(await world.entries()).toEqual(['grant 100', 'hold -20', 'release 20', 'capture -10']);
});

test('fewer images than asked for are charged as they came, more than asked for are not', async () => {
  const world = new GenerationWorld({ inFlightPerUser: 5 });
  const fewer = await world.submitted({ overrides: { count: 4 } });
  const more = await world.request();
  await world.run();
  world.generator.finish(fewer.ticket, done({ flagged: [false, false, false] }));
  world.generator.finish('ticket-2', done({ flagged: [false, false, false] }));
  await world.pass(15);
  expect(await world.state(fewer.id, 'delivered')).toMatchObject({ imageCount: 3 });
  expect(await world.state(more.id, 'delivered')).toMatchObject({ imageCount: 1 });
  expect(await world.credits()).toEqual({ balance: 80, held: 0 });
});

test('when all are flagged the job is blocked and costs nothing', async () => {
  const world = new GenerationWorld();
  const { id, ticket, order } = await world.submitted({ overrides: { count: 2 } });
  world.generator.finish(ticket, doneWith({ ticket, order }, { flagged: [0, 1] }));
  await world.pass(15);
  await world.state(id, 'blocked');
  expect(world.transport.of('ended')).toMatchObject([{ generation: { status: 'blocked' } }]);
  expect(world.media.files.size).toBe(0);
  expect(await world.entries()).toEqual(['grant 100', 'hold -10', 'release 10']);
});

test('if the operator allows it a blocked job is rolled again once, with another seed', async () => {
  const world = new GenerationWorld({ rerollBlocked: true });
  const { id, ticket, order } = await world.submitted();
  world.generator.finish(ticket, doneWith({ ticket, order }, { flagged: [0] }));
  await world.pass(15);
  const again = await world.state(id, 'submitted');
  expect(again).toMatchObject({ rerolls: 1, order: { ...order, seed: expect.any(Number) } });
  expect(again.order.seed).not.toBe(order.seed);
  expect(world.transport.of('ended')).toEqual([]);
  world.generator.finish(again.ticket, doneWith(again, { flagged: [0] }));
  await world.pass(15);
  await world.state(id, 'blocked');
  expect(world.generator.bought).toHaveLength(2);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test.each(['content_policy', 'no_media', 'file_unavailable', 'provider_error', 'timeout'] as const)(
  'a job that ended with %s reaches the person as such, and the credits come back',
  async (kind) => {
    const world = new GenerationWorld();
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket, failedWith(kind));
    await world.pass(15);
    await world.pass(60);
    expect(world.transport.of('ended')).toMatchObject([{ generation: { id, failure: { kind } } }]);
    expect(world.metrics.failures).toEqual([kind]);
    expect(world.generator.checks).toBe(1);
    expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
  },
);

test('what the provider says of a refused prompt stands in the row, not in the log', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket, failedWith('content_policy', 'no: me in a bathtub'));
  await world.pass(15);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { detail: 'no: me in a bathtub' } });
  expect(world.log.at('warn')).toContain('failed');
  expect(JSON.stringify(world.log.lines)).not.toContain('bathtub');
});

test('half a minute of errors while asking: the image still arrives', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  for (let count = 0; count < 15; count += 1) world.generator.failNextCheck();
  world.generator.finish(ticket);
  for (let seconds = 0; seconds < 30; seconds += 2) await world.pass(2);
  await world.state(id, 'submitted');
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual(settled);
});

test('a question is asked again no sooner than the provider allows', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.generator.failNextCheck('not_taken', 40);
  await world.pass(15);
  expect(world.generator.checks).toBe(1);
  await world.pass(39);
  expect(world.generator.checks).toBe(1);
  await world.pass(1);
  await world.state(id, 'delivered');
});

test('who could not ask does not give a job up, however long it lasts', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.generator.failNextCheck('no_access');
  world.clock.advance(3600);
  await world.pass(0);
  expect(world.health.complaint()).not.toBeNull();
  world.generator.failNextCheck();
  await world.pass(30);
  await world.state(id, 'submitted');
  await world.pass(30);
  await world.state(id, 'delivered');
  expect(world.metrics.failures).toEqual([]);
});

test('who cannot ask for a day gives up', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  world.generator.failNextCheck();
  await world.pass(86_401);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'timeout' } });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

test('a job that fal has forgotten is asked about for an hour, then given up and released', async () => {
  const world = new GenerationWorld();
  const { id } = await world.submitted();
  world.generator.failNextCheck('endpoint_gone');
  await world.pass(3590);
  await world.state(id, 'submitted');
  world.generator.failNextCheck('endpoint_gone');
  await world.pass(15);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'lost' } });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

test('a job that never ends is given up at its deadline, stopped at the provider and released', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  await world.pass(585);
  await world.state(id, 'submitted');
  await world.pass(15);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'timeout' }, ticket });
  expect(world.generator.cancelled).toEqual([ticket]);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test('two processes collect a job once', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  await Promise.all(['worker-1', 'worker-2'].map((worker) => world.stepsOf(worker).collect.execute(id)));
  expect(world.generator.checks).toBe(1);
  await world.run();
  expect(await world.stores.images.ofGeneration(id)).toHaveLength(1);
});

test('a process that lost its lease may not end the job of the one that has it', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.meanwhile = async () => {
    const now = world.clock.advance(61);
    const lease = { owner: 'worker-2', until: secondsLater(60, now) };
    await world.stores.generations.acquire(id, 'submitted', lease, now);
  };
  world.generator.finish(ticket, failedWith('provider_error'));
  await world.stepsOf().collect.execute(id);
  await world.state(id, 'submitted');
});

test('a process that lost its lease while collecting changes nothing any more', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.generator.meanwhile = async () => {
    world.clock.advance(61);
    await world.stepsOf('worker-2').collect.execute(id);
  };
  await world.pass(15);
  expect(await world.stores.images.ofGeneration(id)).toHaveLength(1);
  expect(world.transport.of('result')).toHaveLength(1);
  expect(await world.entries()).toEqual(settled);
});

test('progress is written down and shown, and showing it may fail', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.progress(ticket, { kind: 'pending', phase: 'queued', position: 3 });
  await world.pass(15);
  expect(world.transport.of('progress')).toMatchObject([{ pending: { phase: 'queued', position: 3 } }]);
  expect(await world.stores.generations.progressOf(id)).toMatchObject({ phase: 'queued', position: 3 });
  world.transport.failNext(new Error('flooded'));
  world.generator.progress(ticket, { kind: 'pending', phase: 'running', position: null });
  await world.pass(15);
  await world.state(id, 'submitted');
  expect(world.watched).toHaveLength(3);
});

test('news that a webhook brought needs no question', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  await world.webhook.execute(eventOf(state));
  await world.run();
  await world.state(state.id, 'delivered');
  expect(world.generator.checks).toBe(0);
});
