/** A stored image in the form in which it was sent. */
export interface SentFile {
  /** Which bot sent it: a handle is worth nothing to another. */
  readonly source: string;
  /** Id of the image. */
  readonly image: string;
  readonly form: 'photo' | 'document';
}

/** The message that shows it. */
export interface SentPlace {
  readonly chat: number;
  readonly message: number;
}

/** What became of it. */
export interface Sent extends SentFile {
  readonly handle: string;
  /** `null`: not one that stays, a screen for example. */
  readonly place: SentPlace | null;
}

/** Handles under which the other side has our files already, so that they need not be uploaded again. */
export interface SentFileStore {
  /** Without a place the one that is known is kept. */
  remember(sent: Sent): Promise<void>;
  /** By image id; images that were never sent are missing. */
  handles(source: string, form: SentFile['form'], images: readonly string[]): Promise<Map<string, string>>;
  /** Which image a message shows; `null` when none of ours was sent there. */
  imageAt(source: string, place: SentPlace): Promise<string | null>;
  /** Where these images stand, and from now on do not: whoever takes them deletes them there. */
  takePlaces(source: string, images: readonly string[]): Promise<SentPlace[]>;
  /** The other side no longer knows the handle. */
  forget(file: SentFile): Promise<void>;
  /** The handle of a picture of the bot's own; its name changes with its bytes. `null`: it was never sent. */
  ownHandle(source: string, name: string): Promise<string | null>;
  /** Replaces an earlier one. */
  rememberOwn(source: string, name: string, handle: string): Promise<void>;
}
