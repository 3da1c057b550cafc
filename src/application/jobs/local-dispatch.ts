import type { JobDispatcher } from '../ports/stores/jobs/job-dispatcher.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';

const nobody: JobDispatcher = { wants: () => false, begin: async () => undefined, lost: () => undefined };

/** Lets this process begin the steps that it commits: the queue need not know of them. */
export class LocalDispatch implements JobDispatcher {
  private starter = nobody;

  wants(job: Job): boolean {
    return this.starter.wants(job);
  }

  begin(job: Job): Promise<void> {
    return this.starter.begin(job);
  }

  lost(job: Job, error: unknown): void {
    this.starter.lost(job, error);
  }

  /** From now on this one is asked. */
  attach(starter: JobDispatcher): void {
    this.starter = starter;
  }
}
