import { expect, test } from 'vitest';
import { GrantCredits } from '../../../src/application/account/grant-credits.js';
import { welcome } from '../../../src/application/account/welcome.js';
import { generationId } from '../../../src/domain/ids.js';
import { doneWith } from '../../fakes/fake-image-generator.js';
import { someone } from '../../support/builders/ids.js';
import { failedWith } from '../../support/builders/provider-events.js';
import { GenerationWorld } from '../generation/generation-world.js';

function granting(world: GenerationWorld, changes: Record<string, unknown> = {}) {
  const useCase = new GrantCredits({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
  });
  return useCase.execute({ user: someone, amount: 10, reason: 'a gift', ...changes }, { admin: 'cli' });
}

test('each grant counts, also with the same words', async () => {
  const world = new GenerationWorld({ welcomeCredits: 7 });
  expect(await granting(world)).toEqual({ balance: 17, held: 0 });
  expect(await granting(world)).toEqual({ balance: 27, held: 0 });
});

test('a grant is kept as an act of whoever gave it, and none where it was refused', async () => {
  const world = new GenerationWorld();
  await granting(world);
  await expect(granting(world, { amount: 0 })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await world.stores.operatorActs.list(9)).toMatchObject([
    { admin: 'cli', act: 'grant', subject: someone, why: 'a gift', details: { credits: 10 } },
  ]);
});

test('everything wrong about a grant is named at once', async () => {
  const world = new GenerationWorld();
  const error = await granting(world, { user: '-1', amount: 0.5, reason: '' }).catch(
    (reason: unknown) => reason,
  );
  const problems = [{ field: 'user' }, { field: 'amount' }, { field: 'reason' }];
  expect(error).toMatchObject({ refusal: { code: 'invalid_input', problems } });
  for (const amount of [0, -5, 1_000_001, Number.NaN])
    await expect(granting(world, { amount })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await world.entries()).toEqual([]);
});

test('a grant on top of all that one can have is refused in words', async () => {
  const world = new GenerationWorld();
  const give = (amount: number) =>
    world.database.transaction((stores) =>
      stores.ledger.write(
        [{ user: someone, kind: 'grant', amount, reason: `grant:${amount}` }],
        world.clock.now(),
      ),
    );
  await granting(world, { amount: 1 });
  await give(2_000_000_000 - 1);
  await expect(granting(world, { amount: 1_000_000 })).rejects.toThrow('more than 2000000000 credits');
  expect(await world.credits()).toEqual({ balance: 2_000_000_000, held: 0 });
});

test('a person is welcomed once, however often they come', async () => {
  const world = new GenerationWorld();
  const come = () =>
    world.database.transaction((stores) =>
      welcome(stores, someone, { welcomeCredits: 7 }, world.clock.now()),
    );
  await Promise.all([come(), come()]);
  await come();
  expect(await world.entries()).toEqual(['grant 7']);
});

/** A job that failed; its hold went back. */
async function dead(world: GenerationWorld) {
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket, failedWith('provider_error'));
  await world.pass(15);
  return id;
}

test('a replayed job runs again with a hold of its own', async () => {
  const world = new GenerationWorld();
  const id = await dead(world);
  expect(await world.replaying.execute(id, { admin: 'cli' })).toMatchObject({
    status: 'accepted',
    run: 1,
    doubts: 0,
  });
  await expect(world.replaying.execute(id, { admin: 'cli' })).rejects.toMatchObject({ code: 'wrong_state' });
  await world.run();
  world.generator.finish('ticket-2');
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(world.transport.delivered.map(({ kind }) => kind)).toEqual(['ended', 'result']);
  expect(await world.entries()).toEqual([
    ...['grant 100', 'hold -5', 'release 5'],
    ...['hold -5', 'release 5', 'capture -5'],
  ]);
  await expect(world.replaying.execute(id, { admin: 'cli' })).rejects.toMatchObject({ code: 'wrong_state' });
});

test('a replay may fail and be replayed again; each time is released', async () => {
  const world = new GenerationWorld();
  const id = await dead(world);
  for (const ticket of ['ticket-2', 'ticket-3']) {
    await world.replaying.execute(id, { admin: 'cli' });
    await world.run();
    world.generator.finish(ticket, failedWith('provider_error'));
    await world.pass(15);
  }
  expect(await world.state(id, 'failed')).toMatchObject({ run: 2 });
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

test('a blocked job can be replayed', async () => {
  const world = new GenerationWorld();
  const { id, ticket, order } = await world.submitted();
  world.generator.finish(ticket, doneWith({ ticket, order }, { flagged: [0] }));
  await world.pass(15);
  expect((await world.replaying.execute(id, { admin: 'cli' })).status).toBe('accepted');
});

test('who cannot pay any more is not replayed, and nothing is half-written', async () => {
  const world = new GenerationWorld();
  const id = await dead(world);
  await world.stores.ledger.write(
    [{ user: someone, kind: 'hold', amount: -98, reason: 'hold:elsewhere' }],
    world.clock.now(),
  );
  await expect(world.replaying.execute(id, { admin: 'cli' })).rejects.toMatchObject({
    code: 'insufficient_credits',
  });
  await world.state(id, 'failed');
  await expect(world.replaying.execute(generationId('nobody'), { admin: 'cli' })).rejects.toMatchObject({
    code: 'not_found',
  });
});
