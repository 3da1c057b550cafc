import { secondsAfter } from '../../domain/time.js';
import type { Clock } from '../ports/clock.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Database } from '../ports/stores/stores.js';

/** For so long a deleted image can be brought back. */
export const undoSeconds = 86_400;

const imagesAtOnce = 100;

/** Removes for good what was deleted a day ago. The row goes first: a file without a row is waste, not a broken page. */
export class PurgeImages {
  constructor(
    private readonly database: Database,
    private readonly media: MediaStore,
    private readonly clock: Clock,
  ) {}

  /** Returns how many were removed. */
  async execute(): Promise<number> {
    const deletedBefore = secondsAfter(this.clock.now(), -undoSeconds);
    const gone = await this.database.stores.gallery.purge(deletedBefore, imagesAtOnce);
    for (const { mediaKey, thumbnailKey } of gone) {
      await this.media.remove(mediaKey);
      await this.media.remove(thumbnailKey);
    }
    return gone.length;
  }
}
