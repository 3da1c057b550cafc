import { expect, test } from 'vitest';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { DomainError, type Problem } from '../../../src/domain/errors.js';
import type { Overrides } from '../../../src/domain/generation/overrides.js';
import { userId } from '../../../src/domain/ids.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { anyWords } from '../../support/builders/check-words.js';
import { givenAvatar } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type Asked, GenerationWorld } from './generation-world.js';

async function refusalOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error ?? new Error('it was accepted');
  return error.refusal;
}

async function problemsOf(promise: Promise<unknown>): Promise<readonly Problem[]> {
  const refusal = await refusalOf(promise);
  if (refusal.code !== 'invalid_input') throw new Error(refusal.code);
  return refusal.problems;
}

const fieldsOf = async (promise: Promise<unknown>) =>
  (await problemsOf(promise)).map(({ field }) => field).sort();

/** Nothing charged, nothing written, nothing queued. */
async function expectNothing(world: GenerationWorld) {
  expect(await world.stores.generations.list({ limit: 1 })).toEqual([]);
  expect(world.database.queued).toEqual([]);
  expect(world.metrics.acceptedBy).toEqual([]);
}

test('a request with nothing but a prompt takes the main avatar, the default preset and a seed', async () => {
  const world = new GenerationWorld();
  const generation = await world.state(await world.accepted(), 'accepted');
  expect(generation).toMatchObject({
    preset: 'balanced',
    prompt: 'in medieval armor',
    price: 5,
    order: { endpoint: 'fal-ai/flux-lora', prompt: 'TOK in medieval armor', seed: 1 },
  });
  expect(await world.entries()).toEqual(['grant 100', 'hold -5']);
  expect(world.metrics.acceptedBy).toEqual(['test']);
});

test('asking twice under one key makes one job, also at the same moment', async () => {
  const world = new GenerationWorld();
  await world.person();
  const twice = await Promise.all([
    world.request({ requestKey: 'tap 1' }),
    world.request({ requestKey: 'tap 1', prompt: 'something else' }),
  ]);
  const again = await world.request({ requestKey: 'tap 1' });
  expect(new Set([...twice, again].map(({ id }) => id)).size).toBe(1);
  expect((await world.request({ requestKey: 'tap 2' })).id).not.toBe(again.id);
  expect(await world.credits()).toEqual({ balance: 90, held: 10 });
});

test('the second tap finds its job also when the first took the last credits and the last place', async () => {
  const world = new GenerationWorld({ openPerUser: 1 });
  await world.person(5);
  const { id } = await world.request({ requestKey: 'tap 1' });
  expect(await world.request({ requestKey: 'tap 1' })).toMatchObject({ id });
});

