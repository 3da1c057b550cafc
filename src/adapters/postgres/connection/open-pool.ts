import type pg from 'pg';
import { askAgainAfterDeadlock } from './after-deadlock.js';
import { PatientPool } from './patient-pool.js';
import { PreparedStatements } from './prepared-statements.js';

/**
 * A machine that lost its power, or its network, says no goodbye: the server would keep its sessions for two hours, and
 * everybody would wait for the locks of a transaction that nobody ends. A transaction of ours never rests for long; a
 * session without one is missed by TCP within 35 seconds.
 */
const leaveNoGhosts = `
  set idle_in_transaction_session_timeout = '15s';
  set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;
  set tcp_user_timeout = '30s'`;

/**
 * A new connection costs some 50 ms: the server reads its catalogue anew and plans each statement five times over. The
 * pool's own ten seconds closed connections between two small bursts.
 */
const idleMilliseconds = 5 * 60_000;

/**
 * A pool whose connections may be lost (a database restart), idle or in the middle of a transaction, without ending
 * the program: Node ends it for an 'error' that nobody listens to.
 * @param onError hears of each lost connection, and of NoMoreConnections when the server begins to refuse them
 * @param max of connections, those included that somebody keeps
 */
export function openPool(connectionString: string, onError: (error: Error) => void, max = 8): pg.Pool {
  const onConnect = async (client: pg.ClientBase): Promise<void> => void (await client.query(leaveNoGhosts));
  const lasting = { max, idleTimeoutMillis: idleMilliseconds, application_name: 'aisha' };
  const pool = new PatientPool({ connectionString, ...lasting, onConnect }, onError);
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
