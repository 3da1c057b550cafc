import { postmasterOf, processorMilliseconds } from './processor.js';
import type { Stage } from './stage.js';

/** What has been spent up to a moment. */
export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Processor time of the programs and of the whole of PostgreSQL, in milliseconds. */
  readonly program: number;
  readonly postgres: number;
  /** In one database. A connection reports them once a second, one that has nothing to do after ten. */
  readonly commits: number;
  /** In one database, `begin` and `commit` among them. */
  readonly statements: number;
}

/** PostgreSQL must have these settings for it. */
export const countingSettings = { shared_preload_libraries: 'pg_stat_statements' };

/** Returns the function that takes readings of these processes and this database. */
export async function openReadings({ pool }: Stage, pids: readonly number[], database: string) {
  await pool.query('create extension if not exists pg_stat_statements');
  const postmaster = await postmasterOf(pool);
  return async (): Promise<Reading> => {
    const [postgres = 0, ...programs] = await Promise.all([postmaster, ...pids].map(processorMilliseconds));
    const program = programs.reduce((sum, one) => sum + one, 0);
    const at = Date.now();
    const counted = await pool.query<{ commits: string; statements: string }>(
      `select xact_commit as commits, (select sum(calls) from pg_stat_statements where dbid = datid) as statements
       from pg_stat_database where datname = $1`,
      [database],
    );
    const { commits, statements } = counted.rows[0] ?? {};
    return { at, program, postgres, commits: Number(commits), statements: Number(statements) };
  };
}

export const between = (from: Reading, until: Reading): Reading => ({
  at: until.at - from.at,
  program: until.program - from.program,
  postgres: until.postgres - from.postgres,
  commits: until.commits - from.commits,
  statements: until.statements - from.statements,
});
