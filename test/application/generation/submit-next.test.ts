import { expect, test, vi } from 'vitest';
import { referenceOf } from '../../../src/domain/generation/generation.js';
import { submitting } from '../../../src/domain/generation/generation-transitions.js';
import { userId } from '../../../src/domain/ids.js';
import { doneWith } from '../../fakes/fake-image-generator.js';
import { givenAvatar, givenGeneration, givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { eventOf } from '../../support/builders/provider-events.js';
import { GenerationWorld } from './generation-world.js';

test('an accepted request is bought once, under its own name, and watched', async () => {
  const world = new GenerationWorld();
  const { id, ticket, order } = await world.submitted();
  const state = await world.state(id, 'submitted');
  expect(world.generator.bought).toMatchObject([
    { ticket, order, reference: referenceOf(state), label: 'balanced' },
  ]);
  expect(world.watched).toMatchObject([{ id, ticket }]);
  expect(await world.credits()).toEqual({ balance: 95, held: 5 });
  expect(world.metrics.leftStates.map(({ status }) => status)).toEqual(['accepted', 'submitting']);
});

test('the intent stands in the database before the provider is called', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  let seen: string | undefined;
  world.generator.meanwhile = async () => {
    seen = (await world.stores.generations.find(id))?.status;
  };
  await world.run();
  expect(seen).toBe('submitting');
});

test('what was surely not taken waits as long as the provider asks', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.failNextSubmit('not_taken', { retryAfter: 7 });
  await world.run();
  expect(await world.state(id, 'accepted')).toMatchObject({ submits: 1, doubts: 0 });
  await world.pass(6);
  expect(world.generator.bought).toHaveLength(0);
  await world.pass(1);
  expect(await world.state(id, 'submitted')).toMatchObject({ submits: 2 });
  expect(world.metrics.ambiguousSubmits).toBe(0);
});

test('without a word from the provider the pauses double up to a minute', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  const pauses: number[] = [];
  for (let count = 0; count < 8; count += 1) {
    world.generator.failNextSubmit('not_taken');
    await world.run();
    const { notBefore } = await world.state(id, 'accepted');
    pauses.push(((notBefore?.getTime() ?? 0) - world.clock.now().getTime()) / 1000);
    world.clock.set(notBefore ?? '');
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  await world.run();
  await world.state(id, 'submitted');
  expect(await world.credits()).toEqual({ balance: 95, held: 5 });
});

test('a refused key keeps jobs waiting, tells the operator once and shows in readiness', async () => {
  const world = new GenerationWorld({ inFlightPerUser: 5 });
  const id = await world.accepted();
  await world.request();
  for (let count = 0; count < 4; count += 1) world.generator.failNextSubmit('no_access');
  await world.run();
  await world.pass(30);
  expect(world.log.at('error')).toHaveLength(1);
  expect(world.health.complaint()).toContain('since 2026-01-01T12:00:00.000Z');
  expect(await world.state(id, 'accepted')).toMatchObject({ submits: 2 });
  expect(await world.credits()).toEqual({ balance: 90, held: 10 });
  await world.pass(30);
  await world.state(id, 'submitted');
  expect(world.health.complaint()).toBeNull();
});

test('a refused order fails with its reason, and the hold goes back', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.failNextSubmit('refused');
  await world.run();
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'refused_input' } });
  expect(world.transport.of('ended')).toMatchObject([{ generation: { id, status: 'failed' } }]);
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
  expect(world.metrics.failures).toEqual(['refused_input']);
});

test('news that overtook the answer is collected as soon as the ticket stands', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.meanwhile = async () =>
    world.webhook.execute(eventOf(await world.state(id, 'submitting'), { ticket: 'ticket-1' }));
  await world.run();
  await world.state(id, 'delivered');
  expect(world.generator.checks).toBe(0);
});

test('a job that was called off while it was submitted is stopped at the provider', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.meanwhile = () => world.cancelling.execute({ id }, { owner: someone });
  await world.run();
  expect(world.generator.cancelled).toEqual(['ticket-1']);
  await world.state(id, 'cancelled');
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test.each(['not_taken', 'in_doubt', 'refused', 'no_access', 'endpoint_gone'] as const)(
  'a job that was called off meanwhile stays so when its submit ends as %s',
  async (trouble) => {
    const world = new GenerationWorld();
    const id = await world.accepted();
    world.generator.failNextSubmit(trouble);
    world.generator.meanwhile = () => world.cancelling.execute({ id }, { owner: someone });
    await world.run();
    await world.state(id, 'cancelled');
    expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
    expect(world.metrics.failures).toEqual([]);
  },
);

test('a ticket that comes while the database is away is written down when it is back', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.meanwhile = async () => world.database.goAway(3);
  await world.run();
  expect(await world.state(id, 'submitted')).toMatchObject({ ticket: 'ticket-1' });
  await world.pass(61);
  expect(world.generator.bought).toHaveLength(1);
  expect(world.metrics.ambiguousSubmits).toBe(0);
});

