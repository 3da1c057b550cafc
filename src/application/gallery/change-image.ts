import { IsUUID } from 'class-validator';
import { checkedInput, IsOneOf } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { GalleryItem } from '../ports/stores/gallery-store.js';
import { ownImage } from './own-image.js';

const changes = ['favour', 'unfavour', 'delete', 'restore'] as const;

export class ImageChange {
  @IsUUID() image!: string;

  /** What was deleted can be restored for a day. */
  @IsOneOf(changes) change!: (typeof changes)[number];
}

/** What its owner does with an image that is there. */
export class ChangeImage {
  constructor(private readonly parts: Needs<'gallery', 'clock'>) {}

  /** Returns it as it is now, a deleted one as it was. @throws DomainError `not_found`, also for somebody else's. */
  async execute(given: ImageChange, { owner }: Asker): Promise<GalleryItem> {
    const { image: id, change } = checkedInput(ImageChange, given);
    const { gallery } = this.parts.database.stores;
    switch (change) {
      case 'favour':
      case 'unfavour':
        await gallery.favour(owner, id, change === 'favour');
        return ownImage(gallery, owner, id);
      case 'delete': {
        const image = await ownImage(gallery, owner, id);
        await gallery.remove(owner, [id], this.parts.clock.now());
        return image;
      }
      case 'restore':
        await gallery.restore(owner, [id]);
        return ownImage(gallery, owner, id);
      default:
        return change satisfies never;
    }
  }
}
