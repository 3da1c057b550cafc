import type { SentPhoto } from './sent-photo.js';

/** A file, or one file of an archive, that was not taken. */
export interface RefusedFile {
  readonly sent: SentPhoto;
  readonly name: string | null;
  /** The end of the name of the text that says why. */
  readonly reason: string;
  /** The most bytes that Telegram hands out at present. */
  readonly limit: number;
}
