import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import pg from 'pg';
import { ContentRefused } from '../../../../application/ports/stores/content-refused.js';

/**
 * Class 22: a text with NUL, a letter that the database's encoding lacks, a number out of range, no JSON.
 * Class 54: larger than an index or a parser takes.
 */
const isAboutContent = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(22|54)/.test(error.code ?? '');

/**
 * Writes, and hears apart when what was written is at fault. In a transaction only this write is undone by it.
 * @throws ContentRefused
 */
export async function writing<Result, Rows>(
  database: Kysely<Rows>,
  write: () => Promise<Result>,
): Promise<Result> {
  const { isTransaction } = database;
  if (isTransaction) await sql`savepoint content`.execute(database);
  try {
    const result = await write();
    if (isTransaction) await sql`release savepoint content`.execute(database);
    return result;
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    if (isTransaction) await sql`rollback to savepoint content`.execute(database);
    throw new ContentRefused('the database does not take what this says', { cause: error });
  }
}

/** Writes with its words, or without them when it is refused for what they say. */
export async function withOrWithoutWords<Rows>(
  database: Kysely<Rows>,
  write: (words: 'with' | 'without') => Promise<void>,
): Promise<void> {
  try {
    await writing(database, () => write('with'));
  } catch (error) {
    if (!(error instanceof ContentRefused)) throw error;
    await write('without');
  }
}
