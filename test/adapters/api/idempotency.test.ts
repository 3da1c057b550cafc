import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let opened: MigratedDatabase;
let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  opened = await openMigratedDatabase();
  world = await apiWorld({ database: opened.database, credits: 47 });
  ask = await world.program();
});
afterEach(() => opened.close());

/** How many answers had which status. */
function statuses(responses: readonly Response[]): Record<number, number> {
  const all: Record<number, number> = {};
  for (const { status } of responses) all[status] = (all[status] ?? 0) + 1;
  return all;
}

const idOf = async (response: Response) => ((await response.json()) as { id: string }).id;
const jobs = () => world.stores.generations.list({ limit: 99 });

describe('an Idempotency-Key', () => {
  it.each(['', 'short', 'with space', 'ü'.repeat(9), 'x'.repeat(129)])('must be one: "%s"', async (name) => {
    const headers =
      name === '' || /[^\x21-\x7e]/.test(name.replace(' ', '')) ? {} : { 'idempotency-key': name };
    const response = await ask('POST', '/v1/generations', { body: { prompt: 'x' }, headers });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { code: 'idempotency_key_required' },
    ]);
  });

  it('makes one job of twenty orders at once, and the same answer for all that come later', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => world.order(ask, { prompt: 'a knight' }, 'order-0001')),
    );
    const counted = statuses(all);
    expect((counted[202] ?? 0) + (counted[409] ?? 0)).toBe(20);
    expect(counted[202]).toBeGreaterThan(0);
    expect(
      all.filter(({ status }) => status === 409).every(({ headers }) => headers.get('retry-after') === '1'),
    ).toBe(true);
    expect(await jobs()).toHaveLength(1);
    const [first, again] = [
      all.find(({ status }) => status === 202),
      await world.order(ask, { prompt: 'a knight' }, 'order-0001'),
    ];
    expect(await again.json()).toEqual(await first?.json());
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 42, held: 5 });
  });

  it('pays for nine of twenty when that is what there is', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, each) =>
        world.order(ask, { prompt: 'a knight' }, `order-${each}-of-20`),
      ),
    );
    expect(statuses(all)).toEqual({ 202: 9, 402: 11 });
    expect(await jobs()).toHaveLength(9);
    expect(await world.stores.ledger.account(someone)).toMatchObject({ balance: 2, held: 45 });
  });

  it('is for one body', async () => {
    await world.order(ask, { prompt: 'a knight' }, 'order-0001');
    const other = await world.order(ask, { prompt: 'a queen' }, 'order-0001');
    expect([other.status, await other.json()]).toMatchObject([422, { code: 'idempotency_key_reused' }]);
    expect(await jobs()).toHaveLength(1);
  });

  it('is its owner’s, whichever of their keys they use', async () => {
    const id = await idOf(await world.order(ask, { prompt: 'a knight' }, 'order-0001'));
    const second = await world.order(await world.program(), { prompt: 'a knight' }, 'order-0001');
    expect(await idOf(second)).toBe(id);
    await givenUser(world.stores, { id: somebodyElse, credits: 9 });
    const foreign = await world.order(
      await world.program(somebodyElse),
      { prompt: 'a knight' },
      'order-0001',
    );
    expect(await foreign.json()).toMatchObject({ code: 'no_avatar' });
  });

  it('serves again for a request that was refused, mended or not', async () => {
    const refused = await world.order(ask, { prompt: 'a knight', steps: 999 }, 'order-0001');
    expect(refused.status).toBe(422);
    expect(
      (await world.order(ask, { prompt: 'a knight', count: 4, avatar: 'Nobody' }, 'order-0001')).status,
    ).toBe(422);
    expect((await world.order(ask, { prompt: 'a knight', steps: 9 }, 'order-0001')).status).toBe(202);
  });

  it('leads to the same job when the process died before it could answer', async () => {
    const requesting = world.container.get(RequestGeneration);
    const execute = requesting.execute.bind(requesting);
    requesting.execute = async (...asked) => {
      await execute(...asked);
      throw new Error('killed');
    };
    expect((await world.order(ask, { prompt: 'a knight' }, 'order-0001')).status).toBe(500);
    const [job] = await jobs();
    requesting.execute = execute;
    const again = await world.order(ask, { prompt: 'a knight' }, 'order-0001');
    expect([again.status, await idOf(again)]).toEqual([202, job?.id]);
    expect(await jobs()).toHaveLength(1);
  });
});
