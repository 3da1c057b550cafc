import { expect, test } from 'vitest';
import { type GenerationId, userId } from '../../../src/domain/ids.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { failedWith } from '../../support/builders/provider-events.js';
import { GenerationWorld } from './generation-world.js';

const owner = userId('500');
const standard = 'fal-ai/flux-pro/finetuned';
const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';

/** A style that holds a finetune, and a request for a picture of it. */
async function styled(world: GenerationWorld) {
  await givenUser(world.stores, { id: owner, credits: 100 });
  await givenAvatar(world.stores, {
    owner,
    type: 'artistic',
    trigger: 'ARTST',
    model: { kind: 'finetune', id: 'ft-1' },
    isMain: true,
  });
  return world.request({ owner, overrides: { aspectRatio: '16:9' } });
}

const toldOfRetirement = (world: GenerationWorld, endpoint = standard) =>
  world.log.lines.filter(({ level, facts }) => level === 'error' && facts.endpoint === endpoint);

const toldToWait = (world: GenerationWorld) =>
  world.transport.of('progress').filter(({ pending }) => pending.phase === 'waiting');

/** Requests of three people for pictures of portraits, which nothing but flux-lora can serve. */
async function threeRequests(world: GenerationWorld) {
  const ids: GenerationId[] = [];
  for (const id of ['601', '602', '603'].map(userId)) {
    await world.person(100, id);
    ids.push((await world.request({ owner: id })).id);
  }
  return ids;
}

test('a refused submit is tried again, and nobody else hears of it', async () => {
  const world = new GenerationWorld();
  const { id } = await styled(world);
  world.generator.failNextSubmit('endpoint_gone');
  await world.run();
  await world.state(id, 'accepted');
  expect((await world.request({ owner })).order.endpoint).toBe(standard);
  await world.pass(2);
  expect(world.generator.bought.map(({ order }) => order.endpoint)).toEqual([standard, standard]);
  expect(toldOfRetirement(world)).toEqual([]);
  expect(toldToWait(world)).toEqual([]);
});

test('at the second refusal the job takes its other way and is charged once', async () => {
  const world = new GenerationWorld();
  const { id, cost } = await styled(world);
  expect(cost).toBe(60_000);
  world.generator.gone = standard;
  await world.run();
  await world.pass(2);
  expect(world.generator.bought.map(({ order }) => order)).toMatchObject([
    { endpoint: ultra, finetuneId: 'ft-1', aspectRatio: '16:9' },
  ]);
  world.generator.finish('ticket-1');
  await world.pass(15);
  expect(await world.state(id, 'delivered')).toMatchObject({
    order: { endpoint: ultra },
    // Reckoned anew: this way is dearer for us.
    cost: 70_000,
  });
  expect(await world.entries(owner)).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
  expect(toldOfRetirement(world)).toEqual([]);
});

test('the third job that is refused retires the endpoint: all take the other way at once, the operator hears it once', async () => {
  const world = new GenerationWorld();
  const jobs = [await styled(world), await world.request({ owner })];
  world.generator.gone = standard;
  await world.run();
  await world.pass(2);
  jobs.push(await world.request({ owner }));
  expect(jobs.map(({ order }) => order.endpoint)).toEqual([standard, standard, standard]);
  for (const { ticket } of world.generator.bought) world.generator.finish(ticket);
  await world.pass(15);
  expect((await world.request({ owner })).order.endpoint).toBe(ultra);
  await world.run();
  for (const { ticket } of world.generator.bought) world.generator.finish(ticket);
  await world.pass(15);
  for (const { id } of jobs)
    expect(await world.state(id, 'delivered')).toMatchObject({ order: { endpoint: ultra } });
  expect(toldOfRetirement(world)).toHaveLength(1);
  expect(await world.credits(owner)).toEqual({ balance: 80, held: 0 });
});

test('two endpoints in trouble do not pass a job to and fro', async () => {
  const world = new GenerationWorld();
  const { id } = await styled(world);
  const refused: string[] = [];
  world.generator.refuse = ({ endpoint }) => refused.push(endpoint) > 0;
  await world.run();
  for (let minute = 0; minute < 40; minute += 1) await world.pass(60);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'endpoint_retired' } });
  expect(refused.length).toBeLessThan(16);
  expect(refused.slice(0, 3)).toEqual([standard, standard, ultra]);
  expect(await world.credits(owner)).toEqual({ balance: 100, held: 0 });
});

