import { expect, test } from 'vitest';
import { TakeAnotherAvatar } from '../../../src/application/generation/repeats/take-another-avatar.js';
import { avatarId } from '../../../src/domain/ids.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar } from '../../support/builders/given.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';
import { GenerationWorld } from './generation-world.js';

const by = { owner: someone };

/** A person who waits for a picture of Ada, and has others. */
async function aFamily(world = new GenerationWorld()) {
  const id = await world.accepted({ overrides: { steps: 44, seed: 7 }, requestKey: 'first' });
  const bea = await givenAvatar(world.stores, { name: 'Bea', trigger: 'BEA' });
  const style = await givenAvatar(world.stores, { name: 'Style', model: aFinetuneModel });
  await givenAvatar(world.stores, { name: 'Unborn', status: 'training' });
  const { database, clock } = world;
  const taking = new TakeAnotherAvatar({
    database,
    clock,
    cancelGeneration: world.cancelling,
    requestGeneration: world.requesting,
    policy: world.rules,
  });
  return { world, taking, id, bea, style };
}

test('the same is ordered with somebody else, and what was begun costs nothing', async () => {
  const { world, taking, id, bea } = await aFamily();
  await world.run();
  const next = await taking.execute({ id, avatar: bea.id }, by);
  const earlier = await world.state(id, 'cancelled');
  expect(next).toMatchObject({ avatar: bea.id, origin: earlier.origin, overrides: earlier.overrides });
  expect(next.order).toEqual({ ...earlier.order, prompt: 'BEA in medieval armor' });
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5', 'hold -5']);
});

test('it is ordered once, however often that is asked for, and for whomever', async () => {
  const { world, taking, id, bea } = await aFamily();
  const cleo = await givenAvatar(world.stores, { name: 'Cleo' });
  const first = await taking.execute({ id, avatar: bea.id }, by);
  expect((await taking.execute({ id, avatar: bea.id }, by)).id).toBe(first.id);
  expect((await taking.execute({ id, avatar: cleo.id }, by)).id).toBe(first.id);
  expect(await world.stores.generations.countOpen(someone)).toBe(1);
});

test('what is dearer than was said is refused before anything is called off', async () => {
  const { world, taking, id, bea } = await aFamily(new GenerationWorld({ priceImage: 7 }));
  await expect(taking.execute({ id, avatar: bea.id }, { ...by, agreed: 5 })).rejects.toMatchObject({
    refusal: { code: 'price_changed', credits: 7, agreed: 5 },
  });
  await world.state(id, 'accepted');
  expect(await taking.execute({ id, avatar: bea.id }, { ...by, agreed: 7 })).toMatchObject({ price: 7 });
});

test('an end between the two loses nothing: asked again, it is ordered', async () => {
  const { world, taking, id, bea } = await aFamily();
  await world.cancelling.execute({ id }, by);
  expect(await taking.execute({ id, avatar: bea.id }, by)).toMatchObject({ avatar: bea.id });
});

test('only those are offered that its preset and settings can be had with', async () => {
  const { taking, id, style, world } = await aFamily();
  expect((await taking.choices({ id }, by)).map(({ avatar }) => avatar.name)).toEqual(['Bea', 'Style']);
  const strong = await world.request({ overrides: { loraScale: 1.5 } });
  expect((await taking.choices({ id: strong.id }, by)).map(({ avatar }) => avatar.name)).toEqual(['Bea']);
  await expect(taking.execute({ id: strong.id, avatar: style.id }, by)).rejects.toMatchObject({
    refusal: { code: 'avatar_not_found' },
  });
  await world.state(strong.id, 'accepted');
});

test('a picture that is here stays as it is, and somebody else’s is not found', async () => {
  const { world, taking, id, bea } = await aFamily();
  await world.person(100, somebodyElse);
  const theirs = { owner: somebodyElse };
  await expect(taking.execute({ id, avatar: bea.id }, theirs)).rejects.toMatchObject({ code: 'not_found' });
  await expect(taking.choices({ id }, theirs)).rejects.toMatchObject({ code: 'not_found' });
  const stranger = avatarId(nextUuid());
  await expect(taking.execute({ id, avatar: stranger }, by)).rejects.toMatchObject({
    code: 'avatar_not_found',
  });
  await world.run();
  world.generator.finish('ticket-1');
  await world.pass(15);
  await expect(taking.execute({ id, avatar: bea.id }, by)).rejects.toMatchObject({ code: 'wrong_state' });
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5', 'capture -5']);
});
