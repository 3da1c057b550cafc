import { expect, test } from 'vitest';
import { done, eventOf, failedWith } from '../../support/builders/provider-events.js';
import { GenerationWorld } from './generation-world.js';

const settled = ['grant 100', 'hold -5', 'release 5', 'capture -5'];

/** fal took the order, its answer was lost, no news came in time: it is bought again. `ticket-1` is the first. */
async function boughtTwice(world: GenerationWorld) {
  const id = await world.accepted();
  world.generator.failNextSubmit('in_doubt');
  await world.run();
  const first = eventOf(await world.state(id, 'submitting'), { ticket: 'ticket-1' });
  return { id, first, waitIsOver: () => world.pass(100) };
}

test('the first of two purchases comes first: it is delivered and charged once, the second is called off', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first, waitIsOver } = await boughtTwice(world);
  await waitIsOver();
  const { ticket } = await world.state(id, 'submitted');
  expect(ticket).toBe('ticket-2');
  await world.webhook.execute(first);
  await world.run();
  expect(await world.state(id, 'delivered')).toMatchObject({ ticket: 'ticket-1' });
  expect(world.generator.cancelled).toEqual(['ticket-2']);
  expect(await world.entries()).toEqual(settled);
  expect(world.metrics).toMatchObject({ repeatedPurchases: 1, firstPurchasesFound: 1 });
});

test('the second comes first: what the first brings later changes nothing', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first, waitIsOver } = await boughtTwice(world);
  await waitIsOver();
  await world.webhook.execute(eventOf(await world.state(id, 'submitted')));
  expect(await world.webhook.execute(first)).toBe(true);
  await world.run();
  expect(await world.state(id, 'delivered')).toMatchObject({ ticket: 'ticket-2' });
  expect(world.generator.cancelled).toEqual([]);
  expect(await world.entries()).toEqual(settled);
});

test('news of the second is taken note of after the first has won', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first, waitIsOver } = await boughtTwice(world);
  await waitIsOver();
  const second = eventOf(await world.state(id, 'submitted'));
  await world.webhook.execute(first);
  await world.run();
  expect(await world.webhook.execute(second)).toBe(true);
  await world.pass(60);
  await world.state(id, 'delivered');
  expect(world.transport.of('result')).toHaveLength(1);
  expect(await world.entries()).toEqual(settled);
});

test('news that comes while the job waits to be bought again saves the second purchase', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first } = await boughtTwice(world);
  world.clock.advance(100);
  await world.stepsOf().resolve.execute(id);
  await world.state(id, 'accepted');
  await world.webhook.execute(first);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.generator.bought).toHaveLength(1);
  expect(await world.entries()).toEqual(settled);
});

test('so does news that comes after the second purchase was surely not made', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first } = await boughtTwice(world);
  world.clock.advance(100);
  world.generator.failNextSubmit('not_taken', { retryAfter: 30 });
  await world.run();
  await world.state(id, 'accepted');
  await world.webhook.execute(first);
  await world.pass(30);
  await world.state(id, 'delivered');
  expect(world.generator.bought).toHaveLength(1);
  expect(await world.entries()).toEqual(settled);
});

test('news that comes while it is bought again is used as soon as the second ticket stands', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first } = await boughtTwice(world);
  world.clock.advance(100);
  world.generator.meanwhile = () => world.webhook.execute(first);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.generator.cancelled).toEqual(['ticket-2']);
});

test('news of the first settles the doubt about the second', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first } = await boughtTwice(world);
  world.clock.advance(100);
  world.generator.failNextSubmit('in_doubt');
  await world.run();
  expect(await world.state(id, 'submitting')).toMatchObject({ doubts: 2 });
  await world.webhook.execute(first);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.metrics.failures).toEqual([]);
});

test.each([
  ['a failure', failedWith('provider_error')],
  ['withheld pictures', done({ flagged: [true] })],
  ['nothing', null],
])('%s of the first does not end the second', async (_, outcome) => {
  const world = new GenerationWorld({ webhooks: true });
  const { id, first, waitIsOver } = await boughtTwice(world);
  await waitIsOver();
  await world.webhook.execute({ ...first, outcome });
  await world.run();
  expect(await world.state(id, 'submitted')).toMatchObject({ ticket: 'ticket-2' });
});

test.each(['before', 'after'])(
  'news of the run before is not taken for that of a job started over %s it',
  async (when) => {
    const world = new GenerationWorld({ webhooks: true });
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket, failedWith('provider_error'));
    const first = eventOf(await world.state(id, 'submitted'));
    await world.pass(15);
    if (when === 'after') await world.webhook.execute(first);
    await world.replaying.execute(id, { admin: 'cli' });
    await world.run();
    if (when === 'before') await world.webhook.execute(first);
    await world.run();
    expect(await world.state(id, 'submitted')).toMatchObject({ ticket: 'ticket-2' });
  },
);
