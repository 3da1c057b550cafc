import { filesOf } from '../../../domain/stored-image.js';
import { secondsAfter } from '../../../domain/time.js';
import type { TrainingPolicy } from '../../policy/training-policy.js';
import type { MediaStore } from '../../ports/media-store.js';
import type { Needs } from '../../ports/needs.js';

const avatarsAtOnce = 20;

type Parts = Needs<'photos', 'clock' | 'log'> & {
  readonly media: Pick<MediaStore, 'removeAll'>;
  readonly policy: TrainingPolicy;
};

/** Deletes the photos of avatars that were trained long enough ago. */
export class PurgePhotos {
  constructor(private readonly parts: Parts) {}

  /** Returns how many photos were deleted. */
  async execute(): Promise<number> {
    const { database, media, policy, clock, log } = this.parts;
    const before = secondsAfter(clock.now(), -policy.photoDays * 86_400);
    let deleted = 0;
    for (const avatar of await database.stores.photos.avatarsTrainedBefore(before, avatarsAtOnce)) {
      const removed = await database.transaction(async ({ photos }) => {
        const ids = (await photos.lock(avatar)).map(({ id }) => id);
        return photos.remove(avatar, ids);
      });
      await media.removeAll(removed.flatMap(filesOf));
      deleted += removed.length;
    }
    if (deleted > 0) log.info('photos of trained avatars were deleted', { photos: deleted });
    return deleted;
  }
}
