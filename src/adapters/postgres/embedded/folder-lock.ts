import { randomUUID } from 'node:crypto';
import { link, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ClusterError, errorCode, unlessMissing } from './cluster-error.js';
import { isRunning } from './running-process.js';

const refreshMilliseconds = 2_000;
/** A holder that has not touched its file for so long is dead, or its pid belongs to another program by now. */
const staleMilliseconds = 20_000;
const patienceMilliseconds = 180_000;

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a lock that one program at a time can hold, and waits for it if need be. The lock of a program that was
 * killed is taken over at once.
 * @param path the lock file; its folder must exist and be writable
 * @throws ClusterError `busy` after three minutes
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const claim = `${process.pid} ${randomUUID()}\n`;
  const deadline = Date.now() + patienceMilliseconds;
  while (!(await take(path, claim))) {
    await removeStale(path);
    if (Date.now() > deadline) {
      throw new ClusterError(
        'busy',
        `Another program is starting or stopping the database and holds ${path} for minutes. ` +
          'End it, then delete that file.',
      );
    }
    await delay(10);
  }
  return held(path, claim);
}

/**
 * The same for whoever does not want to wait.
 * @returns the id of the process that holds it, when that is another one
 */
export async function claimFolder(path: string): Promise<FolderLock | { readonly holder: number }> {
  const claim = `${process.pid} ${randomUUID()}\n`;
  if (await take(path, claim)) return held(path, claim);
  await removeStale(path);
  if (await take(path, claim)) return held(path, claim);
  return { holder: Number.parseInt((await contentOf(path)) ?? '', 10) };
}

function held(path: string, claim: string): FolderLock {
  // If the folder vanishes or becomes read-only there is nothing left to protect: the lock may go stale.
  const refresh = setInterval(() => touch(path).catch(() => clearInterval(refresh)), refreshMilliseconds);
  refresh.unref();
  return {
    async release() {
      clearInterval(refresh);
      await removeIf(path, claim);
    },
  };
}

/** A link appears with its content, so nobody ever reads an empty claim. */
async function take(path: string, claim: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, claim, { mode: 0o600 });
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlessMissing(unlink(draft));
  }
}

/**
 * Two programs may find the same stale lock; the slower one must not remove the fresh lock of the faster.
 * So the right to remove a claim is itself a lock, named after the claim; if its holder dies, the same applies to it.
 */
async function removeStale(path: string): Promise<void> {
  const claim = await staleClaim(path);
  if (claim === undefined) return;
  const rightToRemove = `${path}.${claim.split(' ')[1]?.trim().slice(0, 8)}`;
  if (await take(rightToRemove, `${process.pid} ${randomUUID()}\n`)) {
    await removeIf(path, claim);
    await unlink(rightToRemove);
  } else {
    await removeStale(rightToRemove);
  }
}

async function removeIf(path: string, claim: string): Promise<void> {
  if ((await contentOf(path)) === claim) await unlink(path);
}

async function staleClaim(path: string): Promise<string | undefined> {
  const claim = await contentOf(path);
  if (claim === undefined) return undefined;
  const touched = await touchedAt(path);
  if (touched === undefined) return undefined;
  const pid = Number.parseInt(claim, 10);
  const bornBeforeUs = pid === process.pid && touched < Date.now() - process.uptime() * 1000 - 1000;
  const stale = !isRunning(pid) || bornBeforeUs || Date.now() - touched > staleMilliseconds;
  return stale ? claim : undefined;
}

const contentOf = (path: string) => unlessMissing(readFile(path, 'utf8'));

const touchedAt = async (path: string) => (await unlessMissing(stat(path)))?.mtimeMs;

async function touch(path: string): Promise<void> {
  const now = new Date();
  await unlessMissing(utimes(path, now, now));
}
