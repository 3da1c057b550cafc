import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema/tables.js';

/**
 * To be selected by a statement that is a transaction of its own: it is answered before it is on the disk. A crash of
 * the server may lose it, unless something written later has waited: the log is one line, and whoever waits for their
 * place in it waits for all before. In a transaction it says nothing, since all of it could be lost then.
 */
export const unhurried = (database: Kysely<Tables>) =>
  database.isTransaction ? sql`null` : sql`set_config('synchronous_commit', 'off', true)`;
