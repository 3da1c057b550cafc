import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClusterError, inFolder, unlessMissing } from './cluster-error.js';
import { type Account, blockingFolder, isPreferred, isRoot, unprivilegedAccounts } from './system-account.js';

/** Where a cluster lies and under whom it runs. */
export interface ClusterPlace {
  /** The data folder, without symbolic links. Holds the lock and the server's log. */
  readonly dataDir: string;
  /** The data folder itself, or a folder elsewhere when the server's account cannot reach that one. */
  readonly home: string;
  /** PostgreSQL's own folder: `<home>/postgres`. */
  readonly cluster: string;
  /** The account of the server when the program is root, which PostgreSQL refuses to be. */
  readonly account: Account | undefined;
}

const noteName = 'postgres-location.txt';

/** Whether an earlier start made a cluster for this data folder, here or where a note says. */
export async function hasCluster(dataDir: string): Promise<boolean> {
  const names = (await inFolder(dataDir, () => unlessMissing(readdir(dataDir)))) ?? [];
  return names.includes('postgres') || names.includes(noteName);
}

/** Makes the data folder if there is none, private to its owner. @throws ClusterError `folder_not_writable` */
export async function prepareDataFolder(dataDir: string): Promise<string> {
  return inFolder(dataDir, async () => {
    await mkdir(dirname(dataDir), { recursive: true });
    if ((await unlessMissing(stat(dataDir))) === undefined)
      await mkdir(dataDir, { mode: 0o700, recursive: true });
    return realpath(dataDir);
  });
}

/**
 * As an ordinary user the cluster lies in the data folder. As root it lies there too if the server's account can get
 * there once the data folder itself is opened for passing through; folders above are never changed. Otherwise it
 * lies in a new folder under `refuge`, which a note in the data folder names.
 * @throws ClusterError `folder_unreachable`, `no_account`, `wrong_owner`, `folder_not_writable`
 */
export async function choosePlace(
  dataDir: string,
  refuge: string,
  log: (line: string) => void,
): Promise<ClusterPlace> {
  const noted = await readNote(dataDir);
  const home = noted ?? dataDir;
  const cluster = join(home, 'postgres');
  const owner = (await inFolder(home, () => unlessMissing(stat(cluster))))?.uid;
  if (!isRoot()) {
    if (owner !== undefined && owner !== process.getuid?.() && process.platform !== 'win32') {
      throw wrongOwner(cluster, owner, `Start this program as that user, or as root; or run as root`);
    }
    return { dataDir, home, cluster, account: undefined };
  }
  if (owner === 0) throw wrongOwner(cluster, owner, 'PostgreSQL does not run as root. Run');
  const account = await chooseAccount(owner);
  const blocked = await blockingFolder(account, dirname(home));
  if (blocked === undefined) {
    await inFolder(home, () => openForPassing(account, home));
    return { dataDir, home, cluster, account };
  }
  if (owner !== undefined || noted !== undefined) throw unreachable(account, blocked, home);
  const elsewhere = await moveOut(account, blocked, dataDir, refuge);
  log(
    `The database is kept in ${elsewhere}: PostgreSQL runs as "${account.name}", who cannot pass through ${blocked}`,
  );
  return { dataDir, home: elsewhere, cluster: join(elsewhere, 'postgres'), account };
}

async function chooseAccount(owner: number | undefined): Promise<Account> {
  const accounts = await inFolder('/etc', () => unprivilegedAccounts());
  const account =
    owner === undefined ? accounts.find(isPreferred) : accounts.find(({ uid }) => uid === owner);
  if (account !== undefined) return account;
  const wanted =
    owner === undefined ? 'named "postgres" or "nobody"' : `with the uid ${owner}, who owns the cluster`;
  throw new ClusterError(
    'no_account',
    `PostgreSQL does not run as root and /etc/passwd has no user ${wanted}. ` +
      'Add one (useradd --system postgres), or start this program as an ordinary user.',
  );
}

async function openForPassing(account: Account, folder: string): Promise<void> {
  if ((await blockingFolder(account, folder)) === undefined) return;
  const { mode } = await stat(folder);
  await chmod(folder, (mode & 0o7777) | 0o011);
}

/** The note is written before the cluster is made: a cluster that is not named anywhere would be lost. */
async function moveOut(account: Account, blocked: string, dataDir: string, refuge: string): Promise<string> {
  const home = join(refuge, randomBytes(8).toString('hex'));
  try {
    await mkdir(home, { recursive: true, mode: 0o711 });
    await openForPassing(account, refuge);
    await openForPassing(account, home);
    const blockedThere = await blockingFolder(account, home);
    if (blockedThere !== undefined) throw new Error(`${blockedThere} is closed as well`);
    await writeFile(join(home, 'belongs-to.txt'), `${dataDir}\n`, { mode: 0o600 });
    await inFolder(dataDir, async () => {
      const draft = join(dataDir, `${noteName}.new`);
      await writeFile(draft, noteText(await realpath(home), account, blocked), { mode: 0o600 });
      await rename(draft, join(dataDir, noteName));
    });
    return await realpath(home);
  } catch (cause) {
    await rm(home, { recursive: true, force: true });
    throw cause instanceof ClusterError ? cause : unreachable(account, blocked, dataDir, home, cause);
  }
}

const noteText = (home: string, account: Account, blocked: string) => `${home}

The database of this data folder is kept in the folder above: PostgreSQL does not run as root, and the user
"${account.name}" cannot pass through ${blocked}.
Back up both folders together. Delete this note only to start with an empty database.
`;

async function readNote(dataDir: string): Promise<string | undefined> {
  const note = join(dataDir, noteName);
  const home = (await inFolder(dataDir, () => unlessMissing(readFile(note, 'utf8'))))?.split('\n')[0]?.trim();
  if (home === undefined) return undefined;
  if ((await inFolder(home, () => unlessMissing(stat(home)))) !== undefined) return home;
  throw new ClusterError(
    'folder_unreachable',
    `${note} says that the database is in ${home}, and there is no such folder. ` +
      'Put it back from a backup, or delete the note to start with an empty database.',
  );
}

function unreachable(
  account: Account,
  blocked: string,
  dataDir: string,
  elsewhere?: string,
  cause?: unknown,
): ClusterError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  const refusedToo = elsewhere === undefined ? '' : `; ${elsewhere} cannot be used instead${why}`;
  return new ClusterError(
    'folder_unreachable',
    `PostgreSQL does not run as root, and the user "${account.name}" it would run as cannot pass through ${blocked} ` +
      `to the data folder ${dataDir}${refusedToo}. Do one of these: start this program as an ` +
      `ordinary user; set DATA_DIR to a folder that everybody can reach, such as /var/lib/aisha-data; ` +
      `run "chmod o+x ${blocked}"; or set DATABASE_URL to a PostgreSQL of your own.`,
    { cause },
  );
}

function wrongOwner(cluster: string, owner: number, wayOut: string): ClusterError {
  return new ClusterError(
    'wrong_owner',
    `The database folder ${cluster} belongs to the user with uid ${owner}. ${wayOut} ` +
      `"chown -R <user> ${cluster}" with the user under whom the database shall run.`,
  );
}
