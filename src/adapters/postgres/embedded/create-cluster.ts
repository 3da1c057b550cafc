import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roleName } from './ask-server.js';
import type { Binaries } from './binaries.js';
import { ClusterError, diskFull, errorCode, inFolder, unlessMissing } from './cluster-error.js';
import type { ClusterPlace } from './cluster-place.js';
import { runTool } from './run-tool.js';

const passwordName = 'aisha-password';
const draftPrefix = 'postgres.new-';

/**
 * Tuned for a bot beside other programs on a small machine; an operator may change them in `postgresql.conf`.
 * Its plans are short, so compiling them (`jit`) and splitting them over processes costs more than it brings; the
 * latter also needs more of `/dev/shm` than containers have. Durability stays at its defaults, that is: on.
 */
const initialSettings = {
  shared_buffers: '64MB',
  max_connections: '100',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  client_connection_check_interval: '5s',
  log_checkpoints: 'off',
};

export const passwordOf = (cluster: string): Promise<string> =>
  inFolder(cluster, () => readFile(join(cluster, passwordName), 'utf8'));

/** The major version that made the cluster, e.g. `18`; undefined if there is no cluster yet. */
async function clusterVersion({ cluster }: ClusterPlace): Promise<string | undefined> {
  return (
    await inFolder(cluster, () => unlessMissing(readFile(join(cluster, 'PG_VERSION'), 'utf8')))
  )?.trim();
}

/**
 * Makes the cluster: scram-sha-256 with a generated password, UTF-8, byte order for sorting but Unicode's rules for
 * upper and lower case (`C.UTF-8`, built into PostgreSQL, the same on every platform).
 *
 * All happens in a folder with another name that is renamed at the end, so a cluster is there whole or not at all.
 * `initdb` writes with `fsync` off and nothing would flush those files later, for checkpoints flush only what the
 * server itself changed; so they are flushed here, in one go, before the name that counts.
 * @throws ClusterError
 */
export async function createCluster(place: ClusterPlace, binaries: Binaries): Promise<void> {
  const draft = join(place.home, `${draftPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  const data = join(draft, 'data');
  await inFolder(place.home, async () => {
    await removeDrafts(place.home);
    try {
      const passwordFile = await prepareDraft(draft, place);
      await initialise(place, binaries, data, passwordFile);
      await rename(passwordFile, join(data, passwordName));
      await runInitdb(place, binaries, [`--pgdata=${data}`, '--sync-only']);
      await rename(data, place.cluster).catch(unlessSomebodyElseDid);
      await flushFolder(place.home);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}

async function prepareDraft(draft: string, { account }: ClusterPlace): Promise<string> {
  await mkdir(draft, { mode: 0o700 });
  const passwordFile = join(draft, passwordName);
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account === undefined) return passwordFile;
  await chown(passwordFile, account.uid, account.gid);
  await chown(draft, account.uid, account.gid);
  return passwordFile;
}

async function initialise(place: ClusterPlace, binaries: Binaries, data: string, passwordFile: string) {
  await runInitdb(place, binaries, [
    `--pgdata=${data}`,
    `--username=${roleName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
    ...Object.entries(initialSettings).map(([name, value]) => `--set=${name}=${value}`),
  ]);
}

async function runInitdb(place: ClusterPlace, binaries: Binaries, args: string[]): Promise<void> {
  const { account, home } = place;
  const { code, output } = await runTool(binaries.initdb, args, { account, folder: home });
  if (code === 0) return;
  if (/No space left|quota exceeded/i.test(output)) throw diskFull(home);
  throw new ClusterError(
    'creation_failed',
    `The database could not be created in ${home}. PostgreSQL's initdb says: ${lastLines(output)}. ` +
      'Nothing was left behind; mend the cause and start again.',
  );
}

/** What another program left when it was killed while it made a cluster. Its `initdb` may still be writing. */
async function removeDrafts(home: string): Promise<void> {
  const left = (await readdir(home)).filter((name) => name.startsWith(draftPrefix));
  await Promise.all(
    left.map((name) => rm(join(home, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })),
  );
}

/** A second program that got past the lock made the same cluster: its own is as good as ours. */
function unlessSomebodyElseDid(error: unknown): void {
  if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
}

/** Makes the new name survive a power cut. Windows knows no such operation on folders. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws ClusterError `wrong_version`, or `creation_failed` when the folder holds something else */
export async function checkCluster(place: ClusterPlace, binaries: Binaries): Promise<'present' | 'absent'> {
  const version = await clusterVersion(place);
  const major = binaries.version.split('.')[0];
  if (version === major) return 'present';
  if (version !== undefined) {
    throw new ClusterError(
      'wrong_version',
      `The database in ${place.cluster} was made by PostgreSQL ${version}; this release brings ${major}. ` +
        `Move its content over with pg_dump and pg_restore, or go back to the release that made it.`,
    );
  }
  if ((await inFolder(place.home, () => unlessMissing(stat(place.cluster)))) === undefined) return 'absent';
  throw new ClusterError(
    'creation_failed',
    `${place.cluster} exists and is no PostgreSQL database. Move it away, and a new one will be made.`,
  );
}

export const lastLines = (output: string): string => output.trim().split('\n').slice(-4).join(' | ');
