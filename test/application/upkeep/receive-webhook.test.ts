import { expect, test } from 'vitest';
import { done, eventOf, failedWith } from '../../support/builders/provider-events.js';
import { GenerationWorld } from '../generation/generation-world.js';

test('the same news twice has one effect', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  await world.webhook.execute(eventOf(state));
  await world.webhook.execute(eventOf(state));
  await world.run();
  await world.webhook.execute(eventOf(state));
  await world.pass(60);
  expect(world.transport.of('result')).toHaveLength(1);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
});

test('an ERROR twice fails the job once', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  const event = eventOf(state, { outcome: failedWith('provider_error') });
  for (let count = 0; count < 3; count += 1) {
    await world.webhook.execute(event);
    await world.run();
  }
  expect(await world.state(state.id, 'failed')).toMatchObject({ failure: { kind: 'provider_error' } });
  expect(world.transport.of('ended')).toHaveLength(1);
  expect(world.metrics.failures).toEqual(['provider_error']);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test('of two kinds of news about one request the first counts', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  await world.webhook.execute(eventOf(state, { outcome: done() }));
  await world.webhook.execute(eventOf(state, { outcome: failedWith('provider_error') }));
  await world.run();
  await world.state(state.id, 'delivered');
});

test('news without the result makes us ask for it', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  world.generator.finish(state.ticket);
  await world.webhook.execute(eventOf(state, { outcome: null }));
  await world.run();
  await world.state(state.id, 'delivered');
  expect(world.generator.checks).toBe(1);
});

test('news of a submit whose worker is paused is adopted at once: nobody waits for that worker', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.meanwhile = async () => {
    await world.webhook.execute(eventOf(await world.state(id, 'submitting'), { ticket: 'ticket-1' }));
    // Another one takes the steps that are left, while the first has no time at all.
    await world.run('worker-2');
    await world.state(id, 'delivered');
  };
  await world.run();
  await world.state(id, 'delivered');
  expect(world.generator.cancelled).toEqual([]);
  expect(world.transport.of('result')).toHaveLength(1);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
});

test('news of nothing we know changes nothing', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  for (const reference of ['', 'generation', 'generation:', 'order:1:1', 'generation:nobody:1'])
    await world.webhook.execute(eventOf(state, { reference, requestId: `request ${reference}` }));
  await world.run();
  await world.state(state.id, 'submitted');
  expect(await world.stores.webhookInbox.byTicket(state.ticket)).toBeNull();
});

test('news of a job that has ended is kept without a step', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const state = await world.submitted();
  await world.cancelling.execute({ id: state.id }, state);
  await world.run();
  await world.webhook.execute(eventOf(state));
  expect(world.database.queued).toEqual([]);
  await world.state(state.id, 'cancelled');
});
