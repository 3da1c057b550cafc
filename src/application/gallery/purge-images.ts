import { filesOf } from '../../domain/stored-image.js';
import { secondsAfter } from '../../domain/time.js';
import type { Needs } from '../ports/needs.js';

/** For so long a deleted image can be brought back. */
export const undoSeconds = 86_400;

const imagesAtOnce = 100;

/** Removes for good what was deleted a day ago. The row goes first: a file without a row is waste, not a broken page. */
export class PurgeImages {
  constructor(private readonly parts: Needs<'gallery', 'media' | 'clock'>) {}

  /** Returns how many were removed. */
  async execute(): Promise<number> {
    const deletedBefore = secondsAfter(this.parts.clock.now(), -undoSeconds);
    const gone = await this.parts.database.stores.gallery.purge(deletedBefore, imagesAtOnce);
    await this.parts.media.removeAll(gone.flatMap(filesOf));
    return gone.length;
  }
}
