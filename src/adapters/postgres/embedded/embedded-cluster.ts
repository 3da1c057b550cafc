import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { databaseName, roleName } from './ask-server.js';
import { installedBinaries, reachableBinaries } from './binaries.js';
import { inFolder, unlessMissing } from './cluster-error.js';
import { choosePlace, prepareDataFolder } from './cluster-place.js';
import { checkCluster, createCluster, passwordOf } from './create-cluster.js';
import { type FoundServer, findServer } from './find-server.js';
import { lockFolder } from './folder-lock.js';
import { joinServer, leaveServer, type ServerUse } from './server-use.js';

interface EmbeddedClusterOptions {
  /** Holds the cluster, its lock and its log. Made if missing. Relative paths start at the working directory. */
  readonly dataDir: string;
  /** Gets one line for each thing that a person may want to know. Nothing is printed. */
  readonly log?: (line: string) => void;
  /**
   * Where clusters lie whose data folder is out of reach for the server's account; only used by root.
   * Default `/var/lib/aisha`.
   */
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
   * that is connected. Then the last of the openers to close stops it. Call it when the program's own pools have
   * ended: what they still have open is cut off. A client that is no opener and connects in the moment between the
   * look and the stop is cut off too; nothing is lost that was committed.
   *
   * Repeating it is harmless. A program that ends without it leaves the server running for the next one.
   * @throws ClusterError
   */
  close(): Promise<void>;
}

/**
 * Starts, or finds running, the PostgreSQL of this data folder. Makes the cluster and the database `aisha` if need
 * be. Openers of one folder take turns, in one program or in many, and share one server.
 * @throws ClusterError with the cause and the way out
 */
export async function openEmbeddedCluster(options: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
  const log = options.log ?? (() => {});
  const dataDir = await prepareDataFolder(resolve(options.dataDir));
  return withLock(dataDir, async () => {
    const use = await prepareUse(dataDir, options.refuge ?? '/var/lib/aisha', log);
    const { server, startedHere } = await joinServer(use, options.settings ?? {});
    const port = `127.0.0.1:${server.port}`;
    log(`PostgreSQL ${startedHere ? 'started' : 'found running'} on ${port}, data in ${use.place.cluster}`);
    return openedCluster(use, server, startedHere);
  });
}

async function prepareUse(dataDir: string, refuge: string, log: (line: string) => void): Promise<ServerUse> {
  const place = await choosePlace(dataDir, refuge, log);
  const binaries = await reachableBinaries(await installedBinaries(), place.home, place.account);
  if ((await checkCluster(place, binaries)) === 'absent') await createCluster(place, binaries);
  const applicationName = `aisha-${process.pid}-${randomBytes(4).toString('hex')}`;
  const credentials = { cluster: place.cluster, password: await passwordOf(place.cluster), applicationName };
  return { place, binaries, credentials, log };
}

/** The open connection shows other programs that this one is there, also while its pools are empty. */
function openedCluster(use: ServerUse, server: FoundServer, startedHere: boolean): EmbeddedCluster {
  const { password, applicationName } = use.credentials;
  server.client.on('error', (error) => use.log(`The connection to PostgreSQL was lost: ${error.message}`));
  server.socket.unref();
  const address = `postgres://${roleName}:${password}@127.0.0.1:${server.port}/${databaseName}`;
  let closing: Promise<void> | undefined;
  return {
    connectionString: `${address}?application_name=${applicationName}`,
    startedHere,
    close() {
      closing ??= closeCluster(use, server);
      return closing;
    },
  };
}

async function closeCluster(use: ServerUse, server: FoundServer): Promise<void> {
  server.socket.ref();
  await server.client.end();
  // Somebody deleted the folder: the server finds its pid file gone within a minute, and ends.
  if ((await unlessMissing(stat(use.place.cluster))) === undefined) return;
  await withLock(use.place.dataDir, async () => {
    const found = await findServer(use.credentials, use.log);
    if (found !== undefined) await leaveServer(use, found);
  });
}

async function withLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const lock = await inFolder(dataDir, () => lockFolder(join(dataDir, 'postgres.lock')));
  try {
    return await work();
  } finally {
    await inFolder(dataDir, () => lock.release());
  }
}
