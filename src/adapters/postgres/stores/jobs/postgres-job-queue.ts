import { type Kysely, sql } from 'kysely';
import { LocalDispatch } from '../../../../application/jobs/local-dispatch.js';
import type { JobDispatcher } from '../../../../application/ports/stores/jobs/job-dispatcher.js';
import type { Job, JobQueue } from '../../../../application/ports/stores/jobs/job-queue.js';
import type { Tables } from '../../schema/tables.js';

/** What is begun here at once waits in the queue for so long, should this process not live to see it through. */
const localSeconds = 1;

/** Adds jobs to graphile-worker's queue with its own SQL function, so that they share our transaction. */
export class PostgresJobQueue implements JobQueue {
  constructor(
    private readonly database: Kysely<Tables>,
    private readonly localDispatch: JobDispatcher = new LocalDispatch(),
  ) {}

  async add(job: Job, runAt?: Date): Promise<void> {
    const { task, ...payload } = job;
    const subject = Object.values(payload).join();
    const isBegun = runAt === undefined && this.localDispatch.wants(job);
    // Submits are tokens, each good for one job in the fair queue. The others are one per subject; a nudge for now
    // overtakes one planned for later, never the other way round.
    await sql`select graphile_worker.add_job(
      ${task}::text,
      payload := ${JSON.stringify(payload)}::json,
      run_at := ${isBegun ? sql`now() + make_interval(secs => ${localSeconds})` : sql`${runAt ?? null}::timestamptz`},
      job_key := ${subject === '' ? null : `${task}:${subject}`}::text,
      job_key_mode := ${runAt === undefined ? 'replace' : 'preserve_run_at'}::text
    )`.execute(this.database);
    if (isBegun) this.localDispatch.begin(job);
  }
}