test('many at once on a small balance: exactly what can be paid for is accepted', async () => {
  const world = new GenerationWorld({ openPerUser: 50 });
  await world.person(24);
  const requests = await Promise.allSettled(Array.from({ length: 20 }, () => world.request()));
  expect(requests.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect(await world.credits()).toEqual({ balance: 4, held: 20 });
});

test('too little to pay with is said with both numbers', async () => {
  const world = new GenerationWorld();
  await world.person(9);
  expect(await refusalOf(world.request({ overrides: { count: 2 } }))).toEqual({
    code: 'insufficient_credits',
    needed: 10,
    balance: 9,
  });
  await expectNothing(world);
});

test('what costs more than was said is refused, and what costs less is charged as it is', async () => {
  const world = new GenerationWorld();
  await world.person(100);
  const asking = (agreed: number) =>
    world.requesting.execute(
      { prompt: 'a knight', overrides: { count: 2 } },
      { owner: someone, origin: { transport: 'test', address: { chat: 7 } }, agreed },
    );
  expect(await refusalOf(asking(9))).toEqual({ code: 'price_changed', credits: 10, agreed: 9 });
  await expectNothing(world);
  await asking(12);
  expect(await world.credits()).toEqual({ balance: 90, held: 10 });
});

test('price 0 turns money off', async () => {
  const world = new GenerationWorld({ priceImage: 0 });
  await world.person(0);
  const { id } = await world.request({ overrides: { count: 4 } });
  await world.run();
  world.generator.finish('ticket-1');
  await world.pass(2);
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual([]);
});

test('part of something paid for already costs nothing', async () => {
  const world = new GenerationWorld();
  await world.person(0);
  expect((await world.request({ free: true })).price).toBe(0);
});

test('a new person is welcomed once, and not by a request that is refused', async () => {
  const world = new GenerationWorld({ welcomeCredits: 12 });
  await expect(world.request({ owner: '900' })).rejects.toMatchObject({ code: 'no_avatar' });
  expect(await world.stores.users.find(userId('900'))).toBeNull();
  await world.person(100);
  await world.request();
  expect(await world.entries()).toEqual(['grant 100', 'hold -5']);
});

test('who is not on the list of people may not ask', async () => {
  const world = new GenerationWorld({ allowedUsers: new Set([somebodyElse]) });
  await world.person();
  expect(await refusalOf(world.request())).toEqual({ code: 'not_allowed' });
  await expectNothing(world);
});

test('one person may have so many jobs waiting, others are not concerned', async () => {
  const world = new GenerationWorld({ openPerUser: 2 });
  await world.person();
  await world.person(100, userId('77'));
  await world.request();
  const second = await world.request();
  expect(await refusalOf(world.request())).toEqual({ code: 'too_many_waiting', limit: 2 });
  await world.request({ owner: '77' });
  await world.cancelling.execute({ id: second.id }, second);
  await world.request();
});

test("somebody else's avatar is not found, by id or by name", async () => {
  const world = new GenerationWorld();
  await world.person();
  const theirs = await givenAvatar(world.stores, { owner: somebodyElse, name: 'Grace' });
  for (const avatar of [theirs.id, 'Grace', 'nobody'])
    expect(await refusalOf(world.request({ avatar }))).toEqual({ code: 'avatar_not_found', avatar });
  expect(await refusalOf(world.request({ companion: theirs.id }))).toMatchObject({
    code: 'avatar_not_found',
  });
  await expectNothing(world);
});

test('an avatar that is not ready is refused with its state', async () => {
  const world = new GenerationWorld();
  await world.person();
  await givenAvatar(world.stores, { status: 'training', name: 'Young' });
  expect(await refusalOf(world.request({ avatar: 'young' }))).toEqual({
    code: 'avatar_not_ready',
    avatar: 'Young',
    status: 'training',
  });
});

test('ultra with an avatar that holds no finetune names the presets that work', async () => {
  const world = new GenerationWorld();
  await world.person();
  const refusal = await refusalOf(world.request({ preset: 'ultra' }));
  expect(refusal).toMatchObject({
    code: 'preset_not_available',
    available: expect.arrayContaining(['fast']),
  });
  await expectNothing(world);
});

const wrong = (overrides: Record<string, unknown>) => overrides as Overrides;

test.each<[Asked, readonly string[]]>([
  [{ prompt: '' }, ['prompt']],
  [{ prompt: '  ab ' }, ['prompt']],
  [{ prompt: 'x'.repeat(2001) }, ['prompt']],
  [{ prompt: '🙂🙂🙂🙂' }, ['prompt']],
  [{ owner: 'me', prompt: '' }, ['owner', 'prompt']],
  [{ preset: 'best', prompt: '', overrides: wrong({ steps: 99 }) }, ['preset', 'prompt', 'steps']],
  [{ avatar: 'nobody', prompt: 'x', overrides: wrong({ count: 9 }) }, ['avatar', 'count', 'prompt']],
  [{ avatar: 'nobody', companion: 'no one', preset: 'best' }, ['avatar', 'companion', 'preset']],
  [{ companion: 'no one', prompt: '' }, ['companion', 'prompt']],
  [{ preset: 'ultra', prompt: '', overrides: wrong({ seed: -1 }) }, ['preset', 'prompt', 'seed']],
  [
    { overrides: wrong({ steps: 0, guidance: 99, strength: 9, count: 5, seed: 'x', aspectRatio: '5:4' }) },
    ['aspectRatio', 'count', 'guidance', 'seed', 'steps', 'strength'],
  ],
])('everything wrong is named at once: %j', async (request, fields) => {
  const world = new GenerationWorld();
  await world.person();
  expect(await fieldsOf(world.request(request))).toEqual([...fields]);
  await expectNothing(world);
});

test('what is wrong is named with what is allowed', async () => {
  const world = new GenerationWorld();
  await world.person();
  for (const { allowed } of await problemsOf(world.request({ preset: 'best', overrides: { steps: 51 } })))
    expect(allowed).toBeTruthy();
});

test('without a main avatar the only ready one is meant', async () => {
  const world = new GenerationWorld();
  await givenAvatar(world.stores, { status: 'draft', name: 'Draft' });
  const ready = await givenAvatar(world.stores, { name: 'Style', type: 'artistic', model: aFinetuneModel });
  const { avatar } = await world.request({ free: true });
  expect(avatar).toBe(ready.id);
});

test('a way in that passes a whole body on gives nothing away', async () => {
  const world = new GenerationWorld();
  await world.person();
  const origin = { transport: 'test', address: { chat: 7 } };
  const body = {
    prompt: 'in medieval armor',
    free: true,
    owner: somebodyElse,
    requestKey: 'tap',
    problems: [],
  };
  const request = world.requesting.execute({ ...body, ...{ origin } }, { owner: someone, origin });
  const fields = await fieldsOf(request);
  expect(fields).toEqual(['free', 'origin', 'owner', 'problems', 'requestKey']);
  await expectNothing(world);
});

test('what is written and paid for is accepted, also when the queue does not take its nudge', async () => {
  const world = new GenerationWorld();
  await world.person();
  const { database } = world;
  const jobs = Object.create(database.stores.jobs, {
    add: { value: () => Promise.reject(new Error('the database is away')) },
  }) as typeof database.stores.jobs;
  const requesting = new RequestGeneration({
    database: {
      stores: { ...database.stores, jobs },
      transaction: (work) => database.transaction(work),
    },
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    checkWords: anyWords,
    metrics: world.metrics,
    log: world.log,
  });
  const origin = { transport: 'test', address: {} };
  const { id } = await requesting.execute({ prompt: 'in medieval armor' }, { owner: someone, origin });
  expect(await world.stores.generations.find(id)).toMatchObject({ status: 'accepted' });
  expect(database.queued).toEqual([]);
  await world.sweep.execute();
  expect(database.queued[0]).toMatchObject({ job: { task: 'submit-next' } });
});
