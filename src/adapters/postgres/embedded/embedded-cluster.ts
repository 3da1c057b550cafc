import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Credentials } from './ask-server.js';
import { type Binaries, prepareBinaries } from './binaries.js';
import { ClusterError, inFolder } from './cluster-error.js';
import { type ClusterPlace, choosePlace, prepareDataFolder } from './cluster-place.js';
import { checkCluster, createCluster, passwordOf, roleName } from './create-cluster.js';
import { type FoundServer, findServer, startAndAwait } from './find-server.js';
import { isRunning, lockFolder } from './folder-lock.js';
import { readPostmasterFile } from './postmaster-file.js';
import { askToStop } from './server-process.js';

export interface EmbeddedClusterOptions {
  /** Holds the cluster, its lock and its log. Made if missing. Relative paths start at the working directory. */
  readonly dataDir: string;
  /** Gets one line for each thing that a person may want to know. Nothing is printed. */
  readonly log?: (line: string) => void;
  /** Where clusters lie whose data folder is out of reach for the server's account; only used by root. */
  readonly refuge?: string;
  /** More of PostgreSQL's settings. They hold if this call starts the server, not if it finds one running. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedCluster {
  /** To the database `aisha`, with its password. Connections made with it count as this program's own. */
  readonly connectionString: string;
  /** Whether this call started the server; false if it was running already. */
  readonly startedHere: boolean;
  /**
   * Stops the server, unless another program still uses it: another opener of the same folder, or any other client
   * that is connected. Then the last of them to close stops it. A client that is no opener and connects in the
   * moment between the look and the stop is cut off; it loses nothing that was committed.
   * Repeating it is harmless. A program that ends without it leaves the server running for the next one.
   * @throws ClusterError
   */
  close(): Promise<void>;
}

const databaseName = 'aisha';
const stopMilliseconds = 60_000;

/**
 * Starts, or finds running, the PostgreSQL of this data folder. Makes the cluster and the database `aisha` if need
 * be. Openers of one folder take turns, in one program or in many, and share one server.
 * @throws ClusterError with the cause and the way out
 */
export async function openEmbeddedCluster(options: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
  const log = options.log ?? (() => {});
  const dataDir = await prepareDataFolder(resolve(options.dataDir));
  return withLock(dataDir, async () => {
    const place = await choosePlace(dataDir, options.refuge ?? '/var/lib/aisha', log);
    const binaries = await prepareBinaries(place.home, place.account);
    if ((await checkCluster(place, binaries)) === 'absent') await createCluster(place, binaries);
    const credentials = {
      cluster: place.cluster,
      password: await passwordOf(place.cluster),
      applicationName: `aisha-${process.pid}-${randomBytes(4).toString('hex')}`,
    };
    const { server, startedHere } = await getServer(
      place,
      binaries,
      credentials,
      options.settings ?? {},
      log,
    );
    await createDatabase(server.client);
    log(
      `PostgreSQL ${startedHere ? 'started' : 'found running'} on 127.0.0.1:${server.port}, data in ${place.cluster}`,
    );
    return openedCluster({ place, binaries, credentials, server, startedHere, log });
  });
}

const withLock = async <T>(dataDir: string, work: () => Promise<T>): Promise<T> => {
  const lock = await inFolder(dataDir, () => lockFolder(join(dataDir, 'postgres.lock')));
  try {
    return await work();
  } finally {
    await inFolder(dataDir, () => lock.release());
  }
};

async function getServer(
  place: ClusterPlace,
  binaries: Binaries,
  credentials: Credentials,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<{ server: FoundServer; startedHere: boolean }> {
  for (;;) {
    const found = await findServer(credentials, log);
    if (found !== undefined) return { server: found, startedHere: false };
    const started = await startAndAwait(place, binaries, credentials, settings);
    if (started !== undefined) return { server: started, startedHere: true };
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
  if (rowCount === 0) await client.query(`create database ${databaseName}`);
}

interface Opened {
  readonly place: ClusterPlace;
  readonly binaries: Binaries;
  readonly credentials: Credentials;
  readonly server: FoundServer;
  readonly startedHere: boolean;
  readonly log: (line: string) => void;
}

/** The open connection shows other programs that this one is there, also while its pools are empty. */
function openedCluster(opened: Opened): EmbeddedCluster {
  const { credentials, server, startedHere, log } = opened;
  server.client.on('error', (error) => log(`The connection to PostgreSQL was lost: ${error.message}`));
  server.socket.unref();
  const access = `${roleName}:${credentials.password}@127.0.0.1:${server.port}`;
  let closing: Promise<void> | undefined;
  return {
    connectionString: `postgres://${access}/${databaseName}?application_name=${credentials.applicationName}`,
    startedHere,
    close() {
      closing ??= closeCluster(opened);
      return closing;
    },
  };
}

async function closeCluster({ place, binaries, credentials, server, log }: Opened): Promise<void> {
  server.socket.ref();
  await server.client.end();
  await withLock(place.dataDir, async () => {
    const found = await findServer(credentials, log);
    if (found === undefined) return;
    const others = await countOthers(found.client, credentials.applicationName);
    const pid = (await readPostmasterFile(place.cluster))?.pid;
    await found.client.end();
    if (others > 0) log(`PostgreSQL keeps running for ${others} other connections`);
    else if (pid !== undefined) await stop(place, binaries, pid);
  });
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
async function stop(place: ClusterPlace, binaries: Binaries, pid: number): Promise<void> {
  await askToStop(place, binaries, pid);
  const deadline = Date.now() + stopMilliseconds;
  while (isRunning(pid) && (await readPostmasterFile(place.cluster))?.pid === pid) {
    if (Date.now() > deadline) {
      throw new ClusterError(
        'not_stopping',
        `The database server (process ${pid}) has not stopped within ${stopMilliseconds / 1000} s. ` +
          'It ends by itself, or end that process; nothing that was saved is lost.',
      );
    }
    await delay(5);
  }
}
