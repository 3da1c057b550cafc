import type pg from 'pg';
import { checkDatabase, UnfitDatabase } from '../adapters/postgres/check-database.js';
import { cureOf } from '../adapters/postgres/cure.js';
import { checkMode, claimMode } from '../adapters/postgres/installation.js';
import type { Config } from '../config.js';
import { NoInstallation } from './installation.js';

/** The database cannot be reached or made ready. Its message says why, without the password. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * Sees that the database can serve, brings it to this release's schema and gives it its mode. With `onlyExisting`
 * nothing is made where there is nothing.
 * @throws DatabaseUnavailable, NoInstallation
 */
export async function prepareDatabase(pool: pg.Pool, config: Config, onlyExisting = false): Promise<void> {
  try {
    await checkDatabase(pool);
    const { isMigrated, migrate } = await import('../adapters/postgres/migrate.js');
    if (onlyExisting && !(await isMigrated(pool)))
      throw new NoInstallation(
        'The database is empty: no installation has used it yet. Check DATABASE_URL, or start the service once.',
      );
    await migrate(pool);
    const claimed = { mode: config.mode, byName: config.modeByName };
    await (onlyExisting ? checkMode(pool, claimed) : claimMode(pool, claimed));
  } catch (error) {
    if (error instanceof NoInstallation) throw error;
    const where =
      config.databaseUrl === null ? 'The embedded database' : `The database at ${hostOf(config.databaseUrl)}`;
    throw new DatabaseUnavailable(`${where} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UnfitDatabase) return error.message;
  const said = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
  return `${said}. ${cureOf(error)}`;
}

function hostOf(databaseUrl: string): string {
  return URL.canParse(databaseUrl) ? new URL(databaseUrl).host : 'DATABASE_URL';
}
