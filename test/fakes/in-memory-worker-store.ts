import type { DeadWorker } from '../../src/application/ports/stores/jobs/worker-registry.js';
import type { WorkerStore } from '../../src/application/ports/stores/jobs/worker-store.js';
import type { Access } from './in-memory-state.js';

/** There is no queue here that locks its jobs, and who is alive stands in the registry: only burials are kept. */
export class InMemoryWorkerStore implements WorkerStore {
  constructor(private readonly access: Access) {}

  lockDead(dead: readonly DeadWorker[]): Promise<string[]> {
    return this.access(({ reaped }) =>
      dead.filter(({ id, sign }) => !reaped.has(`${id} ${sign}`)).map(({ id }) => id),
    );
  }

  reap(dead: readonly DeadWorker[]): Promise<string[]> {
    return this.access(({ reaped, living }) => {
      for (const { id } of dead) living.delete(id);
      const found = dead.filter(({ id, sign }) => !reaped.has(`${id} ${sign}`));
      for (const { id, sign } of found) reaped.add(`${id} ${sign}`);
      return found.map(({ id }) => id);
    });
  }

  unlockOrphans(): Promise<number> {
    return this.access(() => 0);
  }
}
