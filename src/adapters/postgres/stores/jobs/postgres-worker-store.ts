import { type Kysely, sql } from 'kysely';
import type { DeadWorker } from '../../../../application/ports/stores/jobs/worker-registry.js';
import type { Held, Overdue, WorkerStore } from '../../../../application/ports/stores/jobs/worker-store.js';
import type { Tables } from '../../schema/tables.js';
import { generationNeedsWork, trainingNeedsWork } from './leased-rows.js';

/** A runner that has only just begun is on the list after its process's next heartbeat. */
const orphanSeconds = 10;

/** Locked in the order of their ids: two who reap the same dead would wait for each other. */
const found = (dead: readonly DeadWorker[]) => sql<{ id: string }>`
  select workers.id from workers
  join unnest(${dead.map(({ id }) => id)}::text[], ${dead.map(({ sign }) => sign)}::text[]) as seen (id, sign)
    on workers.id = seen.id and extract(epoch from heartbeat_at)::text = seen.sign
  order by workers.id for update of workers`;

export class PostgresWorkerStore implements WorkerStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async lockDead(dead: readonly DeadWorker[]): Promise<string[]> {
    if (dead.length === 0) return [];
    const { rows } = await found(dead).execute(this.database);
    return rows.map(({ id }) => id);
  }

  async reap(dead: readonly DeadWorker[]): Promise<string[]> {
    if (dead.length === 0) return [];
    const { rows } = await sql<{ id: string; queueIds: string[] }>`
      with found as (${found(dead)})
      delete from workers using found where workers.id = found.id
      returning workers.id, queue_ids`.execute(this.database);
    const runners = rows.flatMap((row) => row.queueIds);
    await sql`select unlock_jobs(${runners}::text[])`.execute(this.database);
    return rows.map(({ id }) => id);
  }

  async unlockOrphans(): Promise<number> {
    const { rows } = await sql<{ lockedBy: string }>`
      select locked_by from graphile_worker._private_jobs
      where locked_by is not null
        and locked_at not between now() - make_interval(secs => ${orphanSeconds}) and now()
        and not exists (select 1 from workers where locked_by = any(queue_ids))`.execute(this.database);
    if (rows.length > 0)
      await sql`select unlock_jobs(${[...new Set(rows.map(({ lockedBy }) => lockedBy))]}::text[])`.execute(
        this.database,
      );
    return rows.length;
  }

  /** In the order of an index each: among many ended rows the first that stands may be the last. */
  async whatStands(now: Date): Promise<Overdue> {
    const { rows } = await sql<Overdue>`
      select
        (select check_after from generations where ${generationNeedsWork} order by check_after limit 1)
          <= ${now} is true as generations,
        (select check_after from trainings where ${trainingNeedsWork} order by check_after limit 1)
          <= ${now} is true as trainings,
        (select id from generations where status = 'accepted' order by turn limit 1) is not null as waiting
      `.execute(this.database);
    const [overdue] = rows;
    if (overdue === undefined) throw new Error('PostgreSQL returned no row');
    return overdue;
  }

  async overdueOf(worker: string, now: Date): Promise<Held> {
    const held = sql`check_after <= ${now} and lease_until <= ${now} and lease_owner = ${worker}`;
    const { rows } = await sql<Held>`
      select
        array(select id from generations where ${generationNeedsWork} and ${held})::text[] as generations,
        array(select id from trainings where ${trainingNeedsWork} and ${held})::text[] as trainings`.execute(
      this.database,
    );
    return rows[0] ?? { generations: [], trainings: [] };
  }
}
