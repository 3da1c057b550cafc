import type { WorkerStore } from '../../src/application/ports/stores/jobs/worker-store.js';
import { workerRegistryContract } from '../contracts/worker-registry.js';
import { InMemoryDatabase } from './in-memory-database.js';
import { InMemoryWorkerRegistry } from './in-memory-worker-registry.js';

workerRegistryContract('InMemoryWorkerRegistry', async () => {
  const registry = new InMemoryWorkerRegistry();
  return {
    process: () => registry,
    workers: besides(registry),
    kill: async (id) => registry.kill(id),
    close: async () => undefined,
  };
});

/** The database knows nothing of signs of life here: the registry says who has come back. */
function besides(registry: InMemoryWorkerRegistry): WorkerStore {
  const { workers } = new InMemoryDatabase().stores;
  return {
    reap: async (dead) => {
      const still = new Set((await registry.findDead()).map(({ id }) => id));
      return workers.reap(dead.filter(({ id }) => still.has(id)));
    },
    lockDead: (dead) => workers.lockDead(dead),
    unlockOrphans: () => workers.unlockOrphans(),
    whatStands: (now) => workers.whatStands(now),
    overdueOf: (worker, now) => workers.overdueOf(worker, now),
  };
}
