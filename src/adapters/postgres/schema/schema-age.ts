import type pg from 'pg';
import { UnfitDatabase } from '../connection/check-database.js';

/**
 * A database that a newer release has migrated is not touched: this one would read and write it wrongly.
 * @throws UnfitDatabase naming the migration and the way out
 */
export async function refuseNewerSchema(pool: pg.Pool, known: readonly string[]): Promise<void> {
  const { rows: tables } = await pool.query("select where to_regclass('kysely_migration') is not null");
  if (tables.length === 0) return;
  const { rows } = await pool.query<{ name: string }>(
    'select name from kysely_migration where name <> all($1) order by name',
    [known],
  );
  if (rows.length === 0) return;
  throw new UnfitDatabase(
    `a newer release of Aisha has changed it (${rows.map(({ name }) => name).join(', ')}), and this one knows ` +
      `only what was before (up to ${known.at(-1)}). Start that release again; or, to go back, restore the backup ` +
      'that was made before the upgrade.',
  );
}
