import type { WorkerStore } from '../../src/application/ports/stores/jobs/worker-store.js';
import type { DeadWorker } from '../../src/application/ports/worker-registry.js';
import type { Access } from './in-memory-state.js';

/** There is no queue here that locks its jobs, and who is alive stands in the registry: only burials are kept. */
export class InMemoryWorkerStore implements WorkerStore {
  constructor(private readonly access: Access) {}

  lockDead(dead: readonly DeadWorker[]): Promise<string[]> {
    return this.access(({ buried }) =>
      dead.filter(({ id, sign }) => !buried.has(`${id} ${sign}`)).map(({ id }) => id),
    );
  }

  bury(dead: readonly DeadWorker[]): Promise<string[]> {
    return this.access(({ buried, living }) => {
      for (const { id } of dead) living.delete(id);
      const found = dead.filter(({ id, sign }) => !buried.has(`${id} ${sign}`));
      for (const { id, sign } of found) buried.add(`${id} ${sign}`);
      return found.map(({ id }) => id);
    });
  }

  unlockOrphans(): Promise<number> {
    return this.access(() => 0);
  }
}
