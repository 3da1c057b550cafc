import { expect, test } from 'vitest';
import { type Training, trainingReference } from '../../../src/domain/training/training.js';
import { someone } from '../../support/builders/ids.js';
import { failedWith } from '../../support/builders/provider-events.js';
import { policy, TrainingWorld } from './training-world.js';

const chargedOnce = { balance: 50, held: 0 };

async function pass(world: TrainingWorld, seconds: number) {
  for (let rest = seconds; rest > 0; rest -= 15) {
    world.clock.advance(Math.min(rest, 15));
    await world.sweep.execute();
    await world.run();
  }
}

/** fal took the training, its answer was lost, no news came in time: it is bought again. Ticket 1 is the first. */
async function boughtTwice() {
  const world = new TrainingWorld({ ...policy, webhooks: true });
  const { id } = await world.requested();
  world.trainer.failNextSubmit('in_doubt');
  await world.run();
  return { world, id, first: eventOf(await world.training(id), 'training-ticket-1') };
}

const eventOf = (training: Training, ticket: string) => ({
  ticket,
  requestId: ticket,
  reference: trainingReference(training),
  outcome: null,
});

/** Longer than a doubt waits for its news. */
const waitIsOver = 1500;

test('the first of two purchases comes first: its weights are taken, charged once, and the second is called off', async () => {
  const { world, id, first } = await boughtTwice();
  await pass(world, waitIsOver);
  expect(await world.training(id)).toMatchObject({ status: 'training', ticket: 'training-ticket-2' });
  world.trainer.finish('training-ticket-1');
  expect(await world.webhook.execute(first)).toBe(true);
  await world.run();
  expect(await world.training(id)).toMatchObject({ status: 'ready', ticket: 'training-ticket-1' });
  expect(world.trainer.cancelled).toEqual(['training-ticket-2']);
  expect(world.trainer.bought).toHaveLength(2);
  expect(world.transport.of('avatar-ready')).toHaveLength(1);
  expect(await world.stores.ledger.account(someone)).toEqual(chargedOnce);
  expect(world.metrics).toMatchObject({ repeatedPurchases: 1, firstPurchasesFound: 1 });
});

test('the second comes first: what the first brings later changes nothing', async () => {
  const { world, id, first } = await boughtTwice();
  await pass(world, waitIsOver);
  world.trainer.finish('training-ticket-2');
  await world.webhook.execute(eventOf(await world.training(id), 'training-ticket-2'));
  world.trainer.finish('training-ticket-1');
  expect(await world.webhook.execute(first)).toBe(true);
  await world.run();
  expect(await world.training(id)).toMatchObject({ status: 'ready', ticket: 'training-ticket-2' });
  expect(world.trainer.cancelled).toEqual([]);
  expect(await world.stores.ledger.account(someone)).toEqual(chargedOnce);
});

test('news that comes while the training waits to be bought again saves the second purchase', async () => {
  const { world, id, first } = await boughtTwice();
  world.trainer.failNextUpload('not_taken');
  for (let waited = 0; (await world.training(id)).status !== 'accepted'; waited += 15) {
    expect(waited).toBeLessThan(waitIsOver);
    await pass(world, 15);
  }
  world.trainer.finish('training-ticket-1');
  await world.webhook.execute(first);
  await pass(world, 60);
  expect(await world.training(id)).toMatchObject({ status: 'ready', ticket: 'training-ticket-1' });
  expect(world.trainer.bought).toHaveLength(1);
  expect(await world.stores.ledger.account(someone)).toEqual(chargedOnce);
});

test('news of the first settles the doubt about the second', async () => {
  const { world, id, first } = await boughtTwice();
  world.trainer.failNextSubmit('in_doubt');
  await pass(world, waitIsOver - 300);
  expect(await world.training(id)).toMatchObject({ status: 'submitting', doubts: 2 });
  world.trainer.finish('training-ticket-1');
  await world.webhook.execute(first);
  await world.run();
  expect(await world.training(id)).toMatchObject({ status: 'ready', ticket: 'training-ticket-1' });
  expect(world.metrics.failures).toEqual([]);
});

test.each([
  ['a failure', failedWith('provider_error')],
  ['an end without weights', null],
])('%s of the first does not end the second', async (_, outcome) => {
  const { world, id, first } = await boughtTwice();
  await pass(world, waitIsOver);
  world.trainer.finish('training-ticket-1', failedWith('provider_error'));
  await world.webhook.execute({ ...first, outcome });
  await world.run();
  expect(await world.training(id)).toMatchObject({ status: 'training', ticket: 'training-ticket-2' });
  world.trainer.finish('training-ticket-2');
  await pass(world, 15);
  expect(await world.training(id)).toMatchObject({ status: 'ready', ticket: 'training-ticket-2' });
});

test('a fal that cannot be asked about the first keeps nobody from the second', async () => {
  const { world, id, first } = await boughtTwice();
  await pass(world, waitIsOver);
  world.trainer.failNextCheck('not_taken');
  world.trainer.finish('training-ticket-2');
  await world.webhook.execute(first);
  await world.run();
  expect(await world.training(id)).toMatchObject({ status: 'ready', ticket: 'training-ticket-2' });
});

test('news with a ticket that nobody bought is refused as long as there is no doubt', async () => {
  const world = new TrainingWorld({ ...policy, webhooks: true });
  const { id } = await world.requested();
  await world.run();
  expect(await world.webhook.execute(eventOf(await world.training(id), 'another'))).toBe(false);
});
