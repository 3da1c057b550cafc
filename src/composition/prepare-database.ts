import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { checkDatabase, UnfitDatabase } from '../adapters/postgres/connection/check-database.js';
import { cureOf } from '../adapters/postgres/connection/cure.js';
import { checkMode, claimMode } from '../adapters/postgres/schema/installation.js';
import { NoInstallation } from './installation.js';
import type { Config } from './settings/config.js';

/** For a minute: a recovery reads what was written since the last checkpoint. */
const mostTries = 120;
const pauseMilliseconds = 500;

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
    await onceItServes(() => prepare(pool, config, onlyExisting));
  } catch (error) {
    if (error instanceof NoInstallation) throw error;
    const where =
      config.databaseUrl === null ? 'The embedded database' : `The database at ${hostOf(config.databaseUrl)}`;
    throw new DatabaseUnavailable(`${where} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

/** Safe to repeat at any point. */
async function prepare(pool: pg.Pool, config: Config, onlyExisting: boolean): Promise<void> {
  await checkDatabase(pool);
  const { isMigrated, migrate } = await import('../adapters/postgres/schema/migrate.js');
  if (onlyExisting && !(await isMigrated(pool)))
    throw new NoInstallation(
      'The database is empty: no installation has used it yet. Check DATABASE_URL, or start the service once.',
    );
  await migrate(pool);
  const claimed = { mode: config.mode, byName: config.modeByName };
  await (onlyExisting ? checkMode(pool, claimed) : claimMode(pool, claimed));
}

/** A server that starts, recovers or ends at this moment says so, and is worth waiting for. */
async function onceItServes(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isComing(error) || tries >= mostTries) throw error;
      await sleep(pauseMilliseconds);
    }
  }
}

/** `cannot_connect_now`, `admin_shutdown`, `crash_shutdown`: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const isComing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['57P01', '57P02', '57P03'].includes(String(error.code));

function reasonOf(error: unknown): string {
  if (error instanceof UnfitDatabase) return error.message;
  const said = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
  return `${said}. ${cureOf(error)}`;
}

function hostOf(databaseUrl: string): string {
  return URL.canParse(databaseUrl) ? new URL(databaseUrl).host : 'DATABASE_URL';
}
