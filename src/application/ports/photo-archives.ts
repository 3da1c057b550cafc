import type { PhotoRefusal } from '../../domain/avatar/photo.js';

/** One file of an archive; one that could not or should not be unpacked comes with the reason. */
export type ArchivedFile =
  /** `name` is without folders, for display only. */
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly refused: PhotoRefusal };

export interface PhotoArchives {
  isArchive(file: Uint8Array): boolean;
  /**
   * The files of a ZIP, one in memory at a time; nothing is ever written anywhere.
   * Throws DomainError `archive_refused`, before the first file when names, counts or sizes are wrong.
   */
  files(archive: Uint8Array): AsyncIterable<ArchivedFile>;
}
