import type { MediaStore } from '../media-store.js';

export const mediaPlaces = ['folder', 's3'] as const;
export type MediaPlace = (typeof mediaPlaces)[number];

/** Where media can be. */
export interface MediaPlaces {
  /** Throws where the settings name no such place, or it cannot be used. */
  open(place: MediaPlace): Promise<CopyableMedia>;
}

/** What a copy is, and how to undo it. */
interface MediaCopy {
  readonly bytes: number;
  /** Hex SHA-256 of what was read. */
  readonly sha256: string;
  /** Hex SHA-256 of what is there now, read anew; `null`: nothing is. */
  readBack(): Promise<string | null>;
  /** Removes it again, unless somebody has written another file there since. */
  takeBack(): Promise<void>;
}

/** A media store whose files can be copied to another one while the service works with both. */
export interface CopyableMedia extends Pick<MediaStore, 'read'> {
  /** Every file, in no order; what comes or goes meanwhile may be missed. */
  list(): AsyncIterable<{ readonly key: string; readonly bytes: number }>;
  has(key: string): Promise<boolean>;
  /** Hex SHA-256 of what is kept there, as it was noted when the file came, or read anew; `null`: there is no such file. */
  sha256(key: string): Promise<string | null>;
  /**
   * Keeps a file where there is none yet, whole or not at all. `null`: there is one, and it stays as it is.
   * @throws NoRoom, and whatever `body` throws
   */
  addCopy(key: string, body: AsyncIterable<Uint8Array>): Promise<MediaCopy | null>;
}
