import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';
import { checkedInput, IsOneOf } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';

/** As many as may be chosen at once. */
export const mostImagesAtOnce = 100;

const changes = ['favour', 'delete', 'restore'] as const;

export class ImageChanges {
  @IsArray() @ArrayMaxSize(mostImagesAtOnce) @IsUUID(undefined, { each: true }) images!: string[];

  /** What was deleted can be restored for a day. */
  @IsOneOf(changes) change!: (typeof changes)[number];
}

/** What its owner does with several images at once. Those that are not theirs, or not there any more, are left out. */
export class ChangeImages {
  constructor(private readonly parts: Needs<'gallery', 'clock'>) {}

  /** Returns the ids of those that were there to be changed; of restored ones, of those that are there now. */
  async execute(given: ImageChanges, { owner }: Asker): Promise<string[]> {
    const { images, change } = checkedInput(ImageChanges, given);
    const { gallery } = this.parts.database.stores;
    if (change === 'restore') await gallery.restore(owner, images);
    const ids = (await gallery.some(owner, images)).map(({ id }) => id);
    if (change === 'delete') await gallery.remove(owner, ids, this.parts.clock.now());
    if (change === 'favour') for (const id of ids) await gallery.favour(owner, id, true);
    return ids;
  }
}
