import { describe, expect, test } from 'vitest';
import { type Training, trainingReference } from '../../../src/domain/training/training.js';
import { someone } from '../../support/builders/ids.js';
import { policy, TrainingWorld } from './training-world.js';

const hour = 3600;

/** As much time as there is, with a sweep and all that it brings. */
async function pass(world: TrainingWorld, seconds: number, worker = 'worker-1') {
  world.clock.advance(seconds);
  await world.sweep.execute();
  await world.run(worker);
}

async function atFal(world: TrainingWorld, speed?: Parameters<TrainingWorld['requested']>[0]) {
  const { id } = await world.requested(speed);
  await world.run();
  await pass(world, 15);
  return id;
}

/** What fal tells of a training by webhook when it is over; its result is asked for. */
const eventOf = (training: Training) => ({
  ticket: 'training-ticket-1',
  requestId: 'r1',
  reference: trainingReference(training),
  outcome: null,
});

const inDoubt = async () => {
  const world = new TrainingWorld({ ...policy, webhooks: true });
  const { id } = await world.requested();
  world.trainer.failNextSubmit('in_doubt');
  await world.run();
  expect(await world.training(id)).toMatchObject({ status: 'submitting', doubts: 1 });
  return { world, id };
};

describe('a clock that is set', () => {
  test.each([2 * hour, -2 * hour, 48 * hour])('by %i s ends no training that runs', async (jump) => {
    const world = new TrainingWorld();
    const id = await atFal(world);
    const before = world.trainer.checks;
    world.clock.jump(jump);
    await pass(world, 2);
    // Asked about once more, at once.
    expect(world.trainer.checks).toBeGreaterThan(before);
    expect((await world.training(id)).status).toBe('training');
    world.trainer.finish('training-ticket-1');
    await pass(world, 15);
    expect((await world.training(id)).status).toBe('ready');
  });

  test('does not bring the deadline of a training any nearer: that comes after the time that was seen', async () => {
    const world = new TrainingWorld();
    const id = await atFal(world, 'fast');
    for (let seconds = 15; seconds < 1770; seconds += 15) {
      world.clock.jump(seconds % 2 === 0 ? 3 * hour : -3 * hour);
      await pass(world, 15);
    }
    expect((await world.training(id)).status).toBe('training');
    for (let look = 0; look < 3; look += 1) await pass(world, 15);
    expect(await world.training(id)).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } });
  });

  test('has no doubtful training bought again', async () => {
    const { world, id } = await inDoubt();
    world.clock.jump(2 * hour);
    for (let look = 0; look < 4; look += 1) await pass(world, 15, 'worker-2');
    expect(await world.training(id)).toMatchObject({ status: 'submitting', submits: 1 });
    expect(world.trainer.bought).toHaveLength(1);
  });

  test('does not end the telling of an end: that is given up after a day that was seen to pass', async () => {
    const world = new TrainingWorld();
    const { id } = await world.requested();
    await world.cancel.execute({ id }, { owner: someone });
    const tryFor = async (hours: number) => {
      for (let minute = 0; minute < hours * 60; minute += 5) {
        world.transport.delayNext();
        await world.run();
        world.clock.advance(300);
      }
    };
    await tryFor(1);
    world.clock.jump(48 * hour);
    await tryFor(22);
    expect(await world.training(id)).toMatchObject({ announcedAt: null });
    await tryFor(2);
    expect(await world.training(id)).toMatchObject({ announcedAt: expect.any(Date) });
    expect(world.transport.delivered).toEqual([]);
  });
});

describe('news by webhook of a training', () => {
  test('whose worker is paused in its submit is adopted at once: nobody waits for that worker', async () => {
    const world = new TrainingWorld({ ...policy, webhooks: true });
    const { id } = await world.requested();
    world.trainer.onSubmit = async ({ ticket }) => {
      world.trainer.finish(ticket);
      await world.webhook.execute(eventOf(await world.training(id)));
      expect((await world.training(id)).status).toBe('training');
      await world.run('worker-2');
      expect((await world.training(id)).status).toBe('ready');
    };
    await world.run();
    await world.run();
    // Its own answer comes late, and changes nothing.
    expect((await world.training(id)).status).toBe('ready');
    expect(world.trainer.cancelled).toEqual([]);
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 50, held: 0 });
  });

  test('whose ticket was lost is adopted at once', async () => {
    const { world, id } = await inDoubt();
    await world.webhook.execute(eventOf(await world.training(id)));
    expect(await world.training(id)).toMatchObject({ status: 'training', ticket: 'training-ticket-1' });
  });

  test('that was kept by an earlier release settles a doubt', async () => {
    const { world, id } = await inDoubt();
    await world.stores.webhookInbox.add(eventOf(await world.training(id)), world.clock.now());
    await pass(world, 60);
    expect(await world.training(id)).toMatchObject({ status: 'training', ticket: 'training-ticket-1' });
  });
});

describe('a worker', () => {
  test('that was paused right before it tells of an avatar does not tell what another has told', async () => {
    const world = new TrainingWorld();
    await atFal(world);
    world.trainer.finish('training-ticket-1');
    const { attempts } = world.transport;
    world.transport.meanwhile = async () => {
      world.clock.advance(75);
      await world.stores.trainings.dropLeases(['worker-1']);
      await world.sweep.execute();
      await world.run('worker-2');
    };
    await pass(world, 15);
    expect(world.transport.attempts - attempts).toBe(2);
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  test('that dies in a submit leaves its training to the others at once', async () => {
    const world = new TrainingWorld();
    await world.registry.join('worker-1');
    const { id } = await world.requested();
    world.trainer.onSubmit = () => Promise.reject(new Error('kill -9'));
    await expect(world.run()).rejects.toThrow('kill -9');
    world.trainer.onSubmit = null;
    world.database.takeJobs();
    world.registry.kill('worker-1');
    await pass(world, 5, 'worker-2');
    expect((await world.training(id)).status).toBe('training');
  });
});
