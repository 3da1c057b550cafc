import type { StoredWeights, Training, TrainingEffect, TrainingIn } from '../../domain/training/training.js';
import type { RemoteWeights } from '../../domain/training/training-outcome.js';
import { checkedWeights } from '../avatars/checked-weights.js';
import type { JobLease } from '../jobs/job-lease.js';
import { LeaseRenewal } from '../jobs/lease-renewal.js';
import type { Needs } from '../ports/needs.js';

/** Brings the weights of a finished training into the media store, and leaves none there that are nobody's. */
export class FetchWeights {
  constructor(
    private readonly parts: Needs<'trainings', 'downloads' | 'media' | 'clock'>,
    private readonly lease: JobLease<Training, TrainingEffect>,
  ) {}

  /** @throws BadDownload; StaleWrite when the training was called off or has passed to another process meanwhile */
  async execute(state: TrainingIn<'training'>, { url }: RemoteWeights): Promise<StoredWeights> {
    const mediaKey = keyOf(state);
    const lease = new LeaseRenewal(this.parts.clock, () => this.lease.renew(state));
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
}

const keyOf = ({ id }: TrainingIn<'training'>): string => `weights/${id}.safetensors`;
