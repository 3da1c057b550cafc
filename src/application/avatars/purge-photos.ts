import { Throttle } from '../jobs/throttle.js';
import type { TrainingPolicy } from '../policy/training-policy.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';

const avatarsAtOnce = 20;
const pauseMilliseconds = 600_000;

type Parts = Needs<'photos', 'clock' | 'log'> & {
  readonly media: Pick<MediaStore, 'remove'>;
  readonly policy: TrainingPolicy;
};

/** Deletes the photos of avatars that were trained long enough ago. Called with every sweep, works now and then. */
export class PurgePhotos {
  private readonly throttle = new Throttle(pauseMilliseconds);

  constructor(private readonly parts: Parts) {}

  /** Returns how many photos were deleted. */
  async execute(): Promise<number> {
    const now = this.parts.clock.now();
    if (!this.throttle.isOver(now)) return 0;
    const before = new Date(now.getTime() - this.parts.policy.photoDays * 86_400_000);
    let deleted = 0;
    for (const avatar of await this.parts.database.stores.photos.avatarsTrainedBefore(
      before,
      avatarsAtOnce,
    )) {
      const removed = await this.parts.database.transaction(async ({ photos }) => {
        const all = await photos.lock(avatar);
        return photos.remove(
          avatar,
          all.map(({ id }) => id),
        );
      });
      for (const { mediaKey, thumbnailKey } of removed) {
        await this.parts.media.remove(mediaKey);
        await this.parts.media.remove(thumbnailKey);
      }
      deleted += removed.length;
    }
    if (deleted > 0) this.parts.log.info('photos of trained avatars were deleted', { photos: deleted });
    return deleted;
  }
}
