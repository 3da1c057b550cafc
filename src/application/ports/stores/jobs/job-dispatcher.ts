import type { Job } from './job-queue.js';

/** Whoever runs jobs in this process. */
export interface JobDispatcher {
  /** Has little else to do, and would begin this at once. */
  wants(job: Job): boolean;
  begin(job: Job): void;
}