test('without another way the job waits for half an hour, the person knows, and then it costs nothing', async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  world.generator.gone = 'fal-ai/flux-lora';
  await world.run();
  expect(toldToWait(world)).toHaveLength(1);
  for (let seconds = 0; seconds < 1790; seconds += 10) await world.pass(10);
  await world.state(id, 'accepted');
  expect(toldToWait(world)).toHaveLength(1);
  await world.pass(10);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'endpoint_retired' } });
  expect(world.transport.of('ended')).toHaveLength(1);
  expect(world.metrics.failures).toEqual(['endpoint_retired']);
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

test('one job that is refused again and again retires the endpoint after ten minutes', async () => {
  const world = new GenerationWorld();
  await world.accepted();
  world.generator.gone = 'fal-ai/flux-lora';
  await world.run();
  for (let seconds = 0; seconds < 590; seconds += 10) await world.pass(10);
  expect(toldOfRetirement(world, 'fal-ai/flux-lora')).toEqual([]);
  for (let seconds = 0; seconds < 120; seconds += 10) await world.pass(10);
  expect(toldOfRetirement(world, 'fal-ai/flux-lora')).toHaveLength(1);
});

test('a retired endpoint refuses new requests in words, is tried again in five minutes, and is back at the first success', async () => {
  const world = new GenerationWorld();
  const ids = await threeRequests(world);
  world.generator.gone = 'fal-ai/flux-lora';
  await world.run();
  const refused = await world.request({ owner: userId('601') }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ refusal: { code: 'preset_not_available', available: [] } });
  expect(String(refused)).toContain('just now');
  world.generator.gone = null;
  await world.pass(2);
  for (const id of ids) await world.state(id, 'submitted');
  expect((await world.request({ owner: userId('601') })).order.endpoint).toBe('fal-ai/flux-lora');
});

test('a request that comes when a try is due is the try, and waits with the others when it is refused too', async () => {
  const world = new GenerationWorld();
  const ids = await threeRequests(world);
  world.generator.gone = 'fal-ai/flux-lora';
  await world.run();
  for (const id of ids) {
    const { owner } = await world.state(id, 'accepted');
    await world.cancelling.execute({ id }, { owner });
  }
  world.clock.advance(299);
  const request = () => world.request({ owner: userId('601') });
  await expect(request()).rejects.toMatchObject({ code: 'preset_not_available' });
  world.clock.advance(1);
  const { id } = await request();
  await world.run();
  await world.state(id, 'accepted');
  world.clock.advance(1);
  await expect(request()).rejects.toMatchObject({ code: 'preset_not_available' });
  world.generator.gone = null;
  await world.pass(1);
  await world.state(id, 'submitted');
  await request();
});

test('others that are served meanwhile prove that the endpoint lives, and the refused job still has an end', async () => {
  const world = new GenerationWorld();
  const ids = await threeRequests(world);
  const odd = ids[0];
  world.generator.refuse = (_, { reference }) => reference.includes(`:${odd}:`);
  await world.run();
  for (let minute = 0; minute < 31; minute += 1) {
    await world.pass(60);
    await world.request({ owner: userId('602') }).catch(() => undefined);
    for (const { ticket } of world.generator.bought) world.generator.finish(ticket);
  }
  if (odd !== undefined) await world.state(odd, 'failed');
  expect(toldOfRetirement(world, 'fal-ai/flux-lora')).toEqual([]);
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
  expect((await world.request({ owner })).order.endpoint).toBe(standard);
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

test('a job whose avatar was deleted meanwhile ends too', async () => {
  const world = new GenerationWorld();
  const { id, avatar } = await styled(world);
  world.generator.gone = standard;
  await world.run();
  // While it is sent for the second time, which would have it take another way.
  world.generator.meanwhile = async () => {
    if (avatar !== null) await world.stores.avatars.remove(owner, avatar);
  };
  for (let minute = 0; minute < 31; minute += 1) await world.pass(60);
  await world.state(id, 'cancelled');
  expect(await world.credits(owner)).toEqual({ balance: 100, held: 0 });
});

test('a picture that is to be like another one is never made from words alone', async () => {
  const world = new GenerationWorld();
  await world.person();
  const variation = 'fal-ai/flux-lora/image-to-image';
  const picture = { source: 'images/1.jpeg', change: 0.7 };
  const { id } = await world.request({ picture });
  world.generator.gone = variation;
  await world.run();
  await world.pass(2000);
  expect(world.generator.bought).toEqual([]);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'endpoint_retired' } });
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});