test('the picture of an upscale may take minutes to upload: nobody doubts its submit meanwhile', async () => {
  const world = new GenerationWorld();
  await givenUser(world.stores, { id: someone });
  const order = {
    endpoint: 'fal-ai/clarity-upscaler',
    prompt: '',
    source: 'images/1.jpg',
    factor: 2,
  } as const;
  const { id } = await givenGeneration(world.stores, { status: 'accepted', price: 0, order });
  world.generator.meanwhile = async () => {
    world.clock.advance(150);
    await world.sweep.execute();
    await world.stepsOf('worker-2').resolve.execute(id);
  };
  await world.stepsOf('worker-1').submit.execute();
  await world.state(id, 'submitted');
  expect(world.metrics.ambiguousSubmits).toBe(0);
});

test('an answer that comes after the lease ran out still keeps its ticket', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.meanwhile = async () => {
    world.clock.advance(61);
    await world.stepsOf('worker-2').resolve.execute(id);
  };
  await world.run();
  expect(await world.state(id, 'submitted')).toMatchObject({ ticket: 'ticket-1', submits: 1 });
  await world.pass(300);
  expect(world.generator.bought).toHaveLength(1);
});

test('an answer that comes after the order was bought again is called off', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.meanwhile = async () => {
    world.clock.advance(61);
    await world.stepsOf('worker-2').resolve.execute(id);
    await world.stepsOf('worker-2').submit.execute();
  };
  await world.run();
  expect(await world.state(id, 'submitted')).toMatchObject({ ticket: 'ticket-1', submits: 2 });
  expect(world.generator.cancelled).toEqual(['ticket-2']);
  expect(world.metrics.repeatedPurchases).toBe(1);
});

test('an answer to the submit before is not taken for that of the one under way', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.meanwhile = async () => {
    const now = world.clock.advance(61);
    await world.stepsOf('worker-2').resolve.execute(id);
    const second = submitting(await world.state(id, 'accepted'), now);
    await world.stores.generations.save(second, { status: 'accepted' }, { checkAfter: now });
  };
  world.database.takeJobs();
  await world.stepsOf().submit.execute();
  await world.state(id, 'submitting');
  expect(world.database.queued.map(({ job }) => job)).toContainEqual({
    task: 'cancel-at-provider',
    ticket: 'ticket-1',
  });
});

test('an answer that a webhook has told before is not called off', async () => {
  const world = new GenerationWorld({ webhooks: true });
  const id = await world.accepted();
  world.generator.meanwhile = async () => {
    world.clock.advance(61);
    const state = await world.state(id, 'submitting');
    await world.webhook.execute(eventOf(state, { ticket: 'ticket-1', outcome: null }));
    await world.stepsOf('worker-2').resolve.execute(id);
  };
  world.generator.endings = (bought) => doneWith(bought);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.generator.cancelled).toEqual([]);
});

test('no more run at once than the limits allow, of one person and in total', async () => {
  const world = new GenerationWorld({ inFlightTotal: 3, inFlightPerUser: 2 });
  const other = await world.person(100, userId('77'));
  await world.person();
  for (let count = 0; count < 4; count += 1) await world.request();
  await world.run();
  expect(world.generator.bought).toHaveLength(2);
  for (let count = 0; count < 4; count += 1) await world.request({ owner: other });
  await world.run();
  expect(world.generator.bought).toHaveLength(3);
  world.generator.finish('ticket-1');
  await world.pass(15);
  expect(world.generator.bought).toHaveLength(4);
});

test('where there is no room nobody looks closer, for which all others who buy would wait', async () => {
  const world = new GenerationWorld({ inFlightTotal: 1 });
  await world.person();
  await world.request();
  await world.run();
  await world.request();
  const transactions = vi.spyOn(world.database, 'transaction');
  await world.run();
  expect(world.generator.bought).toHaveLength(1);
  expect(transactions).not.toHaveBeenCalled();
});

test('one person with many jobs does not starve another with one', async () => {
  const world = new GenerationWorld({ inFlightTotal: 1, openPerUser: 60 });
  const other = await world.person(100, userId('77'));
  await world.person(300);
  for (let count = 0; count < 50; count += 1) await world.request();
  await world.run();
  const late = await world.request({ owner: other });
  for (const ticket of ['ticket-1', 'ticket-2']) {
    world.generator.finish(ticket);
    await world.pass(15);
  }
  const references = world.generator.bought.map(({ reference }) => reference);
  expect(references).toHaveLength(3);
  expect(references).toContain(`generation:${late.id}:1`);
});

test('a spare token buys all that may begin, in place of each token that was lost; another buys one', async () => {
  const world = new GenerationWorld();
  for (const name of ['2', '3', '4']) {
    const owner = userId(name);
    await givenUser(world.stores, { id: owner, credits: 100 });
    await givenAvatar(world.stores, { owner, isMain: true });
    await world.request({ owner });
  }
  world.database.takeJobs(world.clock.now());
  await world.stores.jobs.add({ task: 'submit-next' });
  await world.run();
  expect(world.generator.bought).toHaveLength(1);
  await world.stores.jobs.add({ task: 'submit-next', spare: 0 });
  await world.run();
  expect(world.generator.bought).toHaveLength(3);
});
