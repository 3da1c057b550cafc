import type { PhotoRefusal } from '../../../domain/avatar/photo.js';
import type { ArchiveRefusal } from '../../../domain/errors.js';
import type { SentPhoto } from './sent-photo.js';

/** Why a file was not taken; each has a text `photo-…`. */
export type FileRefusal =
  | PhotoRefusal
  | `archive_${ArchiveRefusal}`
  | 'uploads_spent'
  | 'beyond_telegram'
  | 'gone'
  | 'while_training'
  | 'no_draft';

/** A file, or one file of an archive, that was not taken. */
export interface RefusedFile {
  readonly sent: SentPhoto;
  readonly name: string | null;
  readonly reason: FileRefusal;
  /** The most bytes that Telegram hands out at present. */
  readonly limit: number;
}
