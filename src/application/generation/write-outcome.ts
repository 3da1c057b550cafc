import type { GenerationIn, Transition } from '../../domain/generation/generation.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { secondsAfter } from '../../domain/time.js';
import { handOverSeconds } from '../jobs/hand-over.js';
import { lostNudgeSeconds } from '../jobs/job-kind.js';
import type { JobStores } from '../jobs/job-stores.js';
import { leaseFor } from '../jobs/lease.js';
import type { Needs } from '../ports/needs.js';
import type { ImageRow } from '../ports/stores/image-store.js';
import type { Stores } from '../ports/stores/stores.js';
import { resultOf } from './deliver-outcome.js';
import { generationKind } from './generation-kind.js';

type Parts = Needs<JobStores, 'clock' | 'ids' | 'worker' | 'metrics'>;

/** Writes down what became of a job at the provider, with its images, and lets go of it or hands it on. */
export class WriteOutcome {
  constructor(private readonly parts: Parts) {}

  /** @throws StaleWrite when the row is no longer ours */
  async write(
    state: GenerationIn<'submitted'>,
    transition: Transition,
    images: readonly StoredImage[] = [],
  ): Promise<void> {
    const { next } = transition;
    const { database, clock, metrics } = this.parts;
    const now = clock.now();
    const rows = this.rowsOf(state, images, now);
    await database.transaction((stores) =>
      next.status === 'collected' && stores.jobs.begins(generationKind.jobs.deliver(next.id))
        ? this.handOn(stores, state, { ...transition, next }, rows)
        : this.letGo(stores, state, transition, rows),
    );
    if (next.status === 'failed') metrics.failed(next.failure.kind);
    if (next.status !== 'submitted')
      metrics.left('submitted', (now.getTime() - state.submittedAt.getTime()) / 1000);
  }

  private async letGo(
    stores: Pick<Stores, JobStores>,
    state: GenerationIn<'submitted'>,
    transition: Transition,
    images: readonly ImageRow[],
  ): Promise<void> {
    const now = this.parts.clock.now();
    const expected = { status: state.status, lease: this.parts.worker };
    const checkAfter = secondsAfter(now, lostNudgeSeconds);
    await stores.generations.save(transition.next, expected, { checkAfter });
    await stores.images.add(images);
    await generationKind.apply(stores, state, transition, now);
  }

  /** This process hands the images over next: it keeps the row, and what is known of it is not asked for again. */
  private async handOn(
    stores: Pick<Stores, JobStores>,
    state: GenerationIn<'submitted'>,
    { next, effects }: Transition & { readonly next: GenerationIn<'collected'> },
    images: readonly ImageRow[],
  ): Promise<void> {
    const { clock, worker } = this.parts;
    const since = clock.ticks();
    const lease = leaseFor(clock, worker, handOverSeconds);
    const expected = { status: state.status, lease: worker };
    await stores.generations.save(next, expected, { checkAfter: lease.until, lease });
    await stores.images.add(images);
    const others = effects.filter((effect) => effect !== 'deliver');
    await generationKind.apply(stores, state, { next, effects: others }, clock.now());
    const result = await resultOf(stores, next, images);
    const held = { result: { ...result, isNew: true }, since };
    await stores.jobs.add({ task: 'deliver', generation: next.id, held });
  }

  private rowsOf(
    { id: generation, owner }: GenerationIn<'submitted'>,
    images: readonly StoredImage[],
    now: Date,
  ): ImageRow[] {
    return images.map((image, position) => ({
      ...image,
      id: this.parts.ids.uuid(),
      owner,
      generation,
      position,
      // The gallery shows the latest first: a millisecond apart an album keeps its order.
      createdAt: new Date(now.getTime() - position),
    }));
  }
}
