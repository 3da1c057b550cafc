import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** With less than this the program buys nothing, in megabytes: `DISK_FLOOR_MB` of the run. */
export const floorMegabytes = 30;
const sizeMegabytes = 600;

export interface SmallDisk {
  fill(): Promise<void>;
  free(): Promise<void>;
  /** Before its folder is removed. */
  takeAway(): void;
}

/** A disk of its own for one folder, so that it can be full; `null` where nobody lets us have one. */
export function smallDisk(folder: string): SmallDisk | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMegabytes}m,mode=0700`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  const filler = join(folder, '.filler');
  return {
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch((error: unknown) => {
        // The program may have been faster with the last bytes: full is full.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      });
    },
    free: () => rm(filler, { force: true }),
    takeAway: () => void execFileSync('umount', ['-l', folder]),
  };
}
