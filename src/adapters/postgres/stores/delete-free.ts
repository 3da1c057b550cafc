import { type RawBuilder, sql } from 'kysely';

/**
 * Deletes what is over, and leaves for the next time what somebody else has at hand: several processes tidy up at the
 * same moment, and none waits for another.
 * @param table its name, never from outside
 * @param atMost rows
 */
export const deleteFree = (
  table: string,
  condition: RawBuilder<unknown>,
  atMost?: number,
): RawBuilder<unknown> => sql`
  delete from ${sql.raw(table)} where ctid = any(array(
    select ctid from ${sql.raw(table)} where ${condition} limit ${atMost ?? null}::bigint for update skip locked))`;
