import type { Job } from '../../src/application/ports/stores/jobs/job-queue.js';
import type { Database } from '../../src/application/ports/stores/stores.js';

/** A database for a contract suite. */
export interface OpenedStores {
  readonly database: Database;
  /** Jobs that nobody took yet, oldest first; `runAt` is `null` when the job may run now. */
  waitingJobs(): Promise<{ readonly job: Job; readonly runAt: Date | null }[]>;
  /** Puts a worker on the list of the living, as it does itself when it starts. */
  live(worker: string): Promise<void>;
  /** Removes everything that was written. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export type OpenStores = () => Promise<OpenedStores>;
