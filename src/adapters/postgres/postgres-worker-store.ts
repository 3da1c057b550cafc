import { type Kysely, sql } from 'kysely';
import type { WorkerStore } from '../../application/ports/stores/worker-store.js';
import type { DeadWorker } from '../../application/ports/worker-registry.js';
import type { Tables } from './tables.js';

/** A runner that has only just begun is on the list after its process's next heartbeat. */
const orphanSeconds = 10;

export class PostgresWorkerStore implements WorkerStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async bury(dead: readonly DeadWorker[]): Promise<string[]> {
    if (dead.length === 0) return [];
    const { rows } = await sql<{ id: string; queue_ids: string[] }>`
      delete from workers using unnest(${dead.map(({ id }) => id)}::text[], ${dead.map(({ sign }) => sign)}::text[])
        as found (id, sign)
      where workers.id = found.id and extract(epoch from heartbeat_at)::text = found.sign
      returning workers.id, queue_ids`.execute(this.database);
    const runners = rows.flatMap((row) => row.queue_ids);
    await sql`select unlock_jobs(${runners}::text[])`.execute(this.database);
    return rows.map(({ id }) => id);
  }

  async unlockOrphans(): Promise<number> {
    const { rows } = await sql<{ locked_by: string }>`
      select locked_by from graphile_worker._private_jobs
      where locked_by is not null
        and locked_at not between now() - make_interval(secs => ${orphanSeconds}) and now()
        and not exists (select 1 from workers where locked_by = any(queue_ids))`.execute(this.database);
    if (rows.length > 0)
      await sql`select unlock_jobs(${[...new Set(rows.map(({ locked_by }) => locked_by))]}::text[])`.execute(
        this.database,
      );
    return rows.length;
  }
}
