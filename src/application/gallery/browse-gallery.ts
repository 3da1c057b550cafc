import type { Needs } from '../ports/needs.js';
import type { GalleryLook, ListedImages, ListImages, LookContext } from './list-images.js';

export interface GalleryPage extends ListedImages {
  /** How many fit the filter, and how many of them are newer than the first of these. */
  readonly total: number;
  readonly newer: number;
}

type Parts = Needs<'gallery', 'clock'> & { readonly listImages: ListImages };

/** Somebody's images, and where in the whole gallery they are. */
export class BrowseGallery {
  constructor(private readonly parts: Parts) {}

  /** @throws what `ListImages` throws. */
  async execute(given: GalleryLook, context: LookContext): Promise<GalleryPage> {
    const { database, clock, listImages } = this.parts;
    const listed = await listImages.execute(given, context);
    const query = { owner: context.owner, filter: listed.filter, now: clock.now() };
    return { ...listed, ...(await database.stores.gallery.count(query, listed.images[0])) };
  }
}
