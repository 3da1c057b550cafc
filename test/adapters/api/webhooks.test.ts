import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DueHookMessage } from '../../../src/application/ports/stores/event-hook-store.js';
import { secondsAfter } from '../../../src/domain/time.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

// biome-ignore lint/suspicious/noExplicitAny: what a program reads
type Read = any;

let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
});

const url = 'https://example.com/aisha';
const read = async (response: Response | Promise<Response>): Promise<Read> => (await response).json();
const added = (body: object = { url }) => read(ask('POST', '/v1/webhooks', { body }));
/** What waits to be sent. */
async function noted(): Promise<DueHookMessage[]> {
  const found: DueHookMessage[] = [];
  for (;;) {
    const next = await world.stores.eventHooks.take(
      world.clock.now(),
      secondsAfter(world.clock.now(), 60),
      [],
      false,
    );
    if (next === null) return found;
    found.push(next);
  }
}

describe('/v1/webhooks', () => {
  it('shows the secret once, and lists what there is', async () => {
    const { secret, ...hook } = await added({ url, events: ['generation.done'] });
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(hook).toMatchObject({
      url,
      events: ['generation.done'],
      state: 'working',
      waiting: 0,
      failing_since: null,
      quiet_until: null,
      switched_off_at: null,
    });
    expect(await read(ask('GET', '/v1/webhooks'))).toEqual({ webhooks: [hook] });
  });

  it('names every wrong field at once, and adds nothing', async () => {
    const problems = async (body: unknown) => {
      const response = await ask('POST', '/v1/webhooks', { body });
      expect(response.status).toBe(422);
      return (await read(response)).errors.map(({ field }: Read) => field);
    };
    expect(await problems({ url: 'http://example.com/', events: ['cake'] })).toEqual(['events', 'url']);
    expect(await problems({ url: 7, events: ['cake'], owner: '1' })).toEqual(['url', 'owner', 'events']);
    expect(await problems({ events: 'all' })).toEqual(['url', 'events']);
    expect(await read(ask('POST', '/v1/webhooks', { body: { url, events: 'all' } }))).toMatchObject({
      errors: [{ field: 'events', received: 'all', allowed: 'a list' }],
    });
    expect(await read(ask('GET', '/v1/webhooks'))).toEqual({ webhooks: [] });
  });

  it('are not there for anybody else', async () => {
    const { id } = await added();
    await givenUser(world.stores, { id: somebodyElse });
    const stranger = await world.program(somebodyElse);
    for (const [method, path] of [
      ['DELETE', `/v1/webhooks/${id}`],
      ['POST', `/v1/webhooks/${id}/test`],
      ['DELETE', '/v1/webhooks/nothing'],
    ] as const)
      expect((await stranger(method, path)).status).toBe(404);
    expect(await read(stranger('GET', '/v1/webhooks'))).toEqual({ webhooks: [] });
    expect((await read(ask('GET', '/v1/webhooks'))).webhooks).toHaveLength(1);
  });

  it('hears of nothing once it is removed', async () => {
    const { id } = await added();
    expect((await ask('DELETE', `/v1/webhooks/${id}`)).status).toBe(204);
    await world.order(ask);
    await world.work();
    expect(await noted()).toEqual([]);
    expect((await ask('DELETE', `/v1/webhooks/${id}`)).status).toBe(404);
  });

  it('a key that may only read adds none', async () => {
    const reader = await world.program(someone, ['read']);
    expect((await reader('POST', '/v1/webhooks', { body: { url } })).status).toBe(403);
    expect((await reader('GET', '/v1/webhooks')).status).toBe(200);
  });
});

describe('how a webhook fares', () => {
  /** Its address does not take what is sent to it, and may ask for so many seconds of quiet. */
  async function fails(quiet: number | null = null) {
    const [event] = await noted();
    if (event === undefined) throw new Error('something was noted');
    const now = world.clock.now();
    const quietUntil = quiet === null ? null : secondsAfter(now, quiet);
    const failed = { trouble: 'answered_503' as const, now, nextTryAt: secondsAfter(now, 5), quietUntil };
    await world.stores.eventHooks.markFailed(event, failed);
    return event;
  }
  const listed = async () => (await read(ask('GET', '/v1/webhooks'))).webhooks[0];
  let opened: MigratedDatabase;
  beforeEach(async () => {
    opened = await openMigratedDatabase();
    world = await apiWorld({ database: opened.database });
    ask = await world.program();
    const { id } = await added();
    await ask('POST', `/v1/webhooks/${id}/test`);
  });
  afterEach(() => opened.close());

  it('is said: it fails, and works again', async () => {
    expect(await listed()).toMatchObject({ state: 'working', waiting: 1, failing_since: null });
    const event = await fails();
    expect(await listed()).toMatchObject({
      ...{ state: 'failing', waiting: 1, last_trouble: 'answered_503', quiet_until: null },
      failing_since: world.clock.now().toISOString(),
    });
    await world.stores.eventHooks.markSent(event, world.clock.now());
    expect(await listed()).toMatchObject({ state: 'working', waiting: 0, failing_since: null });
  });

  it('is said: it asked for quiet, until that is over', async () => {
    await fails(600);
    const until = secondsAfter(world.clock.now(), 600).toISOString();
    expect(await listed()).toMatchObject({ state: 'quiet', waiting: 1, quiet_until: until });
    world.clock.advance(600);
    expect(await listed()).toMatchObject({ state: 'failing', quiet_until: null });
    // A clock that was days ahead wrote that.
    await fails(3 * 86_400);
    expect(await listed()).toMatchObject({ state: 'failing', quiet_until: null });
  });

  it('is said: it is switched off, and nothing waits for it', async () => {
    await fails(600);
    await world.stores.eventHooks.switchOff((await listed()).id, 'timed_out', world.clock.now());
    expect(await listed()).toMatchObject({
      ...{ state: 'switched_off', waiting: 0, last_trouble: 'timed_out', quiet_until: null },
      switched_off_at: world.clock.now().toISOString(),
    });
  });
});

describe('what a webhook is told', () => {
  it('is what GET tells of the order that is done, once', async () => {
    await added();
    const { id } = await read(world.order(ask));
    await world.work();
    const [event, ...others] = await noted();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ type: 'generation.done', data: { id, status: 'done' } });
    expect(event?.data).toEqual(await read(ask('GET', `/v1/generations/${id}`)));
  });

  it('is that an order was called off', async () => {
    await added();
    const { id } = await read(world.order(ask));
    await ask('DELETE', `/v1/generations/${id}`);
    await world.work();
    expect(await noted()).toMatchObject([
      { type: 'generation.cancelled', data: { id, status: 'cancelled' } },
    ]);
  });

  it('is a test where it was asked for', async () => {
    const { id } = await added({ url, events: ['generation.failed'] });
    const { webhook_id } = await read(ask('POST', `/v1/webhooks/${id}/test`));
    expect(await noted()).toMatchObject([{ id: webhook_id, type: 'webhook.test', data: { id } }]);
  });
});
