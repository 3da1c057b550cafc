import type { DraftPhoto, PhotoRefusal } from '../../../domain/avatar/photo.js';
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

/** A photo, or one of an archive, that was not taken; or an archive that was not. */
export interface RefusedPhoto {
  readonly sent: SentPhoto;
  readonly name: string | null;
  readonly reason: FileRefusal;
  /** The most bytes that Telegram hands out at present. */
  readonly limit: number;
  readonly preview: Uint8Array | null;
  /** The photo that it is the same as. */
  readonly like: DraftPhoto | null;
}

/** What became of one photo. A taken one may have become doubtful, or be gone, since. */
export type PhotoOutcome = RefusedPhoto | { readonly sent: SentPhoto; readonly taken: DraftPhoto };
