import { type Kysely, sql } from 'kysely';
import type { Job, JobQueue } from '../../application/ports/stores/job-queue.js';
import type { Tables } from './tables.js';

/** Adds jobs to graphile-worker's queue with its own SQL function, so that they share our transaction. */
export class PostgresJobQueue implements JobQueue {
  /** @param onAdded is told of each job for now */
  constructor(
    private readonly database: Kysely<Tables>,
    private readonly onAdded: (job: Job) => void = () => undefined,
  ) {}

  async add(job: Job, runAt?: Date): Promise<void> {
    const { task, ...payload } = job;
    const subject = Object.values(payload).join();
    // Submits are tokens, each good for one job in line. The others are one per subject; a nudge for now
    // overtakes one planned for later, never the other way round.
    await sql`select graphile_worker.add_job(
      ${task}::text,
      payload := ${JSON.stringify(payload)}::json,
      run_at := ${runAt ?? null}::timestamptz,
      job_key := ${subject === '' ? null : `${task}:${subject}`}::text,
      job_key_mode := ${runAt === undefined ? 'replace' : 'preserve_run_at'}::text
    )`.execute(this.database);
    if (runAt === undefined) this.onAdded(job);
  }
}
