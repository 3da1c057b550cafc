import type { Job } from './job-queue.js';

/** Whoever runs jobs in this process. */
export interface JobDispatcher {
  /** Has room for this and would begin it at once. */
  wants(job: Job): boolean;
  /** Rejects when it came to no end that its row tells of: then the queue must have it. */
  begin(job: Job): Promise<void>;
  /** Nor could the queue have it: its row is found by its own time, or when the database is back. */
  lost(job: Job, error: unknown): void;
}
