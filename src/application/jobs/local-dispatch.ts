import type { JobDispatcher } from '../ports/stores/jobs/job-dispatcher.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';

const nobody: JobDispatcher = { wants: () => false, begin: () => undefined };

/** Lets this process begin the steps that it commits, without waiting for the queue to hand them out. */
export class LocalDispatch implements JobDispatcher {
  private starter = nobody;

  wants(job: Job): boolean {
    return this.starter.wants(job);
  }

  begin(job: Job): void {
    this.starter.begin(job);
  }

  /** From now on this one is asked. */
  attach(starter: JobDispatcher): void {
    this.starter = starter;
  }
}
