import type { Disk } from '../ports/disk.js';
import type { Ports } from '../ports/needs.js';

/** Every step asks; the disk is looked at this often. */
const lookMilliseconds = 1000;

type Parts = Pick<Ports, 'clock' | 'log'> & {
  readonly disk: Disk;
  /** With less free than this nothing is bought; 0: whatever is free will do. */
  readonly floorBytes: number;
};

/** Whether there is room on the disk for what is bought. */
export class DiskSpace {
  private look: { readonly at: number; readonly free: Promise<number | null> } | null = null;
  private wasShort = false;

  constructor(private readonly parts: Parts) {}

  /** A disk that cannot be looked at is not held to be full: readiness tells of it. */
  async isShort(): Promise<boolean> {
    const free = await this.freeBytes();
    const isShort = free !== null && free < this.parts.floorBytes;
    if (isShort !== this.wasShort) this.tell(isShort, free);
    this.wasShort = isShort;
    return isShort;
  }

  /** `null`: it cannot be found out. */
  freeBytes(): Promise<number | null> {
    const now = this.parts.clock.now().getTime();
    if (this.look === null || Math.abs(now - this.look.at) >= lookMilliseconds)
      this.look = {
        at: now,
        free: this.parts.disk.freeBytes().catch((error: unknown) => this.unknown(error)),
      };
    return this.look.free;
  }

  /** Why the service is not ready, or null. */
  async complaint(): Promise<string | null> {
    const free = await this.freeBytes();
    if (free === null) return 'the disk of the data folder cannot be looked at';
    if (!(await this.isShort())) return null;
    return `the disk is nearly full, ${megabytes(free)} MB are free: nothing is bought below ${megabytes(this.parts.floorBytes)} MB`;
  }

  private tell(isShort: boolean, free: number | null): void {
    const facts = { freeBytes: free, floorBytes: this.parts.floorBytes };
    if (isShort) this.parts.log.error('the disk is nearly full: jobs wait until there is room', facts);
    else this.parts.log.info('there is room on the disk again: jobs go on', facts);
  }

  private unknown(error: unknown): null {
    this.parts.log.warn('the disk of the data folder cannot be looked at', { error });
    return null;
  }
}

const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000);
