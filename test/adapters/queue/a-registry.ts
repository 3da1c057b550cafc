import { openPool } from '../../../src/adapters/postgres/connection/open-pool.js';
import { SessionConnection } from '../../../src/adapters/postgres/connection/session-connection.js';
import { PostgresWorkerRegistry } from '../../../src/adapters/queue/postgres-worker-registry.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';

/** A process as far as the database can tell: with connections of its own. */
export function openRegistry(
  connectionString: string,
  log = new RecordingLogger(),
  milliseconds?: () => number,
) {
  const pool = openPool(connectionString, () => undefined, 3);
  const session = new SessionConnection(pool);
  return {
    pool,
    registry: new PostgresWorkerRegistry(pool, session, log, milliseconds),
    async close(): Promise<void> {
      await session.close();
      if (!pool.ending) await pool.end();
    },
  };
}
