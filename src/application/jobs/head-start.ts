import type { JobStarter } from '../ports/job-starter.js';
import type { Job } from '../ports/stores/jobs/job-queue.js';

const nobody: JobStarter = { wants: () => false, begin: () => undefined };

/** Lets this process begin the steps that it commits, without waiting for the queue to hand them out. */
export class HeadStart implements JobStarter {
  private starter = nobody;

  wants(job: Job): boolean {
    return this.starter.wants(job);
  }

  begin(job: Job): void {
    this.starter.begin(job);
  }

  /** From now on this one is asked. */
  give(starter: JobStarter): void {
    this.starter = starter;
  }
}
