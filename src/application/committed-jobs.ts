import type { Job } from './ports/stores/job-queue.js';

/** Tells this process of the jobs that it has just committed, so that it can begin before the queue hands them out. */
export class CommittedJobs {
  private listener: (jobs: readonly Job[]) => void = () => undefined;

  readonly announce = (jobs: readonly Job[]): void => this.listener(jobs);

  listen(listener: (jobs: readonly Job[]) => void): void {
    this.listener = listener;
  }
}
