import { mediaKeyOf } from '../../domain/avatar/avatar-model.js';
import { withoutOld } from '../../domain/avatar/avatar-versions.js';
import { secondsAfter } from '../../domain/time.js';
import type { TrainingPolicy } from '../policy/training-policy.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';

const avatarsAtOnce = 20;

type Parts = Needs<'avatars', 'clock' | 'log'> & {
  readonly media: Pick<MediaStore, 'remove'>;
  readonly policy: TrainingPolicy;
};

/** Deletes what a retrain replaced long enough ago. */
export class PurgeReplacedWeights {
  constructor(private readonly parts: Parts) {}

  /** Returns how many models went. */
  async execute(): Promise<number> {
    const { database, media, policy, clock, log } = this.parts;
    const before = secondsAfter(clock.now(), -policy.replacedWeightsDays * 86_400);
    let deleted = 0;
    for (const { owner, id } of await database.stores.avatars.replacedBefore(before, avatarsAtOnce)) {
      const gone = await database.transaction(async ({ avatars }) => {
        const held = await avatars.lock(owner, id);
        if (held?.status !== 'ready') return [];
        const { avatar, gone } = withoutOld(held, before);
        await avatars.save(avatar);
        return gone;
      });
      for (const key of gone.flatMap(({ model }) => mediaKeyOf(model) ?? [])) await media.remove(key);
      deleted += gone.length;
    }
    if (deleted > 0) log.info('models that a training replaced were deleted', { models: deleted });
    return deleted;
  }
}
