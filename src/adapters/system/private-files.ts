import { chmod, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Something of ours that others on this machine may read, enter or change. */
export interface OpenToOthers {
  readonly path: string;
  readonly mode: number;
  /** All that it may be. */
  readonly allowed: number;
}

/**
 * What this program writes in the data folder. Beside it lie PostgreSQL's own folders and programs (`postgres`,
 * `postgresql-18.4.0`), which belong to its account, and whatever the operator keeps there: neither is looked at.
 */
const ownFolders = /^(media|sandbox|logs|locks)$/;
const ownFiles = /(\.lock(\..*)?|\.log|^postgres-location\.txt)$/;

/**
 * Everything of ours in the data folder that is not closed to others. Folders are 0700 and files 0600; run as root the
 * data folder itself may be passed through (0711), because PostgreSQL's account has to. Windows knows no such modes.
 * @param atMost files and folders that are looked at; all of them unless given
 */
export async function* openToOthers(
  dataDir: string,
  atMost = Number.POSITIVE_INFINITY,
): AsyncGenerator<OpenToOthers, void, undefined> {
  const looks = { left: atMost };
  if (process.platform === 'win32') return;
  // It may be a link, as systemd makes one: what it leads to counts.
  const top = await stat(dataDir).catch(nothingIfGone);
  if (top === null) return;
  const isRoots = process.getuid?.() === 0 || top.uid === 0;
  const isShared = (top.mode & 0o1000) !== 0;
  if (!isShared) yield* checked(dataDir, top.mode, isRoots ? 0o711 : 0o700);
  for (const { name } of await entriesOf(dataDir)) {
    if (ownFolders.test(name)) yield* below(await realpath(join(dataDir, name)), looks);
    else if (ownFiles.test(name)) yield* file(join(dataDir, name));
  }
}

/** Closes what is open to others, and says how much of it there was; what is not ours to close stays as it is. */
export async function closeToOthers(
  dataDir: string,
  signal?: AbortSignal,
): Promise<{ closed: number; refused: string[] }> {
  let closed = 0;
  const refused: string[] = [];
  for await (const { path, mode, allowed } of openToOthers(dataDir)) {
    if (signal?.aborted === true) break;
    try {
      await chmod(path, mode & allowed);
      closed += 1;
    } catch (error) {
      // Gone by now is closed too.
      if (codeOf(error) !== 'ENOENT') refused.push(path);
    }
  }
  return { closed, refused };
}

/** From the top, so that a folder is looked at before what it closes off. */
async function* below(
  folder: string,
  looks: { left: number },
): AsyncGenerator<OpenToOthers, void, undefined> {
  looks.left -= 1;
  const found = await whole(folder);
  if (found === null || !found.isDirectory()) return;
  yield* checked(folder, found.mode, 0o700);
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (looks.left <= 0) return;
    // Links lead to what may be anybody's.
    if (entry.isDirectory()) yield* below(path, looks);
    else if (entry.isFile()) {
      looks.left -= 1;
      yield* file(path);
    }
  }
}

async function* file(path: string): AsyncGenerator<OpenToOthers, void, undefined> {
  const found = await whole(path);
  if (found?.isFile() === true) yield* checked(path, found.mode, 0o600);
}

function* checked(path: string, mode: number, allowed: number): Generator<OpenToOthers, void, undefined> {
  if ((mode & 0o077 & ~allowed) !== 0) yield { path, mode: mode & 0o777, allowed: allowed | 0o700 };
}

/** `null` when it has gone meanwhile. */
const whole = (path: string) => lstat(path).catch(nothingIfGone);

const entriesOf = async (folder: string) =>
  (await readdir(folder, { withFileTypes: true }).catch(nothingIfGone)) ?? [];

function nothingIfGone(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
