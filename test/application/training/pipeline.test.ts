import { beforeEach, describe, expect, it } from 'vitest';
import { BadDownload } from '../../../src/application/ports/image-downloads.js';
import { trainingReference } from '../../../src/domain/training/training.js';
import { trained } from '../../fakes/fake-avatar-trainer.js';
import { someone } from '../../support/builders/ids.js';
import { failedWith } from '../../support/builders/provider-events.js';
import { safetensors } from '../../support/safetensors.js';
import { policy, TrainingWorld } from './training-world.js';

const balance = { before: 200, held: 50 };

describe('a training', () => {
  let world: TrainingWorld;
  const account = () => world.stores.ledger.account(someone);
  beforeEach(() => {
    world = new TrainingWorld();
  });

  it('goes from the photos to a ready avatar that is charged once and announced once', async () => {
    const training = await world.requested();
    expect(await account()).toEqual({ balance: balance.held, held: 150 });
    await world.run();
    expect((await world.training(training.id)).status).toBe('training');
    world.trainer.finish('training-ticket-1');
    world.clock.advance(10);
    await world.sweep.execute();
    await world.run();
    const avatar = await world.avatar(training.avatar);
    expect(avatar).toMatchObject({
      status: 'ready',
      isMain: true,
      model: { kind: 'lora', mediaKey: `weights/${training.id}.safetensors` },
    });
    expect(world.media.files.get(`weights/${training.id}.safetensors`)).toEqual(safetensors());
    expect(await account()).toEqual({ balance: 50, held: 0 });
    expect(await world.stores.ledger.breaches()).toEqual([]);
    await world.deliver.execute(training.id);
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  it('sends the photos that were kept, and the very trigger that the avatar has', async () => {
    const avatar = await world.draft({ photos: 12, credits: 240 });
    await world.request.execute({ avatar: avatar.id, speed: 'quality' }, { owner: someone });
    await world.run();
    const [bought] = world.trainer.bought;
    expect(bought?.order).toMatchObject({
      endpoint: 'fal-ai/flux-lora-portrait-trainer',
      trigger: avatar.trigger,
      steps: 4000,
      learningRate: 5e-5,
    });
    expect(world.trainer.archives.get(bought?.archive ?? '')).toHaveLength(12);
    world.trainer.finish('training-ticket-1');
    await world
      .collectFor('worker-1')
      .execute((await world.stores.trainings.ofAvatar(avatar.id))[0]?.id ?? never());
    expect((await world.avatar(avatar.id)).trigger).toBe(avatar.trigger);
  });

  it.each([
    ['an error of the trainer', failedWith('provider_error')],
    ['a refused archive', failedWith('file_unavailable')],
  ])('gives the credits back and says so after %s', async (_, outcome) => {
    const training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1', outcome);
    await world.collectFor('worker-1').execute(training.id);
    await world.run();
    expect(await world.training(training.id)).toMatchObject({ status: 'failed', failure: outcome.failure });
    expect(await world.avatar(training.avatar)).toMatchObject({ status: 'failed' });
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
    expect(world.transport.of('training-ended')).toHaveLength(1);
    expect(world.transport.of('avatar-ready')).toEqual([]);
  });

  it('asks again for a result that makes no sense, and for weights that are not there yet', async () => {
    const training = await world.requested();
    await world.run();
    const collect = () => world.collectFor('worker-1').execute(training.id);
    world.trainer.finish('training-ticket-1', failedWith('bad_result', '404'));
    await collect();
    expect(await world.training(training.id)).toMatchObject({ status: 'training', fetchFailures: 1 });
    world.trainer.finish('training-ticket-1');
    world.weights = new BadDownload('fal.media answered 404', true);
    world.clock.advance(10);
    await collect();
    expect(await world.training(training.id)).toMatchObject({ status: 'training', fetchFailures: 2 });
    world.weights = safetensors();
    world.clock.advance(10);
    await collect();
    expect((await world.training(training.id)).status).toBe('ready');
  });

  it('gives up a result that never makes sense, and gives the credits back', async () => {
    const training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1', failedWith('bad_result', '404'));
    for (let turn = 1; turn <= 5; turn += 1) {
      expect((await world.training(training.id)).status).toBe('training');
      await world.collectFor('worker-1').execute(training.id);
      world.clock.advance(60);
    }
    await world.run();
    expect(await world.training(training.id)).toMatchObject({ status: 'failed', failure: { detail: '404' } });
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
    expect(world.transport.of('training-ended')).toHaveLength(1);
  });

  it.each([
    ['a page of HTML', Buffer.from('<html>there is nothing here</html>')],
    ['a header without tensors', Buffer.from('\x02\0\0\0\0\0\0\0{}')],
    ['more than the header says', Buffer.concat([safetensors(), Buffer.from('x')])],
    ['an address that may not be read', new BadDownload('files may not be read from http://evil', false)],
  ])('never becomes ready by %s', async (_, weights) => {
    const training = await world.requested();
    await world.run();
    world.weights = weights;
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    expect(await world.training(training.id)).toMatchObject({
      status: 'failed',
      failure: { kind: 'bad_result' },
    });
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
    expect(world.media.files.has(`weights/${training.id}.safetensors`)).toBe(false);
  });

  it('asks again for weights that ended too soon, and gives up after five times', async () => {
    const training = await world.requested();
    await world.run();
    world.weights = safetensors().subarray(0, 40);
    world.trainer.finish('training-ticket-1');
    for (let turn = 1; turn <= 5; turn += 1) {
      expect((await world.training(training.id)).status).toBe('training');
      await world.collectFor('worker-1').execute(training.id);
      world.clock.advance(60);
    }
    expect(await world.training(training.id)).toMatchObject({ status: 'failed' });
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
  });

  it('waits for the key or the money of the operator rather than failing', async () => {
    const training = await world.requested();
    world.trainer.failNextSubmit('no_access');
    await world.run();
    expect((await world.training(training.id)).status).toBe('accepted');
    expect(world.health.complaint()).not.toBeNull();
    world.clock.advance(31);
    await world.run();
    expect((await world.training(training.id)).status).toBe('training');
    expect(world.trainer.bought).toHaveLength(1);
  });

  it('sends the photos again when they could not be sent', async () => {
    const training = await world.requested();
    world.trainer.failNextUpload();
    await world.run();
    expect((await world.training(training.id)).status).toBe('accepted');
    world.clock.advance(5);
    await world.run();
    expect((await world.training(training.id)).status).toBe('training');
  });

  it('is bought again at most once when nobody knows whether it was', async () => {
    const training = await world.requested();
    for (const _ of [1, 2, 3]) world.trainer.failNextSubmit('in_doubt');
    for (let turn = 0; turn < 6; turn += 1) {
      await world.run();
      world.clock.advance(30);
      await world.sweep.execute();
    }
    expect(await world.training(training.id)).toMatchObject({ status: 'failed', failure: { kind: 'lost' } });
    expect(world.trainer.bought).toHaveLength(2);
    expect(world.metrics.ambiguousSubmits).toBe(2);
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
  });

  it('adopts the training that a webhook tells of when the answer to its submit was lost', async () => {
    world = new TrainingWorld({ ...policy, webhooks: true });
    const training = await world.requested();
    world.trainer.failNextSubmit('in_doubt');
    await world.run();
    const doubtful = await world.training(training.id);
    expect(doubtful.status).toBe('submitting');
    world.trainer.finish('training-ticket-1');
    const event = { ticket: 'training-ticket-1', requestId: 'r1', reference: trainingReference(doubtful) };
    await world.webhook.execute({ ...event, outcome: null });
    await world.webhook.execute({ ...event, outcome: null });
    await world.run();
    expect((await world.training(training.id)).status).toBe('ready');
    expect(world.trainer.bought).toHaveLength(1);
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
    expect(await account()).toEqual({ balance: 50, held: 0 });
  });

  it('has use for a webhook that comes before the answer to the submit', async () => {
    const training = await world.requested();
    world.trainer.onSubmit = async ({ ticket, reference }) => {
      await world.webhook.execute({
        ticket,
        reference,
        requestId: 'r1',
        outcome: failedWith('provider_error'),
      });
    };
    await world.run();
    expect((await world.training(training.id)).status).toBe('failed');
  });

  it('survives a worker that dies in the middle of a submit', async () => {
    const training = await world.requested();
    const dies = new Error('kill -9');
    world.trainer.onSubmit = async () => {
      throw dies;
    };
    await expect(world.run()).rejects.toBe(dies);
    expect((await world.training(training.id)).status).toBe('submitting');
    world.trainer.onSubmit = null;
    world.database.takeJobs();
    world.clock.advance(901);
    await world.sweep.execute();
    await world.run('worker-2');
    expect((await world.training(training.id)).status).toBe('training');
  });

  it('gives a ticket back that came for a training that was cancelled meanwhile', async () => {
    const training = await world.requested();
    world.trainer.onSubmit = async () => {
      await world.cancel.execute({ id: training.id }, { owner: someone });
    };
    await world.run();
    expect((await world.training(training.id)).status).toBe('cancelled');
    expect(world.trainer.cancelled).toEqual(['training-ticket-1']);
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
    expect(await world.avatar(training.avatar)).toMatchObject({ status: 'draft' });
  });

  it('is given up at its deadline, released, and stopped at fal', async () => {
    const training = await world.requested('fast');
    await world.run();
    world.clock.advance(1801);
    await world.collectFor('worker-1').execute(training.id);
    await world.run();
    expect(await world.training(training.id)).toMatchObject({
      status: 'failed',
      failure: { kind: 'timeout' },
    });
    expect(world.trainer.cancelled).toEqual(['training-ticket-1']);
    expect(await account()).toEqual({ balance: balance.before, held: 0 });
  });

  it('loses nothing when a question gets no answer', async () => {
    const training = await world.requested();
    await world.run();
    for (let turn = 0; turn < 5; turn += 1) {
      world.trainer.failNextCheck();
      await world.collectFor('worker-1').execute(training.id);
      world.clock.advance(6);
    }
    world.trainer.finish('training-ticket-1');
    await world.run();
    expect((await world.training(training.id)).status).toBe('ready');
  });

  it('shows the steps of the trainer with the time that real trainings took', async () => {
    const training = await world.requested('fast');
    await world.run();
    world.trainer.progress('training-ticket-1', 400, 1000);
    await world.collectFor('worker-1').execute(training.id);
    expect(world.transport.of('training-progress')).toMatchObject([
      { pending: { step: 400, steps: 1000 }, expectedSeconds: 180 },
    ]);
    expect(await world.stores.trainings.progressOf(training.id)).toMatchObject({ step: 400 });
  });

  it('becomes ready once when webhook, poll and another worker find out at the same time', async () => {
    const training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
    await Promise.all(['a', 'b', 'c'].map((worker) => world.collectFor(worker).execute(training.id)));
    await Promise.all(['a', 'b', 'c'].map((worker) => world.deliverFor(worker).execute(training.id)));
    await world.run();
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
    const captured = (await world.stores.ledger.history(someone, 20)).filter(
      ({ kind }) => kind === 'capture',
    );
    expect(captured).toHaveLength(1);
  });

  it('keeps the weights of a training that ended just before it was cancelled', async () => {
    const training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    await expect(world.cancel.execute({ id: training.id }, { owner: someone })).rejects.toMatchObject({
      code: 'wrong_state',
    });
    expect(await account()).toEqual({ balance: 50, held: 0 });
  });

  it('leaves the old weights in use while an avatar is trained anew, whatever comes of it', async () => {
    const training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    const again = await world.request.execute({ avatar: training.avatar }, { owner: someone });
    expect(again).toMatchObject({ price: 0, isFree: true });
    await world.run();
    world.trainer.finish('training-ticket-2', failedWith('provider_error'));
    await world.collectFor('worker-1').execute(again.id);
    expect(await world.avatar(training.avatar)).toMatchObject({
      status: 'ready',
      model: { mediaKey: `weights/${training.id}.safetensors` },
    });
    const third = await world.request.execute({ avatar: training.avatar }, { owner: someone });
    await world.run();
    world.trainer.finish('training-ticket-3', trained('training-ticket-3'));
    await world.collectFor('worker-1').execute(third.id);
    expect(await world.avatar(training.avatar)).toMatchObject({
      model: { mediaKey: `weights/${third.id}.safetensors` },
    });
    // Its owner may find that it was the better one.
    expect(world.media.files.has(`weights/${training.id}.safetensors`)).toBe(true);
    expect(await world.avatar(training.avatar)).toMatchObject({
      earlier: [{ model: { mediaKey: `weights/${training.id}.safetensors` }, replacedAt: world.clock.now() }],
    });
    const { isFree, choices } = await world.request.quote({ avatar: training.avatar }, { owner: someone });
    expect({ isFree, prices: choices.map(({ price }) => price) }).toEqual({
      isFree: false,
      prices: [60, 150, 240],
    });
  });

  it('tells again what could not be told', async () => {
    const training = await world.requested();
    await world.cancel.execute({ id: training.id }, { owner: someone });
    world.transport.delayNext(30);
    await world.run();
    expect(world.transport.delivered).toEqual([]);
    world.clock.advance(31);
    await world.run();
    expect(world.transport.of('training-ended')).toHaveLength(1);
    expect(await world.training(training.id)).toMatchObject({ announcedAt: expect.any(Date) });
  });
});

function never(): never {
  throw new Error('there is no training');
}
