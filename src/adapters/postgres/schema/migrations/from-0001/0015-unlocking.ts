import { type Kysely, sql } from 'kysely';

/**
 * Jobs are unlocked without waiting for any of their rows: a runner that was only thought dead may be reporting the ends
 * of several at this moment, in another order. One that is passed over is gone then, or an orphan that the next look
 * finds.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw(unlockJobs).execute(database);
}

// Their tries are given back: nobody knows that these jobs failed. Named queues we have none.
const unlockJobs = `
  create or replace function unlock_jobs(runners text[]) returns void language plpgsql as $$
    begin
      update graphile_worker._private_jobs
        set locked_at = null, locked_by = null, attempts = greatest(attempts - 1, 0)
        where id in (
          select id from graphile_worker._private_jobs where locked_by = any(runners)
          order by id for update skip locked);
    end $$`;
