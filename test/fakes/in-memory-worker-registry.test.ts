import { workerRegistryContract } from '../contracts/worker-registry.js';
import { InMemoryWorkerRegistry } from './in-memory-worker-registry.js';

workerRegistryContract('InMemoryWorkerRegistry', async () => {
  const registry = new InMemoryWorkerRegistry();
  return {
    process: () => registry,
    kill: async (id) => registry.kill(id),
    close: async () => undefined,
  };
});
