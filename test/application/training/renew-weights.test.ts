import { beforeEach, describe, expect, it } from 'vitest';
import { RenewWeights } from '../../../src/application/generation/renew-weights.js';
import { ProviderError } from '../../../src/application/ports/provider-error.js';
import type { Avatar } from '../../../src/domain/avatar/avatar.js';
import type { GenerationIn } from '../../../src/domain/generation/generation.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { anOrder } from '../../support/builders/an-order.js';
import { givenAvatar, givenGeneration } from '../../support/builders/given.js';

const expired = 'https://weights.example/person.safetensors';
const fresh = 'https://weights.example/again.safetensors';

describe('RenewWeights', () => {
  const clock = new FakeClock();
  let database: InMemoryDatabase;
  let published: string[];
  let publish: (mediaKey: string) => Promise<string>;
  let renewal: RenewWeights;

  async function running(model: Extract<Avatar, { status: 'ready' }>['model'], rerolls = 0) {
    const avatar = await givenAvatar(database.stores, { model });
    const order = anOrder({ loras: [{ url: expired, scale: 1.1 }] });
    const state = await givenGeneration(database.stores, {
      status: 'submitted',
      avatar: avatar.id,
      order,
      rerolls,
    });
    await acquire(state);
    return { avatar, state };
  }

  async function acquire({ id }: GenerationIn<'submitted'>): Promise<void> {
    const lease = { owner: 'w', until: new Date(clock.now().getTime() + 60_000) };
    await database.stores.generations.acquire(id, 'submitted', lease, clock.now());
  }

  beforeEach(() => {
    database = new InMemoryDatabase();
    published = [];
    publish = async () => fresh;
    const library = {
      publish: (mediaKey: string) => {
        published.push(mediaKey);
        return publish(mediaKey);
      },
    };
    renewal = new RenewWeights({ database, library, clock, log: new RecordingLogger() });
  });

  it('puts a model up again that a training has replaced since', async () => {
    const current = { kind: 'lora', url: 'https://weights.example/new', mediaKey: 'weights/new' } as const;
    const { avatar, state } = await running(current);
    const model = { kind: 'lora', url: expired, mediaKey: 'weights/old' } as const;
    const earlier = [{ model, trigger: 'TOK', strength: null, replacedAt: clock.now() }];
    await database.stores.avatars.save({ ...avatar, earlier });
    expect(await renewal.execute(state, { lease: 'w' })).toBe(true);
    expect(published).toEqual(['weights/old']);
    expect(await database.stores.avatars.find(avatar.id)).toMatchObject({
      model: current,
      earlier: [{ model: { url: fresh } }],
    });
  });

  it('puts the kept copy up again, tells the avatar, and sends the job again', async () => {
    const { avatar, state } = await running({ kind: 'lora', url: expired, mediaKey: 'weights/a' });
    expect(await renewal.execute(state, { lease: 'w' })).toBe(true);
    expect(published).toEqual(['weights/a']);
    expect(await database.stores.generations.find(state.id)).toMatchObject({
      status: 'accepted',
      rerolls: 1,
      order: { loras: [{ url: fresh, scale: 1.1 }], prompt: state.order.prompt },
    });
    expect(await database.stores.avatars.find(avatar.id)).toMatchObject({
      model: { url: fresh, mediaKey: 'weights/a' },
    });
    expect(database.queued.map(({ job }) => job.task)).toContain('submit-next');
  });

  it('takes the address that another job has got meanwhile', async () => {
    const { state } = await running({ kind: 'lora', url: fresh, mediaKey: 'weights/a' });
    expect(await renewal.execute(state, { lease: 'w' })).toBe(true);
    expect(published).toEqual([]);
  });

  it('does it once', async () => {
    const { state } = await running({ kind: 'lora', url: expired, mediaKey: 'weights/a' }, 1);
    expect(await renewal.execute(state, { lease: 'w' })).toBe(false);
  });

  it.each([
    ['there is no kept copy', { kind: 'lora', url: expired } as const, async (): Promise<string> => fresh],
    [
      'the kept copy cannot be read',
      { kind: 'lora', url: expired, mediaKey: 'weights/a' } as const,
      (): Promise<string> => Promise.reject(new Error('ENOENT')),
    ],
  ])('can do nothing when %s', async (_, model, answer) => {
    publish = answer;
    const { state } = await running(model);
    expect(await renewal.execute(state, { lease: 'w' })).toBe(false);
    expect((await database.stores.generations.find(state.id))?.status).toBe('submitted');
  });

  it('leaves it for later when the provider does not take the file now', async () => {
    publish = () => Promise.reject(new ProviderError('not_taken', 'busy'));
    const { state } = await running({ kind: 'lora', url: expired, mediaKey: 'weights/a' });
    await expect(renewal.execute(state, { lease: 'w' })).rejects.toBeInstanceOf(ProviderError);
  });
});
