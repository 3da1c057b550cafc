import { expect, it } from 'vitest';
import { DescribeAccount } from '../../../src/application/payments/describe-account.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { noQuotas } from '../../support/builders/allowances.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';

it('tells how many pictures are left today, by the limit of everybody or their own', async () => {
  const database = new InMemoryDatabase();
  const clock = new FakeClock();
  await givenUser(database.stores, { id: someone, credits: 30 });
  await givenGeneration(database.stores, { owner: someone, createdAt: clock.now() });
  const describe = (pictures: number | null) =>
    new DescribeAccount({ database, clock, policy: { quotas: { ...noQuotas, pictures } } }).execute(someone);
  expect(await describe(null)).toEqual({ balance: 30, held: 0, pictures: null, expiring: [] });
  const midnight = new Date(`${clock.now().toISOString().slice(0, 10)}T00:00:00Z`).getTime() + 86_400_000;
  const until = new Date(midnight);
  expect((await describe(3)).pictures).toEqual({ limit: 3, left: 2, until });
  await database.stores.quotas.setLimit(someone, 1);
  expect((await describe(3)).pictures).toEqual({ limit: 1, left: 0, until });
  clock.advance(86_400);
  expect((await describe(3)).pictures).toMatchObject({ limit: 1, left: 1 });
});
