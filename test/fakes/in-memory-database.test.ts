import { describe, expect, it } from 'vitest';
import { storesContract } from '../contracts/stores.js';
import { givenUser } from '../support/builders/given.js';
import { InMemoryDatabase } from './in-memory-database.js';
import { openInMemory } from './open-in-memory.js';

storesContract('InMemoryDatabase', openInMemory);

describe('InMemoryDatabase', () => {
  it('refuses what would run beside a transaction on PostgreSQL', async () => {
    const database = new InMemoryDatabase();
    const aside = database.transaction(() => givenUser(database.stores));
    await expect(aside).rejects.toThrow('only the stores that it was given');
    const nested = database.transaction(() => database.transaction(async () => 'inner'));
    await expect(nested).rejects.toThrow('inside a transaction');
  });

  it('refuses stores that outlive their transaction', async () => {
    const database = new InMemoryDatabase();
    const stores = await database.transaction(async (inside) => inside);
    await expect(givenUser(stores)).rejects.toThrow('is over');
  });

  it('hands out the jobs that are due', async () => {
    const database = new InMemoryDatabase();
    const [now, later] = [new Date(1000), new Date(2000)];
    await database.stores.jobs.add({ task: 'submit-next' });
    await database.stores.jobs.add({ task: 'submit-next' }, later);
    expect(database.takeJobs(now)).toMatchObject([{ runAt: null }]);
    expect(database.queued).toMatchObject([{ runAt: later }]);
    expect(database.takeJobs(later)).toHaveLength(1);
    expect(database.queued).toEqual([]);
  });
});
