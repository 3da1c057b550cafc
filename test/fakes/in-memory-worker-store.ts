import type { Lease } from '../../src/application/ports/stores/jobs/leases.js';
import type { DeadWorker } from '../../src/application/ports/stores/jobs/worker-registry.js';
import type { Held, Overdue, WorkerStore } from '../../src/application/ports/stores/jobs/worker-store.js';
import { needsWork as generationNeedsWork } from './in-memory-generation-store.js';
import type { Access } from './in-memory-state.js';
import { needsWork as trainingNeedsWork } from './in-memory-training-store.js';

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

  whatStands(now: Date): Promise<Overdue> {
    return this.access(({ generations, training }) => {
      const jobs = [...generations.values()];
      return {
        generations: jobs.some(({ job, checkAfter }) => checkAfter <= now && generationNeedsWork(job)),
        trainings: [...training.rows.values()].some(
          ({ job, checkAfter }) => checkAfter <= now && trainingNeedsWork(job),
        ),
        waiting: jobs.some(({ job }) => job.status === 'accepted'),
      };
    });
  }

  overdueOf(worker: string, now: Date): Promise<Held> {
    return this.access(({ generations, training }) => {
      const isHeld = ({ checkAfter, lease }: { checkAfter: Date; lease: Lease | null }) =>
        checkAfter <= now && lease !== null && lease.owner === worker && lease.until <= now;
      return {
        generations: [...generations.values()]
          .filter((row) => generationNeedsWork(row.job) && isHeld(row))
          .map(({ job }) => job.id),
        trainings: [...training.rows.values()]
          .filter((row) => trainingNeedsWork(row.job) && isHeld(row))
          .map(({ job }) => job.id),
      };
    });
  }
}
