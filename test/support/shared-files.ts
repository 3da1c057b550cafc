import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Files and folders below this one that others on the machine may read or enter, with their modes. */
export async function sharedBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const mode = await modeOf(path);
    // Who owns the folder may be at work in it: what is gone is nobody's to read.
    if (mode !== null && mode !== (entry.isDirectory() ? 0o700 : 0o600))
      found.push(`${path.slice(folder.length + 1)} ${mode.toString(8)}`);
  }
  return found;
}

async function modeOf(path: string): Promise<number | null> {
  try {
    return (await lstat(path)).mode & 0o777;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Runs something under the most careless umask there is. */
export async function carelessly<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = process.umask(0);
  try {
    return await work();
  } finally {
    process.umask(before);
  }
}
