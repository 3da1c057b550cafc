/** A stored image in the form in which it was sent. */
export interface SentFile {
  /** Which bot sent it: a handle is worth nothing to another. */
  readonly source: string;
  /** Id of the image. */
  readonly image: string;
  readonly form: 'photo' | 'document';
}

/** Handles under which the other side has our files already, so that they need not be uploaded again. */
export interface SentFileStore {
  remember(file: SentFile, handle: string): Promise<void>;
  /** By image id; images that were never sent are missing. */
  handles(source: string, form: SentFile['form'], images: readonly string[]): Promise<Map<string, string>>;
  /** The other side no longer knows the handle. */
  forget(file: SentFile): Promise<void>;
}
