/** One file of an archive. `null`: larger than a photo may be, it was not unpacked. */
export interface ArchivedFile {
  /** Without folders, for display only. */
  readonly name: string;
  readonly bytes: Uint8Array | null;
}

export interface PhotoArchives {
  isArchive(file: Uint8Array): boolean;
  /**
   * The files of a ZIP, one in memory at a time; nothing is ever written anywhere.
   * Throws DomainError `archive_refused`, before the first file when names, counts or sizes are wrong.
   */
  files(archive: Uint8Array): AsyncIterable<ArchivedFile>;
}
