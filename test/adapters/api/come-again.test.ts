import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Policy } from '../../../src/application/policy/policy.js';
import { policy } from '../../application/generation/generation-world.js';
import { noQuotas, plenty } from '../../support/builders/allowances.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

/** Limits that are over by themselves. The first request uses each up; it is noon. */
let opened: MigratedDatabase;
beforeEach(async () => {
  opened = await openMigratedDatabase();
});
afterEach(() => opened.close());

const order = (program: ApiProgram, world: ApiWorld) => world.order(program);
const begin = (program: ApiProgram) =>
  program('POST', '/v1/avatars', { body: { type: 'portrait', name: 'Grace' } });

interface Limit {
  readonly limits: Partial<Policy>;
  readonly ask: (program: ApiProgram, world: ApiWorld) => Promise<Response>;
  readonly status: number;
  readonly hours: number;
}

const limits: Readonly<Record<string, Limit>> = {
  pictures_spent: {
    limits: { quotas: { ...noQuotas, pictures: 1 } },
    ...{ ask: order, status: 429, hours: 12 },
  },
  budget_spent: {
    limits: { quotas: { ...noQuotas, budgets: { day: 35_000, month: null } } },
    ...{ ask: order, status: 503, hours: 12 },
  },
  allowance_spent: {
    limits: { allowances: { ...plenty, drafts: 1 } },
    ...{ ask: begin, status: 429, hours: 24 },
  },
};

it.each(Object.entries(limits))('%s says when to come again, and means it', async (code, limit) => {
  const world = await apiWorld({ database: opened.database, policy: { ...policy, ...limit.limits } });
  const program = await world.program();
  const ask = async () => limit.ask(program, world);
  expect((await ask()).ok).toBe(true);
  world.clock.advance(0.5);
  const refused = await ask();
  const seconds = limit.hours * 3600;
  expect([refused.status, await refused.json()]).toMatchObject([limit.status, { code, seconds }]);
  expect(refused.headers.get('retry-after')).toBe(String(seconds));
  world.clock.advance(seconds);
  expect((await ask()).ok).toBe(true);
});
