import { beforeEach, describe, expect, it } from 'vitest';
import { FollowGenerations } from '../../../src/application/generation/follow-generations.js';
import { generationId } from '../../../src/domain/ids.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type ApiProgram, type ApiWorld, apiWorld, eventsOf } from './api-world.js';

let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
});

/** What a program reads. */
// biome-ignore lint/suspicious/noExplicitAny: it is JSON of whatever shape a test expects.
const read = async (response: Response): Promise<any> => response.json();

const ordered = async (): Promise<string> => (await read(await world.order(ask))).id;

describe('POST /v1/generations', () => {
  it('accepts an order, holds its price, and the picture comes', async () => {
    const response = await world.order(ask, { prompt: 'in medieval armor', preset: 'fast', count: 2 });
    expect(response.status).toBe(202);
    const accepted = await read(response);
    expect(accepted).toEqual({
      id: expect.any(String),
      status: 'queued',
      credits: 10,
      estimate_seconds: expect.any(Number),
    });
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 90, held: 10 });
    await world.work();
    const done = await read(await ask('GET', `/v1/generations/${accepted.id}`));
    expect(done).toMatchObject({
      ...{ id: accepted.id, status: 'done', prompt: 'in medieval armor', preset: 'fast', credits: 10 },
      endpoint: 'fal-ai/flux-lora',
      images: [
        {
          id: expect.any(String),
          width: 64,
          height: 64,
          content_type: 'image/jpeg',
          bytes: expect.any(Number),
        },
        { id: expect.any(String) },
      ],
    });
    expect(await world.stores.generations.find(generationId(accepted.id))).toMatchObject({
      ...{ status: 'delivered', owner: someone, origin: { transport: 'api', address: { key: ask.id } } },
    });
  });

  it('names every wrong field at once, whoever finds it', async () => {
    const body = {
      prompt: 5,
      count: 'two',
      steps: 9999,
      aspect_ratio: '7:7',
      preset: 'nope',
      owner: '2',
      free: true,
    };
    const response = await world.order(ask, body);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      422,
      'application/problem+json',
    ]);
    const problem = await read(response);
    expect(problem).toMatchObject({
      code: 'invalid_input',
      status: 422,
      type: 'urn:aisha:problem:invalid_input',
    });
    expect(
      problem.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).sort(),
    ).toEqual([
      'aspect_ratio unknown_value',
      'count malformed',
      'free unknown_value',
      'owner unknown_value',
      'preset unknown_value',
      'prompt malformed',
      'steps out_of_range',
    ]);
    expect(await world.stores.generations.list({ limit: 9 })).toEqual([]);
  });

  it.each([
    ['no JSON', { body: '{"prompt":' }, 400, 'malformed_request'],
    [
      'another type',
      { body: 'prompt=x', headers: { 'content-type': 'text/plain' } },
      415,
      'media_type_not_supported',
    ],
    ['no type', { body: '{"prompt":"x"}', headers: { 'content-type': '' } }, 415, 'media_type_not_supported'],
    ['a body that is too large', { body: { prompt: 'x'.repeat(70_000) } }, 413, 'body_too_large'],
    ['a list', { body: [] }, 422, 'invalid_input'],
    ['nothing', { body: {} }, 422, 'invalid_input'],
  ])('refuses %s', async (_, sent, status, code) => {
    const headers = { 'idempotency-key': 'order-0001', ...('headers' in sent ? sent.headers : {}) };
    const response = await ask('POST', '/v1/generations', { ...sent, headers });
    expect([response.status, (await read(response)).code]).toEqual([status, code]);
  });

  it('says what an order would cost that cannot be paid', async () => {
    const poor = await apiWorld({ credits: 3 });
    const response = await poor.order(await poor.program());
    expect(response.status).toBe(402);
    expect(await read(response)).toMatchObject({
      code: 'insufficient_credits',
      needed: 5,
      balance: 3,
      errors: [],
    });
  });

  it('refuses what costs more than was agreed', async () => {
    const dearer = await world.order(ask, { prompt: 'a knight', max_credits: 4 });
    expect([dearer.status, (await read(dearer)).code]).toEqual([409, 'price_changed']);
  });

  it('keeps text that no column could hold as it is written', async () => {
    const { id } = await read(await world.order(ask, { prompt: 'a\u0000b \ud83d knight' }));
    expect((await world.stores.generations.find(id))?.prompt).toBe('a\ufffdb \ufffd knight');
  });
});

describe('GET /v1/generations/{id}', () => {
  it('waits until it is over', async () => {
    const id = await ordered();
    const waiting = ask('GET', `/v1/generations/${id}?wait=30`);
    await world.work();
    expect(await (await waiting).json()).toMatchObject({ status: 'done', images: [{}] });
  });

  it('answers when the service stops', async () => {
    const id = await ordered();
    const waiting = ask('GET', `/v1/generations/${id}?wait=30`);
    await new Promise((resolve) => setImmediate(resolve));
    world.container.get(FollowGenerations).close();
    expect(await (await waiting).json()).toMatchObject({ status: 'queued', images: [] });
  });

  it('refuses a wait that is none', async () => {
    for (const query of ['wait=31', 'wait=-1', 'wait=x', 'what=1']) {
      const response = await ask('GET', `/v1/generations/${await ordered()}?${query}`);
      expect([response.status, (await read(response)).code], query).toEqual([422, 'invalid_input']);
    }
  });

  it('tells why there is no picture, without the operator’s words', async () => {
    const { id } = await givenGeneration(world.stores, {
      ...{ owner: someone, status: 'failed', failure: { kind: 'no_media', detail: 'internal words' } },
    });
    const body = await (await ask('GET', `/v1/generations/${id}`)).text();
    expect(JSON.parse(body)).toMatchObject({ status: 'failed', failure: { kind: 'no_media' }, credits: 0 });
    expect(body).not.toContain('internal words');
  });
});

