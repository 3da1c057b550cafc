import { secondsAfter } from '../../domain/time.js';
import type { Clock } from '../ports/clock.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Database } from '../ports/stores/stores.js';

/** For so long a deleted image can be brought back. */
export const undoSeconds = 86_400;

const imagesAtOnce = 100;

interface Parts {
  readonly database: Database<'gallery'>;
  readonly media: MediaStore;
  readonly clock: Clock;
}

/** Removes for good what was deleted a day ago. The row goes first: a file without a row is waste, not a broken page. */
export class PurgeImages {
  constructor(private readonly parts: Parts) {}

  /** Returns how many were removed. */
  async execute(): Promise<number> {
    const deletedBefore = secondsAfter(this.parts.clock.now(), -undoSeconds);
    const gone = await this.parts.database.stores.gallery.purge(deletedBefore, imagesAtOnce);
    for (const { mediaKey, thumbnailKey } of gone) {
      await this.parts.media.remove(mediaKey);
      await this.parts.media.remove(thumbnailKey);
    }
    return gone.length;
  }
}
