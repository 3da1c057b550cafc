import { beforeEach, describe, expect, it } from 'vitest';
import type { KeyScope } from '../../../src/domain/api-key.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

// biome-ignore lint/suspicious/noExplicitAny: what a program reads
type Read = any;
const read = async (response: Response): Promise<Read> => response.json();

let world: ApiWorld;
let ask: ApiProgram;
let generation: string;
let image: Read;
let orders = 0;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
  ({ id: generation } = await read(
    await world.order(ask, { prompt: 'a knight', preset: 'fast', count: 2, seed: 7 }),
  ));
  await world.work();
  [image] = (await read(await ask('GET', '/v1/images'))).images;
});

/** Under a new key each time, or under this one. */
const post = (path: string, body: unknown = {}, name = `again-${String(orders++).padStart(8, '0')}`) =>
  ask('POST', path, { body, headers: { 'idempotency-key': name } });
const made = async (response: Response): Promise<Read> => {
  const { id, ...accepted } = await read(response);
  expect([response.status, accepted]).toMatchObject([202, { status: 'queued' }]);
  await world.work();
  const job = await read(await ask('GET', `/v1/generations/${id}`));
  expect(job.status).toBe('done');
  return { ...job, accepted };
};
const credits = async () => (await world.stores.ledger.account(someone)).balance;

describe('from a picture', () => {
  it('orders it twice as large, at the price that it says', async () => {
    const before = await credits();
    const { endpoint, images, accepted } = await made(await post(`/v1/images/${image.id}/upscale`));
    expect([endpoint, images]).toMatchObject([
      'fal-ai/clarity-upscaler',
      [{ content_type: expect.any(String) }],
    ]);
    expect(before - (await credits())).toBe(accepted.credits);
  });

  it('orders one more like it, once for a key', async () => {
    const path = `/v1/images/${image.id}/variations`;
    const [first, second] = [
      await read(await post(path, { change: 'little' }, 'variation-1')),
      await read(await post(path, { change: 'little' }, 'variation-1')),
    ];
    expect(second).toEqual(first);
    await world.work();
    const job = await read(await ask('GET', `/v1/generations/${first.id}`));
    expect(job).toMatchObject({ status: 'done', prompt: 'a knight', images: [{}] });
    expect(await world.stores.generations.list({ limit: 9 })).toHaveLength(2);
  });

  it('names all that is wrong, and sets nothing aside', async () => {
    const before = await credits();
    const response = await post(`/v1/images/${image.id}/variations`, { change: 'much', max_credits: 'few' });
    const { errors } = await read(response);
    expect([response.status, errors.map(({ field }: Read) => field).sort()]).toEqual([
      422,
      ['change', 'max_credits'],
    ]);
    expect((await post(`/v1/images/${image.id}/upscale`, { max_credits: 0 })).status).toBe(409);
    expect(await credits()).toBe(before);
  });

  it('needs a name for the order, and a key that may order', async () => {
    for (const path of [
      `/v1/images/${image.id}/upscale`,
      `/v1/images/${image.id}/variations`,
      `/v1/generations/${generation}/repeat`,
    ]) {
      const body = path.endsWith('variations') ? { change: 'lot' } : {};
      expect((await read(await ask('POST', path, { body }))).code, path).toBe('idempotency_key_required');
      const reader = await world.program(someone, ['read']);
      expect((await read(await reader('POST', path, { body }))).code, path).toBe('scope_missing');
    }
  });
});

describe('from an order', () => {
  const repeat = async (body: object = {}) => {
    const job = await made(await post(`/v1/generations/${generation}/repeat`, body));
    const asked = await world.stores.generations.find(job.id);
    return { ...job, seed: asked?.overrides.seed };
  };

  it('orders the same once more, with another seed', async () => {
    const job = await repeat();
    expect(job).toMatchObject({ prompt: 'a knight', preset: 'fast', images: [{}, {}] });
    expect(job.seed).not.toBe(7);
  });

  it('orders it with another preset and the same seed', async () => {
    expect(await repeat({ preset: 'quality' })).toMatchObject({ preset: 'quality', seed: 7 });
  });

  it('does not know that preset', async () => {
    const response = await post(`/v1/generations/${generation}/repeat`, { preset: 'best' });
    expect([response.status, (await read(response)).errors]).toMatchObject([422, [{ field: 'preset' }]]);
  });
});

describe('a picture', () => {
  const path = () => `/v1/images/${image.id}`;
  const there = async () => (await read(await ask('GET', '/v1/images'))).images;

  it('becomes a favourite, and none', async () => {
    for (const [method, favourite] of [
      ['PUT', true],
      ['PUT', true],
      ['DELETE', false],
    ] as const) {
      const response = await ask(method, `${path()}/favourite`);
      expect([response.status, await read(response)]).toMatchObject([200, { id: image.id, favourite }]);
    }
  });

  it('is deleted, and comes back', async () => {
    expect((await ask('DELETE', path())).status).toBe(204);
    expect(await there()).toHaveLength(1);
    expect((await ask('GET', path())).status).toBe(404);
    expect((await ask('DELETE', path())).status).toBe(404);
    expect(await read(await ask('POST', `${path()}/restore`))).toEqual(image);
    expect(await there()).toHaveLength(2);
  });

  it('is changed by its owner alone, with a key that may order', async () => {
    await givenUser(world.stores, { id: somebodyElse, credits: 100 });
    const others = [
      [404, await world.program(somebodyElse)],
      [403, await world.program(someone, ['read', 'avatars'] satisfies KeyScope[])],
    ] as const;
    for (const [status, other] of others)
      for (const [method, act] of [
        ['PUT', '/favourite'],
        ['DELETE', '/favourite'],
        ['DELETE', ''],
        ['POST', '/restore'],
        ['POST', '/upscale'],
        ['POST', '/variations'],
      ] as const)
        expect((await other(method, `${path()}${act}`)).status, `${method} ${act}`).toBe(status);
    expect(await there()).toHaveLength(2);
  });
});
