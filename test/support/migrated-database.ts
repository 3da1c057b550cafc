import type pg from 'pg';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { openPool } from '../../src/adapters/postgres/open-pool.js';
import { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import { createTestDatabase, prepareTemplate } from './postgres.js';

export interface MigratedDatabase {
  readonly pool: pg.Pool;
  readonly database: PostgresDatabase;
  close(): Promise<void>;
}

/** A database of its own with this release's schema, through a pool of several connections. */
export async function openMigratedDatabase(): Promise<MigratedDatabase> {
  await prepareTemplate('migrated', async (url) => {
    const pool = openPool(url, fail);
    await migrate(pool);
    await endPool(pool);
  });
  const { connectionString, drop } = await createTestDatabase({ template: 'migrated' });
  const pool = openPool(connectionString, fail);
  return {
    pool,
    database: new PostgresDatabase(pool),
    close: async () => {
      await endPool(pool);
      await drop();
    },
  };
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
