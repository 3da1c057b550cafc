import { statfs } from 'node:fs/promises';
import type { Disk } from '../../application/ports/disk.js';

/** The disk that folders are on; of several disks the fullest one counts. */
export class FolderDisk implements Disk {
  constructor(private readonly folders: readonly string[]) {}

  async freeBytes(): Promise<number> {
    const disks = await Promise.all(this.folders.map((folder) => statfs(folder)));
    return Math.min(...disks.map(({ bavail, bsize }) => bavail * bsize));
  }
}
