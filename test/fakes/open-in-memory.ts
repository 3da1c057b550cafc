import type { OpenedStores } from '../contracts/open-stores.js';
import { InMemoryDatabase } from './in-memory-database.js';

/** The fake, for a contract suite. */
export async function openInMemory(): Promise<OpenedStores> {
  let database = new InMemoryDatabase();
  return {
    get database() {
      return database;
    },
    waitingJobs: async () => database.queued.map(({ job, runAt }) => ({ job, runAt })),
    live: async (worker) => database.live(worker),
    async clear() {
      database = new InMemoryDatabase();
    },
    close: async () => undefined,
  };
}
