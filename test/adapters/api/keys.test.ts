import { beforeEach, describe, expect, it } from 'vitest';
import { createMask } from '../../../src/adapters/observability/mask.js';
import { CreateApiKey } from '../../../src/application/account/keys/create-api-key.js';
import { RevokeApiKey } from '../../../src/application/account/keys/revoke-api-key.js';
import { DeleteUser } from '../../../src/application/personal-data/delete-user.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
});

const nowhere = '/v1/generations/00000000-0000-4000-8000-00000000dead';
const come = (authorization?: string, more: Record<string, string> = {}) =>
  world.api.request(nowhere, {
    headers: { ...(authorization === undefined ? {} : { authorization }), ...more },
  });

describe('a key', () => {
  it('is shown once, and kept as a digest', async () => {
    expect(ask.key).toMatch(/^aisha_[\dA-Za-z]{8}_[\dA-Za-z]{32}$/);
    const kept = JSON.stringify(await world.stores.apiKeys.list());
    expect(kept).not.toContain(ask.key.slice(-32));
    expect(kept).toContain(ask.key.slice(6, 14));
  });

  it.each([
    ['no key', () => undefined],
    ['another scheme', () => `Basic ${ask.key}`],
    ['what is no key', () => 'Bearer hello'],
    ['another secret', () => `Bearer ${ask.key.slice(0, -1)}${ask.key.endsWith('a') ? 'b' : 'a'}`],
    ['another first part', () => `Bearer aisha_00000000${ask.key.slice(14)}`],
  ])('is needed: %s is refused, and all look alike', async (_, header) => {
    const response = await come(header());
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="aisha"',
    ]);
    expect(await response.json()).toMatchObject({ code: 'key_required', errors: [] });
  });

  it('lets nobody in once it is revoked, over, or its owner has left', async () => {
    expect((await come(`Bearer ${ask.key}`)).status).toBe(404);
    await world.container.get(RevokeApiKey).execute({ id: ask.id }, { owner: someone });
    expect((await come(`Bearer ${ask.key}`)).status).toBe(401);

    const day = world.clock.now().toISOString().slice(0, 10);
    const { text } = await world.container
      .get(CreateApiKey)
      .execute({ name: 'for today', expires: day }, { owner: someone });
    expect((await come(`Bearer ${text}`)).status).toBe(404);
    world.clock.advance(86_400);
    expect((await come(`Bearer ${text}`)).status).toBe(401);

    const last = await world.program();
    await world.container.get(DeleteUser).execute({ user: someone }, { owner: someone });
    expect((await come(`Bearer ${last.key}`)).status).toBe(401);
  });

  it('is turned away with its owner', async () => {
    await world.stores.blocks.block({ user: someone, at: world.clock.now(), why: null });
    const response = await come(`Bearer ${ask.key}`);
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'person_blocked' }]);
    await world.stores.blocks.unblock(someone);
    await world.stores.admissions.decide(somebodyElse, 'allowed', world.clock.now());
    expect(await (await come(`Bearer ${ask.key}`)).json()).toMatchObject({ code: 'not_allowed' });
  });

  it('may do what its scopes say', async () => {
    const reader = await world.program(someone, ['read']);
    const response = await world.order(reader);
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'scope_missing' }]);
    const writer = await world.program(someone, ['generate']);
    expect((await world.order(writer)).status).toBe(202);
    expect((await writer('GET', nowhere)).status).toBe(403);
  });

  it('takes note of its use once a minute', async () => {
    const lastUse = async () => (await world.stores.apiKeys.list(someone))[0]?.lastUsedAt;
    await come(`Bearer ${ask.key}`);
    const first = world.clock.now();
    expect(await lastUse()).toEqual(first);
    world.clock.advance(59);
    await come(`Bearer ${ask.key}`);
    expect(await lastUse()).toEqual(first);
    world.clock.advance(1);
    await come(`Bearer ${ask.key}`);
    expect(await lastUse()).toEqual(world.clock.now());
  });

  it('is hidden in logs but for the part by which it is found', () => {
    const masked = createMask()(`refused ${ask.key}, sorry`);
    expect(masked).toBe(`refused ${ask.key.slice(0, 15)}[secret], sorry`);
  });
});

describe('making keys', () => {
  const create = (terms: object, owner = someone) =>
    world.container.get(CreateApiKey).execute(terms, { owner });

  it('names everything that is wrong with one', async () => {
    await expect(
      create({ name: ' ', scopes: ['everything'], expires: '2020-13-01', more: 1 }),
    ).rejects.toMatchObject({
      refusal: {
        problems: [
          { field: 'name' },
          { field: 'scopes' },
          { field: 'expires' },
          { field: 'more', code: 'unknown_value' },
        ],
      },
    });
    await expect(create({ name: 'x', expires: '2020-01-01' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('is for people we know, twenty each, and admin keys for operators', async () => {
    await expect(create({ name: 'x' }, somebodyElse)).rejects.toMatchObject({ refusal: { what: 'user' } });
    await expect(create({ name: 'x', scopes: ['admin'] })).rejects.toMatchObject({ code: 'not_allowed' });
    for (let made = 1; made < 20; made += 1) await create({ name: `key ${made}` });
    await expect(create({ name: 'one more' })).rejects.toMatchObject({ code: 'too_many_keys' });
    await world.container.get(RevokeApiKey).execute({ id: ask.id }, 'operator');
    await create({ name: 'one more' });
  });

  it('lets nobody revoke another’s', async () => {
    await givenUser(world.stores, { id: somebodyElse });
    const revoke = world.container.get(RevokeApiKey).execute({ id: ask.id }, { owner: somebodyElse });
    await expect(revoke).rejects.toMatchObject({ refusal: { code: 'not_found', what: 'key' } });
    expect((await come(`Bearer ${ask.key}`)).status).toBe(404);
  });
});

describe('limits', () => {
  it('let an address guess twenty keys a minute, and then look at none', async () => {
    const wrong = `Bearer aisha_00000000_${'0'.repeat(32)}`;
    const from = (address: string) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` });
    let looks = 0;
    const { apiKeys } = world.stores;
    const find = apiKeys.find.bind(apiKeys);
    apiKeys.find = (shown) => {
      looks += 1;
      return find(shown);
    };
    const proxied = { incoming: { socket: { remoteAddress: '::ffff:127.0.0.1' } } };
    const guess = (address: string, authorization = wrong) =>
      world.api.request(nowhere, { headers: { authorization, ...from(address) } }, proxied);
    for (let each = 0; each < 20; each += 1) expect((await guess('9.9.9.9')).status).toBe(401);
    const refused = await guess('9.9.9.9');
    expect([refused.status, looks]).toEqual([429, 20]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await guess('8.8.8.8', `Bearer ${ask.key}`)).status).toBe(404);
  });

  it('are told with each answer, and end in 429', async () => {
    const first = await ask('GET', nowhere);
    expect(first.headers.get('ratelimit-policy')).toBe('"minute";q=600;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"minute";r=599;t=\d+$/);
    for (let each = 1; each < 600; each += 1) await ask('GET', nowhere);
    const refused = await ask('GET', nowhere);
    expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too_many_requests' }]);
    expect(refused.headers.get('ratelimit')).toMatch(/r=0/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Of this key alone.
    expect((await (await world.program())('GET', nowhere)).status).toBe(404);
  });
});
