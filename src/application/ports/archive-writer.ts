import type { Readable } from 'node:stream';

export interface ArchiveEntry {
  /** With folders, divided by `/`. */
  readonly name: string;
  /** Asked for when its turn comes; `null` when there is no such file any more: it is left out. */
  open(): Promise<Readable | null>;
}

export interface ArchiveWriter {
  /** A ZIP of the entries in their order, one open at a time. Its stream fails when an entry's does. */
  write(entries: readonly ArchiveEntry[]): Readable;
}
