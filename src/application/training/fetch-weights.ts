import { secondsAfter } from '../../domain/time.js';
import type { StoredWeights, TrainingIn } from '../../domain/training/training.js';
import type { RemoteWeights } from '../../domain/training/training-outcome.js';
import { checkedWeights } from '../avatars/checked-weights.js';
import { LeaseRenewal } from '../jobs/lease-renewal.js';
import { trainingLeaseSeconds } from '../policy/training-policy.js';
import type { Needs } from '../ports/needs.js';

/** Brings the weights of a finished training into the media store, and leaves none there that are nobody's. */
export class FetchWeights {
  constructor(private readonly parts: Needs<'trainings', 'downloads' | 'media' | 'clock' | 'worker'>) {}

  /** @throws BadDownload; StaleWrite when the training was called off or has passed to another process meanwhile */
  async execute(state: TrainingIn<'training'>, { url }: RemoteWeights): Promise<StoredWeights> {
    const mediaKey = keyOf(state);
    const lease = new LeaseRenewal(this.parts.clock, () => this.renew(state));
    const body = lease.during(await this.parts.downloads.open(url));
    return { url, mediaKey, ...(await this.parts.media.save(mediaKey, checkedWeights(body))) };
  }

  /** Removes what was stored for a training that has ended without weights, or whose row is gone. */
  async discard(state: TrainingIn<'training'>): Promise<void> {
    const row = await this.parts.database.stores.trainings.find(state.id);
    switch (row?.status) {
      case undefined:
      case 'failed':
      case 'cancelled':
        return this.parts.media.remove(keyOf(state));
      default:
        // The file has the same name whoever fetched it: by now it is another process's.
        return;
    }
  }

  private async renew(state: TrainingIn<'training'>): Promise<void> {
    const until = secondsAfter(this.parts.clock.now(), trainingLeaseSeconds);
    await this.parts.database.stores.trainings.save(
      state,
      { status: 'training', lease: this.parts.worker },
      { checkAfter: until, lease: { owner: this.parts.worker, until } },
    );
  }
}

const keyOf = ({ id }: TrainingIn<'training'>): string => `weights/${id}.safetensors`;
