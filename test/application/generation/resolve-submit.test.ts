import { expect, test } from 'vitest';
import { eventOf, failedWith } from '../../support/builders/provider-events.js';
import { GenerationWorld } from './generation-world.js';

/** fal took the order and its answer was lost. */
async function doubtful(world: GenerationWorld) {
  const id = await world.accepted();
  world.generator.failNextSubmit('in_doubt');
  await world.run();
  return id;
}

test('where no webhook can come a doubtful submit is bought again at once, and only once', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.failNextSubmit('in_doubt');
  world.generator.failNextSubmit('in_doubt');
  await world.run();
  await world.pass(60);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'lost' }, doubts: 2 });
  expect(world.generator.bought).toHaveLength(2);
  expect(world.metrics).toMatchObject({ ambiguousSubmits: 2, repeatedPurchases: 1, failures: ['lost'] });
  expect(world.transport.of('ended')).toHaveLength(1);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test('the second purchase arrives, and is charged once', async () => {
  const world = new GenerationWorld();
  const id = await doubtful(world);
  const { ticket } = await world.state(id, 'submitted');
  expect(ticket).toBe('ticket-2');
  world.generator.finish(ticket);
  await world.pass(2);
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
});

test('where a webhook can come a doubtful submit waits for it before it is bought again', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await doubtful(world);
  // 30 s and twice what the preset may take: 100 s.
  for (let waited = 0; waited < 95; waited += 5) await world.pass(5);
  expect(await world.state(id, 'submitting')).toMatchObject({ doubts: 1 });
  expect(world.generator.bought).toHaveLength(1);
  await world.pass(5);
  await world.state(id, 'submitted');
  expect(world.generator.bought).toHaveLength(2);
  expect(world.metrics).toMatchObject({ ambiguousSubmits: 1, repeatedPurchases: 1 });
});

test('that wait begins with the doubt, however long an upload before the submit took', async () => {
  const world = new GenerationWorld({ webhooks: true });
  world.generator.meanwhile = async () => world.clock.advance(50);
  const id = await doubtful(world);
  for (let waited = 0; waited < 95; waited += 5) await world.pass(5);
  expect(await world.state(id, 'submitting')).toMatchObject({ doubts: 1 });
  expect(world.generator.bought).toHaveLength(1);
  await world.pass(5);
  await world.state(id, 'submitted');
  expect(world.generator.bought).toHaveLength(2);
});

test('news adopts the doubtful submit: nothing is bought again', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await doubtful(world);
  world.clock.advance(20);
  await world.webhook.execute(eventOf(await world.state(id, 'submitting'), { ticket: 'ticket-1' }));
  await world.run();
  expect(await world.state(id, 'delivered')).toMatchObject({ ticket: 'ticket-1' });
  expect(world.generator.bought).toHaveLength(1);
  expect(await world.credits()).toEqual({ balance: 95, held: 0 });
});

test('news of a failure settles a doubtful submit too', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await doubtful(world);
  const state = await world.state(id, 'submitting');
  await world.webhook.execute(eventOf(state, { outcome: failedWith('content_policy') }));
  await world.run();
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'content_policy' } });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

/** The process died between the write and the answer: its lease stands and nobody will say more. */
async function crashed(world: GenerationWorld) {
  const id = await world.accepted();
  world.generator.meanwhile = () => Promise.reject(new Error('kill -9'));
  await expect(world.run()).rejects.toThrow('kill -9');
  return id;
}

test('a process that died while submitting leaves a doubt, taken up when its lease is over', async () => {
  const world = new GenerationWorld();
  const id = await crashed(world);
  await world.pass(59, 'worker-2');
  await world.state(id, 'submitting');
  await world.pass(2, 'worker-2');
  expect(await world.state(id, 'submitted')).toMatchObject({ submits: 2, doubts: 1 });
  expect(world.metrics).toMatchObject({ ambiguousSubmits: 1, repeatedPurchases: 1 });
});

test('a process known to be dead leaves its doubts to others at once', async () => {
  const world = new GenerationWorld();
  await world.registry.join('worker-1');
  const id = await crashed(world);
  world.registry.kill('worker-1');
  await world.pass(3, 'worker-2');
  await world.state(id, 'submitted');
});

test('with webhooks a process that died while submitting is waited for as well', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await crashed(world);
  await world.pass(61, 'worker-2');
  expect(await world.state(id, 'submitting')).toMatchObject({ doubts: 1 });
  await world.webhook.execute(eventOf(await world.state(id, 'submitting'), { ticket: 'ticket-1' }));
  await world.run('worker-2');
  await world.state(id, 'delivered');
  expect(world.generator.bought).toHaveLength(0);
});

test('two processes decide about a doubt once', async () => {
  const world = new GenerationWorld();
  const id = await crashed(world);
  world.clock.advance(61);
  const workers = ['worker-2', 'worker-3'].map((worker) => world.stepsOf(worker).resolve.execute(id));
  await Promise.all(workers);
  await world.run('worker-2');
  expect(world.generator.bought).toHaveLength(1);
  expect(world.metrics.ambiguousSubmits).toBe(1);
});

test('a doubt about a job that was called off is none', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await doubtful(world);
  await world.cancelling.execute({ id }, { owner: (await world.state(id, 'submitting')).owner });
  await world.pass(200);
  expect(world.generator.bought).toHaveLength(1);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test('a job that is called off while it is decided about stays so', async () => {
  const world = new GenerationWorld();
  const id = await crashed(world);
  world.clock.advance(61);
  const { owner } = await world.state(id, 'submitting');
  await Promise.all([
    world.stepsOf('worker-2').resolve.execute(id),
    world.cancelling.execute({ id }, { owner }),
  ]);
  await world.run();
  await world.state(id, 'cancelled');
  expect(world.metrics).toMatchObject({ repeatedPurchases: 0, failures: [] });
});
