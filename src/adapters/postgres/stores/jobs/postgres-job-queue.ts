import { type Kysely, sql } from 'kysely';
import type { Job, JobQueue } from '../../../../application/ports/stores/jobs/job-queue.js';
import type { Tables } from '../../schema/tables.js';
import { unhurried } from '../unhurried.js';

/** Takes the jobs that this process begins by itself. */
export interface LocalJobs {
  wants(job: Job): boolean;
  begin(job: Job): void;
}

const nobody: LocalJobs = { wants: () => false, begin: () => undefined };

/**
 * Adds jobs to graphile-worker's queue with its own SQL function, so that they share our transaction. A step that this
 * process begins at once leaves no row there: should it not live to see it through, the sweep finds the job's own row.
 */
export class PostgresJobQueue implements JobQueue {
  constructor(
    private readonly database: Kysely<Tables>,
    private readonly local: LocalJobs = nobody,
  ) {}

  begins(job: Job): boolean {
    return this.local.wants(job);
  }

  async add(job: Job, runAt?: Date): Promise<void> {
    if (runAt === undefined && (isHeld(job) || this.begins(job))) return this.local.begin(job);
    return this.enqueue(job, runAt);
  }

  /** Leaves it to the queue, whoever might begin it. */
  async enqueue(job: Job, runAt?: Date): Promise<void> {
    const { task, ...payload } = withoutRow(job);
    const subject = Object.values(payload).join();
    // Submits are tokens, each good for one job in the fair queue. The others are one per subject; a nudge for now
    // overtakes one planned for later, never the other way round.
    // A nudge may be lost. To wait for the disk with one would hold up all who send one: to notify is to lock.
    await sql`select ${unhurried(this.database)}, graphile_worker.add_job(
      ${task}::text,
      payload := ${JSON.stringify(payload)}::json,
      run_at := ${runAt ?? null}::timestamptz,
      job_key := ${subject === '' ? null : `${task}:${subject}`}::text,
      job_key_mode := ${runAt === undefined ? 'replace' : 'preserve_run_at'}::text
    )`.execute(this.database);
  }
}

const isHeld = (job: Job): boolean => 'held' in job && job.held !== undefined;

function withoutRow(job: Job): Job {
  if (!('held' in job)) return job;
  const { held: _, ...rest } = job;
  return rest;
}
