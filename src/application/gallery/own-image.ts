import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { GalleryItem, GalleryStore } from '../ports/stores/gallery-store.js';

/** @throws DomainError `not_found`, also for somebody else's and for one that was deleted. */
export async function ownImage(
  gallery: Pick<GalleryStore, 'some'>,
  owner: UserId,
  id: string,
): Promise<GalleryItem> {
  const [image] = await gallery.some(owner, [id]);
  if (image === undefined) throw new DomainError({ code: 'not_found', what: 'image' });
  return image;
}
