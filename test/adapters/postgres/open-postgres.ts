import pg from 'pg';
import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { migrate } from '../../../src/adapters/postgres/schema/migrate.js';
import type { Job } from '../../../src/application/ports/stores/jobs/job-queue.js';
import type { OpenedStores } from '../../contracts/open-stores.js';
import { clear } from '../../support/migrated-database.js';
import { createTestDatabase, prepareTemplate, type TestDatabase } from '../../support/postgres.js';

export interface OpenedPostgres extends OpenedStores {
  readonly database: PostgresDatabase;
  readonly pool: pg.Pool;
  readonly connectionString: string;
}

/** No test loses a connection that it did not cut itself. */
export const failOnLostConnection = (error: Error): never => {
  throw error;
};

/** The same database, where no statement is asked again after a deadlock: there shall be none. */
export function withoutAskingAgain(connectionString: string, options?: string): PostgresDatabase {
  const pool = new pg.Pool({ connectionString, ...(options === undefined ? {} : { options }) });
  // The database is dropped while connections are still being closed.
  pool.on('connect', (client) => client.on('error', (error) => pool.ending || failOnLostConnection(error)));
  return new PostgresDatabase(pool);
}

/** A migrated PostgreSQL database of its own, for a contract suite. */
export async function openPostgres(): Promise<OpenedPostgres> {
  await prepareTemplate('migrated', async (url) => {
    const pool = openPool(url, failOnLostConnection);
    await migrate(pool);
    await pool.end();
  });
  return openStores(await createTestDatabase({ template: 'migrated' }));
}

/** The same with more properties of `create database`, which no template can have. */
export async function openPostgresWith(properties: string): Promise<OpenedPostgres> {
  const opened = await openStores(await createTestDatabase({ properties }));
  await migrate(opened.pool);
  return opened;
}

async function openStores({ connectionString, drop }: TestDatabase): Promise<OpenedPostgres> {
  const pool = openPool(connectionString, failOnLostConnection);
  const database = new PostgresDatabase(pool);
  return {
    database,
    pool,
    connectionString,
    waitingJobs: () => waitingJobs(pool),
    async live(worker) {
      const row = 'insert into workers (id, lock_key, started_at, heartbeat_at) values ($1, 1, now(), now())';
      await pool.query(row, [worker]);
    },
    clear: () => clear(pool),
    async close() {
      await database.close();
      await drop();
    },
  };
}

async function waitingJobs(pool: pg.Pool): Promise<{ job: Job; runAt: Date | null }[]> {
  const { rows } = await pool.query<{ task: Job['task']; payload: object; run_at: Date | null }>(
    `select tasks.identifier as task, payload, case when run_at > now() then run_at end as run_at
     from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = task_id
     order by jobs.id`,
  );
  return rows.map(({ task, payload, run_at }) => ({ job: { task, ...payload } as Job, runAt: run_at }));
}
