import type { Job, JobQueue } from '../../src/application/ports/stores/jobs/job-queue.js';
import type { Access } from './in-memory-state.js';

export class InMemoryJobQueue implements JobQueue {
  constructor(
    private readonly access: Access,
    private readonly beginsSteps: () => boolean,
  ) {}

  begins({ task }: Job): boolean {
    return this.beginsSteps() && ['submit-next', 'collect', 'deliver'].includes(task);
  }

  add(job: Job, runAt?: Date): Promise<void> {
    return this.access(({ jobs }) => {
      const { task, ...payload } = job;
      const subject = Object.values(payload).join();
      // One that holds its row is begun at once: no other is the same.
      const key = subject === '' || 'held' in job ? null : `${task}:${subject}`;
      const index = key === null ? -1 : jobs.findIndex((waiting) => waiting.key === key);
      const waiting = jobs[index];
      if (waiting === undefined) jobs.push({ job, key, runAt: runAt ?? null });
      // A nudge for now overtakes one planned for later, never the other way round.
      else if (runAt === undefined) jobs[index] = { job, key, runAt: null };
    });
  }
}
