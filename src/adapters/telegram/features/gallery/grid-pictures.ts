import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import { type MediaStore, NoSuchFile } from '../../../../application/ports/media-store.js';
import type { ProofComposer } from '../../../../application/ports/pictures/proof-composer.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import { handleOf } from '../../delivery/results/photo-files.js';
import { troubleOf } from '../../telegram-errors.js';

const columns = 3;
export const picturesInGrid = 9;

/** As large as thumbnails are: three across fill a phone. Pixels. */
const cellSide = 320;

const rememberedAtMost = 2000;

type Send = (media: string | InputFile) => Promise<Message | true>;

/**
 * Pictures of the gallery in one, each with its number. What was composed once is sent by its handle as long as this
 * process lives: whoever goes back and forth uploads nothing.
 */
export class GridPictures {
  /** By the ids of its pictures; the oldest first. */
  private readonly handles = new Map<string, string>();

  constructor(
    private readonly media: MediaStore,
    private readonly composer: ProofComposer,
  ) {}

  /** At least one. */
  async show(items: readonly GalleryItem[], send: Send): Promise<void> {
    const key = items.map(({ id }) => id).join();
    const handle = this.handles.get(key);
    if (handle !== undefined)
      try {
        await send(handle);
        return;
      } catch (error) {
        if (troubleOf(error)?.kind !== 'unknown_handle') throw error;
        this.handles.delete(key);
      }
    const thumbnails = await Promise.all(items.map((item) => this.thumbnailOf(item)));
    const across = Math.min(columns, thumbnails.length);
    const composed = await this.composer.compose(thumbnails, across, cellSide);
    const sent = await send(new InputFile(composed, 'gallery.jpg'));
    // A file that is gone may come back with a backup.
    if (!thumbnails.includes(null)) this.remember(key, handleOf(sent));
  }

  private remember(key: string, handle: string | undefined): void {
    if (handle === undefined) return;
    this.handles.set(key, handle);
    const [oldest] = this.handles.keys();
    if (this.handles.size > rememberedAtMost && oldest !== undefined) this.handles.delete(oldest);
  }

  private async thumbnailOf({ thumbnailKey }: GalleryItem): Promise<Uint8Array | null> {
    try {
      return await this.media.bytes(thumbnailKey);
    } catch (error) {
      if (error instanceof NoSuchFile) return null;
      throw error;
    }
  }
}
