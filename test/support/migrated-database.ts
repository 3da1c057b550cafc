import type pg from 'pg';
import { openPool } from '../../src/adapters/postgres/connection/open-pool.js';
import { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import { migrate } from '../../src/adapters/postgres/schema/migrate.js';
import { createTestDatabase, prepareTemplate, type TestDatabase } from './postgres.js';

export interface MigratedDatabase {
  readonly pool: pg.Pool;
  readonly database: PostgresDatabase;
  close(): Promise<void>;
}

/** Those that a test of this process has done with: to make one takes the server 0.2 s, to empty one a few ms. */
const free: TestDatabase[] = [];

/** A database of its own with this release's schema, through a pool of several connections. */
export async function openMigratedDatabase(): Promise<MigratedDatabase> {
  const test = free.pop() ?? (await newDatabase());
  // Each connection is a process of the server's.
  const pool = openPool(test.connectionString, fail, 6);
  return {
    pool,
    database: new PostgresDatabase(pool),
    close: async () => {
      await clear(pool);
      await endPool(pool);
      free.push(test);
    },
  };
}

async function newDatabase(): Promise<TestDatabase> {
  await prepareTemplate('migrated', async (url) => {
    const pool = openPool(url, fail);
    await migrate(pool);
    await endPool(pool);
  });
  return createTestDatabase({ template: 'migrated' });
}

const fail = (error: Error): never => {
  throw error;
};

/** Waits for the connections to be closed, which `end` alone does not: dropping the database would cut them. */
async function endPool(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount;
  const closed = new Promise<void>((resolve) => {
    if (open === 0) resolve();
    pool.on('remove', () => {
      open -= 1;
      if (open === 0) resolve();
    });
  });
  await pool.end();
  await closed;
}

/** Rows only, which is quicker than truncating; past the triggers, for the ledger forbids it. */
export async function clear(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where (schemaname = 'public' and tablename not like 'kysely\\_%')
       or (schemaname = 'graphile_worker' and tablename like '\\_private\\_job%')`,
  );
  const deletes = rows.map(({ name }) => `delete from ${name};`);
  await pool.query(`begin; set local session_replication_role = replica; ${deletes.join(' ')} commit`);
}
