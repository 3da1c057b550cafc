import { expect, test } from 'vitest';
import { StepGuard, SubmitFailed } from '../../../src/application/jobs/step-guard.js';
import { givenGeneration } from '../../support/builders/given.js';
import { GenerationWorld } from '../generation/generation-world.js';

const guardOf = ({ database, clock, log }: GenerationWorld) =>
  new StepGuard({ database, clock, worker: 'worker-1', log });

/** A guard, and a row that is with its chat's worker at this moment. */
async function guardedRow() {
  const world = new GenerationWorld();
  const { id } = await givenGeneration(world.stores, { status: 'collected' });
  const acquire = () =>
    world.stores.generations.acquire(
      id,
      'collected',
      { owner: 'worker-1', until: new Date(world.clock.now().getTime() + 300_000) },
      world.clock.now(),
    );
  return { world, guard: guardOf(world), id, acquire };
}

const fails = (error: unknown) => async () => {
  throw error;
};

test('a step that ends in an error frees its row at once, and it is tried again after a pause that grows', async () => {
  const { world, guard, id, acquire } = await guardedRow();
  const pauses: number[] = [];
  const taken: unknown[] = [];
  for (let tries = 1; tries <= 5; tries += 1) {
    await guard.generation(id, async () => {
      taken.push(await acquire());
      throw new Error('a fault of ours');
    });
    const from = world.clock.now().getTime();
    while ((await world.sweep.execute()) === 0) world.clock.advance(1);
    pauses.push((world.clock.now().getTime() - from) / 1000);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16]);
  expect(taken).not.toContain(null);
});

test('what could not be freed, because the database was away, is freed when it is back', async () => {
  const { world, guard, id, acquire } = await guardedRow();
  const step = guard.generation(id, async () => {
    await acquire();
    world.database.goAway(2);
    throw new Error('connection lost');
  });
  await expect(step).rejects.toThrow('connection lost');
  await expect(guard.freeLeftovers()).rejects.toThrow('away');
  expect(await acquire()).toBeNull();
  await guard.freeLeftovers();
  expect(await acquire()).not.toBeNull();
  // And only then.
  await guard.freeLeftovers();
  expect(await acquire()).toBeNull();
});

test('a step that fails beside another on the same row leaves that one its lease', async () => {
  const { guard, id, acquire } = await guardedRow();
  let failed: unknown = null;
  // What is expected within a step would be a step that fails.
  let taken: unknown;
  await guard.generation(id, async () => {
    await acquire();
    await guard.generation(id, fails(new Error('the second'))).catch((error: unknown) => {
      failed = error;
    });
    taken = await acquire();
  });
  expect(taken).toBeNull();
  expect(failed).toMatchObject({ message: 'the second' });
});

test('a step that failed beside another that had nothing to do leaves no row behind', async () => {
  const { world, guard, id, acquire } = await guardedRow();
  world.database.live('worker-1');
  let taken: unknown;
  await guard.generation(id, async () => {
    const failing = guard.generation(id, async () => {
      await acquire();
      throw new Error('the answer was lost');
    });
    await failing.catch(() => undefined);
    // The first is still at it: it may be the one that holds the row.
    await guard.freeLeftovers();
    world.clock.advance(1);
    taken = await acquire();
  });
  expect(taken).toBeNull();
  await guard.freeLeftovers();
  world.clock.advance(1);
  expect(await acquire()).not.toBeNull();
});

test('a row that was taken, but whose taker never heard of it, is freed once its lease has run out', async () => {
  const { world, guard, acquire } = await guardedRow();
  world.database.live('worker-1');
  await acquire();
  for (let look = 0; look < 3; look += 1) await guard.freeForgotten();
  expect(await acquire()).toBeNull();
  world.clock.advance(301);
  await guard.freeForgotten();
  // The answer may just be coming.
  expect(await acquire()).toBeNull();
  await guard.freeForgotten();
  expect(world.log.at('warn')).toEqual([expect.stringContaining('in nobody’s hands')]);
  world.clock.advance(2);
  expect(await acquire()).not.toBeNull();
});

test('a row that somebody works on is not forgotten, however long that takes', async () => {
  const { world, guard, id, acquire } = await guardedRow();
  world.database.live('worker-1');
  let taken: unknown;
  await guard.generation(id, async () => {
    await acquire();
    world.clock.advance(301);
    for (let look = 0; look < 3; look += 1) await guard.freeForgotten();
    world.clock.advance(2);
    taken = await acquire();
  });
  expect(taken).toBeNull();
});

test('nor is one that is being submitted', async () => {
  const world = new GenerationWorld();
  world.database.live('worker-1');
  const guard = guardOf(world);
  const id = await world.accepted();
  const { submit } = world.stepsOf('worker-1');
  world.generator.meanwhile = async () => {
    world.clock.advance(61);
    for (let look = 0; look < 3; look += 1) await guard.freeForgotten();
  };
  await guard.submit((taken) => submit.execute(taken));
  expect(world.log.at('warn')).toEqual([]);
  expect(await world.state(id, 'submitted')).toMatchObject({ submits: 1, doubts: 0 });
});

test('a step that failed before it had the row is left to the queue', async () => {
  const { guard, id } = await guardedRow();
  await expect(guard.generation(id, fails(new Error('no database')))).rejects.toThrow('no database');
});

test.each(['ENOSPC', 'EMFILE'])('%s says nothing about the row: no try is counted', async (code) => {
  const { world, guard, id, acquire } = await guardedRow();
  const taken: unknown[] = [];
  for (let time = 0; time < 40; time += 1)
    await guard.generation(id, async () => {
      taken.push(await acquire());
      throw Object.assign(new Error('no room'), { code });
    });
  expect(taken).not.toContain(null);
  expect(await world.stores.generations.hopeless(10)).toEqual([]);
});

/** A published loss of a durable-execution library: work stood behind one that could not be begun. */
test('one at the head of the line that can never be sent holds nobody up behind it', async () => {
  const world = new GenerationWorld();
  const guard = guardOf(world);
  const first = await world.accepted();
  const { id: second } = await world.request();
  const next = async () =>
    (await world.stores.generations.lockNext({ total: 10, perUser: 2, now: world.clock.now() }))?.id;
  expect(await next()).toBe(first);
  await guard.submit(fails(new SubmitFailed(first, new Error('its row cannot be written'))));
  expect(await next()).toBe(second);
  world.clock.advance(2);
  expect(await next()).toBe(first);
});

test('a submit that fails in the middle frees its row, which is then a doubt', async () => {
  const world = new GenerationWorld();
  const guard = guardOf(world);
  const id = await world.accepted();
  const { submit } = world.stepsOf('worker-1');
  world.generator.meanwhile = () => Promise.reject(new Error('a fault of ours'));
  await guard.submit(() => submit.execute());
  await world.state(id, 'submitting');
  await world.pass(2);
  expect(await world.state(id, 'submitted')).toMatchObject({ submits: 2, doubts: 1 });
});

test('a step that never ends loses its row after half an hour, by ticks: nobody else takes it from who lives', async () => {
  const { world, guard, id, acquire } = await guardedRow();
  world.database.live('worker-1');
  await new Promise<void>((begun) => {
    void guard.generation(id, async () => {
      await acquire();
      begun();
      await new Promise(() => undefined);
    });
  });
  world.clock.jump(86_400);
  world.clock.advance(1800);
  await guard.freeLeftovers();
  expect(await acquire()).toBeNull();
  world.clock.advance(1);
  await guard.freeLeftovers();
  expect(world.log.at('error')).toEqual(['a step does not end; its row is tried again']);
  expect(await acquire()).not.toBeNull();
});
