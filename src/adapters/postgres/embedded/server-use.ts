import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Credentials } from './ask-server.js';
import type { Binaries } from './binaries.js';
import { ClusterError } from './cluster-error.js';
import type { ClusterPlace } from './cluster-place.js';
import { type FoundServer, findServer, startAndAwait } from './find-server.js';
import { readPostmasterFile } from './postmaster-file.js';
import { isRunning } from './running-process.js';
import { askToStop } from './server-process.js';

/** All that one program needs to use the server of a cluster. */
export interface ServerUse {
  readonly place: ClusterPlace;
  readonly binaries: Binaries;
  readonly credentials: Credentials;
  readonly log: (line: string) => void;
}

const stopMilliseconds = 60_000;

/**
 * Finds the server or starts it. The caller holds the lock of the data folder.
 * @throws ClusterError
 */
export async function joinServer(
  use: ServerUse,
  settings: Readonly<Record<string, string>>,
): Promise<{ server: FoundServer; startedHere: boolean }> {
  for (;;) {
    const found = await findServer(use.credentials, use.log);
    const server = found ?? (await startAndAwait(use.place, use.binaries, use.credentials, settings));
    if (server !== undefined) return { server, startedHere: found === undefined };
  }
}

/**
 * Ends this connection, and the server with it unless somebody else is connected. The caller holds the lock of the
 * data folder, so no other opener can come in between.
 */
export async function leaveServer({ place, binaries, credentials, log }: ServerUse, server: FoundServer) {
  const others = await countOthers(server.client, credentials.applicationName);
  const pid = (await readPostmasterFile(place.cluster))?.pid;
  await server.client.end();
  if (others > 0) log(`PostgreSQL keeps running: ${others} connections of others are open`);
  else if (pid !== undefined) await stopServer(place, binaries, pid);
}

async function countOthers(client: pg.Client, applicationName: string): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity
     where backend_type = 'client backend' and application_name <> $1`,
    [applicationName],
  );
  return rows[0]?.others ?? 0;
}

/** Waits for the end, so that whoever deletes or copies the folder next finds it at rest. */
async function stopServer(place: ClusterPlace, binaries: Binaries, pid: number): Promise<void> {
  await askToStop(place, binaries, pid);
  const deadline = Date.now() + stopMilliseconds;
  while (isRunning(pid) && (await readPostmasterFile(place.cluster))?.pid === pid) {
    if (Date.now() > deadline) {
      throw new ClusterError(
        'not_stopping',
        `The database server (process ${pid}) has not stopped within ${stopMilliseconds / 1000} s. ` +
          'It may be busy writing to its disk and end by itself; nothing that was saved is lost.',
      );
    }
    await delay(5);
  }
}
