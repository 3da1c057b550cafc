import type pg from 'pg';
import { askAgainAfterDeadlock } from './after-deadlock.js';
import { PatientPool } from './patient-pool.js';
import { PreparedStatements } from './prepared-statements.js';

/**
 * A pool whose connections may be lost (a database restart), idle or in the middle of a transaction, without ending
 * the program: Node ends it for an 'error' that nobody listens to.
 * @param onError hears of each lost connection, and of NoMoreConnections when the server begins to refuse them
 * @param max of connections, those included that somebody keeps
 */
export function openPool(connectionString: string, onError: (error: Error) => void, max = 8): pg.Pool {
  const pool = new PatientPool({ connectionString, max, application_name: 'aisha' }, onError);
  const prepared = new PreparedStatements();
  pool.on('connect', (client) => {
    prepared.keepOn(client);
    askAgainAfterDeadlock(client);
    client.on('error', (error) => {
      // What the server closes while the pool is being ended is not lost.
      if (!pool.ending) onError(error);
    });
  });
  // An idle connection has reported its error already.
  pool.on('error', () => undefined);
  return pool;
}
