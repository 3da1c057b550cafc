import { expect, test } from 'vitest';
import { userId } from '../../src/domain/ids.js';
import { givenAvatar, givenUser } from '../support/builders/given.js';
import { failedWith } from '../support/builders/news.js';
import { GenerationWorld } from './generation-world.js';

const owner = userId('500');
const standard = 'fal-ai/flux-pro/finetuned';
const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';

/** A style that holds a finetune, and a wish for a picture of it. */
async function styled(world: GenerationWorld) {
  await givenUser(world.stores, { id: owner, credits: 100 });
  await givenAvatar(world.stores, {
    owner,
    type: 'artistic',
    trigger: 'ARTST',
    model: { kind: 'finetune', id: 'ft-1' },
    isMain: true,
  });
  return world.wish({ owner, overrides: { aspectRatio: '16:9' } });
}

const toldOfRetirement = (world: GenerationWorld) =>
  world.log.lines.filter(({ facts }) => facts.endpoint === standard);

test('an endpoint that is gone at submit: the job goes another way, the operator hears it once', async () => {
  const world = new GenerationWorld();
  const jobs = [await styled(world), await world.wish({ owner })];
  world.generator.gone = standard;
  await world.run();
  expect(world.generator.bought.map(({ order }) => order)).toMatchObject([
    { endpoint: ultra, finetuneId: 'ft-1', aspectRatio: '16:9' },
    { endpoint: ultra, finetuneId: 'ft-1', aspectRatio: '1:1' },
  ]);
  for (const { ticket } of world.generator.bought) world.generator.finish(ticket);
  await world.pass(15);
  for (const { id } of jobs) await world.state(id, 'delivered');
  expect(toldOfRetirement(world)).toHaveLength(1);
  expect(await world.credits(owner)).toEqual({ balance: 90, held: 0 });
});

test('a result that is not there is asked for again, and is nothing that others feel', async () => {
  const world = new GenerationWorld();
  const { id } = await styled(world);
  await world.run();
  world.generator.finish('ticket-1', failedWith('bad_result', '404'));
  await world.pass(15);
  expect(await world.state(id, 'submitted')).toMatchObject({ fetchFailures: 1 });
  for (const _ of [2, 3, 4, 5]) await world.pass(60);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'bad_result', detail: '404' } });
  expect(world.generator.checks).toBe(5);
  expect(await world.credits(owner)).toEqual({ balance: 100, held: 0 });
  expect((await world.wish({ owner })).order.endpoint).toBe(standard);
});

test('a result that can be read the second time is delivered', async () => {
  const world = new GenerationWorld();
  const { id } = await styled(world);
  await world.run();
  world.generator.finish('ticket-1', failedWith('bad_result', 'the result is no object'));
  await world.pass(15);
  world.generator.finish('ticket-1');
  await world.pass(2);
  await world.state(id, 'delivered');
  expect(await world.entries(owner)).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
});

test('what is retired stays so: the next wish goes the other way at once', async () => {
  const world = new GenerationWorld();
  await styled(world);
  world.generator.gone = standard;
  await world.run();
  expect((await world.wish({ owner })).order.endpoint).toBe(ultra);
});

test('without another way the job fails, says so and costs nothing', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.failNextSubmit('endpoint_gone');
  await world.run();
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'endpoint_retired' } });
  expect(world.transport.of('ended')).toHaveLength(1);
  expect(world.metrics.failures).toEqual(['endpoint_retired']);
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

test('a job whose avatar was deleted meanwhile fails too', async () => {
  const world = new GenerationWorld();
  const { id, avatar } = await styled(world);
  if (avatar !== null) await world.stores.avatars.remove(owner, avatar);
  world.generator.gone = standard;
  await world.run();
  await world.state(id, 'failed');
  expect(await world.credits(owner)).toEqual({ balance: 100, held: 0 });
});
