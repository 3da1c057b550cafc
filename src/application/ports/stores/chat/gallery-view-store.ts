import type { UserId } from '../../../../domain/ids.js';
import type { GalleryFilter } from '../gallery-store.js';

/** One opened gallery: what its buttons name. */
export interface GalleryView {
  /** A UUID. */
  readonly id: string;
  readonly owner: UserId;
  readonly filter: GalleryFilter;
  /** Ids of images picked for download. */
  readonly selection: readonly string[];
  /** Those that were deleted last, together: they can be brought back together. */
  readonly removed: readonly string[];
}

export interface GalleryViewStore {
  /** Writes a new one, or all fields of an existing one. */
  save(view: GalleryView, now: Date): Promise<void>;
  /** Never finds someone else's. */
  findOwned(owner: UserId, id: string): Promise<GalleryView | null>;
}
