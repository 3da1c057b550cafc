import type { Disk } from '../../src/application/ports/disk.js';

/** As much room as a test says; `null`: nobody can tell. */
export class FakeDisk implements Disk {
  free: number | null = 100_000_000_000;

  async freeBytes(): Promise<number> {
    if (this.free === null) throw new Error('no such disk');
    return this.free;
  }
}
