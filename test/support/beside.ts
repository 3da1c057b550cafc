import type pg from 'pg';
import { expect } from 'vitest';

/** Runs `work` on until it waits for a lock of this database, or is through. */
export async function beside<Result>(pool: pg.Pool, work: Promise<Result>): Promise<Promise<Result>[]> {
  let isOver = false;
  const note = () => {
    isOver = true;
  };
  work.then(note, note);
  await expect.poll(async () => isOver || (await waitingForLocks(pool)) > 0, { interval: 5 }).toBe(true);
  // In a list, or it would be waited for.
  return [work];
}

async function waitingForLocks(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}
