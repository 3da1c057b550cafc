import pg from 'pg';

/**
 * A pool whose connections may be lost (a database restart), idle or in the middle of a transaction, without ending
 * the program: Node ends it for an 'error' that nobody listens to.
 */
export function openPool(connectionString: string, onError: (error: Error) => void, max = 24): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: 'aisha',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('connect', (client) =>
    client.on('error', (error) => {
      // What the server closes while the pool is being ended is not lost.
      if (!pool.ending) onError(error);
    }),
  );
  // Of idle connections, and reported by them already.
  pool.on('error', () => undefined);
  return pool;
}