describe('DELETE /v1/generations/{id}', () => {
  it('calls an order off and gives back what was set aside', async () => {
    const id = await ordered();
    expect(await (await ask('DELETE', `/v1/generations/${id}`)).json()).toMatchObject({
      status: 'cancelled',
      credits: 0,
    });
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 100, held: 0 });
  });

  it('is too late once the picture is there', async () => {
    const id = await ordered();
    await world.work();
    const response = await ask('DELETE', `/v1/generations/${id}`);
    expect([response.status, (await read(response)).code]).toEqual([409, 'wrong_state']);
  });
});

describe('GET /v1/generations/{id}/events', () => {
  it('tells each step once, in order, and ends', async () => {
    const { id } = await givenGeneration(world.stores, { owner: someone, status: 'submitted', price: 0 });
    const response = await ask('GET', `/v1/generations/${id}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error('there is no stream');
    expect(await nextEvent(reader)).toMatchObject({
      event: 'queued',
      id: '1',
      data: { id, status: 'queued' },
    });
    await world.stores.generations.reportProgress(id, { phase: 'running', position: null });
    expect(await nextEvent(reader)).toMatchObject({ event: 'running', id: '2' });
    await ask('DELETE', `/v1/generations/${id}`);
    expect(await nextEvent(reader)).toMatchObject({
      event: 'failed',
      id: '3',
      data: { status: 'cancelled' },
    });
    expect(await reader.read()).toMatchObject({ done: true });
  });

  it('tells of what another process did, with the images', async () => {
    const id = await ordered();
    const response = await ask('GET', `/v1/generations/${id}/events`);
    await world.work();
    const events = await eventsOf(response);
    expect(events.at(-1)).toMatchObject({ event: 'done', id: '3', data: { status: 'done', images: [{}] } });
  });

  it('goes on after the last event that was seen', async () => {
    const id = await ordered();
    await world.work();
    const all = await eventsOf(await ask('GET', `/v1/generations/${id}/events`));
    expect(all.map(({ event }) => event)).toEqual(['done']);
    const follow = (seen: string) =>
      ask('GET', `/v1/generations/${id}/events`, { headers: { 'last-event-id': seen } });
    // An EventSource comes back after every stream, until it hears this.
    expect((await follow('3')).status).toBe(204);
    // No ids of ours: nothing was seen.
    for (const odd of ['0', '99', 'Infinity', '3e0', '3.0', 'done']) {
      const again = await eventsOf(await follow(odd));
      expect(again, odd).toMatchObject([{ event: 'done' }]);
    }
  });

  it('asks the database once for all who follow, however many', async () => {
    const id = await ordered();
    const { generations } = world.stores;
    let looks = 0;
    const glance = generations.glance.bind(generations);
    generations.glance = (ids) => {
      looks += 1;
      expect(ids).toEqual([id]);
      return glance(ids);
    };
    const streams = await Promise.all(
      Array.from({ length: 50 }, () => ask('GET', `/v1/generations/${id}/events`)),
    );
    await world.work();
    const told = await Promise.all(streams.map(eventsOf));
    expect(told.every((events) => events.at(-1)?.event === 'done')).toBe(true);
    expect(looks).toBeGreaterThan(0);
  });
});

describe('what is not yours', () => {
  it('is not there, by any route', async () => {
    await givenUser(world.stores, { id: somebodyElse, credits: 100 });
    const foreign = await world.program(somebodyElse);
    const id = await ordered();
    const routes = world.api.openAPIRegistry.definitions.flatMap((each) =>
      each.type === 'route' ? [each.route] : [],
    );
    const withId = routes.filter(({ path }) => path.includes('{id}'));
    expect(withId.length).toBeGreaterThan(2);
    for (const { method, path } of withId)
      for (const named of [id, '00000000-0000-4000-8000-00000000dead', 'no-id'])
        for (const who of named === id ? [foreign] : [foreign, ask]) {
          const response = await who(method.toUpperCase(), path.replace('{id}', named));
          expect([response.status, (await read(response)).code], `${method} ${path}`).toEqual([
            404,
            'not_found',
          ]);
        }
    expect(await world.stores.generations.find(generationId(id))).toMatchObject({ status: 'accepted' });
  });

  it('tells paths and methods that do not exist', async () => {
    expect((await ask('GET', '/v1/nothing')).status).toBe(404);
    const wrong = await ask('PUT', '/v1/generations');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    const account = await ask('POST', '/v1/account');
    expect([account.status, account.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await ask('HEAD', '/v1/account')).status).toBe(200);
  });
});

async function nextEvent(reader: ReadableStreamDefaultReader<Uint8Array>) {
  let text = '';
  while (!text.includes('\n\n')) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream ended');
    text += Buffer.from(value).toString();
  }
  const field = (name: string) => text.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? '';
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
}
