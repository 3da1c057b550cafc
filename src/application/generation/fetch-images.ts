import type { Effect, Generation, GenerationIn } from '../../domain/generation/generation.js';
import type { RemoteImage } from '../../domain/generation/outcome.js';
import { filesOf, type StoredImage } from '../../domain/stored-image.js';
import type { JobLease } from '../jobs/job-lease.js';
import { LeaseRenewal } from '../jobs/lease-renewal.js';
import type { Needs } from '../ports/needs.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';

/** Brings the files of a finished job into the media store, and leaves none there that is nobody's. */
export class FetchImages {
  constructor(
    private readonly parts: Needs<'generations', 'downloads' | 'media' | 'clock'>,
    private readonly lease: JobLease<Generation, Effect>,
  ) {}

  /**
   * All of them, or none.
   * @throws BadDownload; StaleWrite when the job was called off or has passed to another process meanwhile
   */
  async execute(state: GenerationIn<'submitted'>, shown: readonly RemoteImage[]): Promise<StoredImage[]> {
    const lease = new LeaseRenewal(this.parts.clock, () => this.lease.renew(state));
    // All are waited for: one that goes on by itself would write between the files of the next try.
    const ends = await Promise.allSettled(
      shown.map(async ({ url }, position) =>
        this.parts.media.saveImage(
          `images/${state.id}-${state.run}-${position}`,
          lease.during(await this.parts.downloads.open(url)),
        ),
      ),
    );
    const images = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure === undefined) return images;
    await this.withdraw(state, images);
    throw failure.reason;
  }

  /** Removes what was stored for a job that has ended without images, or whose row is gone. */
  async discard(state: GenerationIn<'submitted'>, images: readonly StoredImage[]): Promise<void> {
    const row = await this.parts.database.stores.generations.find(state.id);
    switch (row?.status) {
      case undefined:
      case 'failed':
      case 'cancelled':
        return this.remove(images);
      default:
        // The files have the same names whoever fetched them: by now they are another process's.
        return;
    }
  }

  private async withdraw(state: GenerationIn<'submitted'>, images: readonly StoredImage[]): Promise<void> {
    try {
      await this.lease.renew(state);
    } catch (error) {
      if (error instanceof StaleWrite) await this.discard(state, images);
      throw error;
    }
    await this.remove(images);
  }

  private async remove(images: readonly StoredImage[]): Promise<void> {
    for (const key of images.flatMap(filesOf)) await this.parts.media.remove(key);
  }
}
