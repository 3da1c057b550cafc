import type { GenerationIn, Transition } from '../../domain/generation/generation.js';
import { settle } from '../../domain/ledger.js';
import type { StoredImage } from '../../domain/stored-image.js';
import { secondsAfter } from '../../domain/time.js';
import { handOverSeconds } from '../jobs/hand-over.js';
import { lostNudgeSeconds } from '../jobs/job-kind.js';
import type { JobStores } from '../jobs/job-stores.js';
import { leaseFor } from '../jobs/lease.js';
import type { Needs } from '../ports/needs.js';
import type { ImageRow } from '../ports/stores/image-store.js';
import type { Stores } from '../ports/stores/stores.js';
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
    const isHandedOn = next.status === 'collected' && (await this.handOn(state, next, rows));
    if (!isHandedOn) await database.transaction((stores) => this.letGo(stores, state, transition, rows));
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

  /**
   * The usual case in one step: this process hands the images over next. It keeps the row, and what is known of it is not
   * asked for again.
   */
  private async handOn(
    state: GenerationIn<'submitted'>,
    next: GenerationIn<'collected'>,
    images: readonly ImageRow[],
  ): Promise<boolean> {
    const { database, clock, worker } = this.parts;
    const { generations, jobs } = database.stores;
    const deliver = generationKind.jobs.deliver(next.id);
    if (!jobs.begins(deliver)) return false;
    const since = clock.ticks();
    const now = clock.now();
    const lease = leaseFor(clock, worker, handOverSeconds);
    const entries = settle(generationKind.paid(next), generationKind.charged(next));
    const expected = { status: state.status, lease: worker };
    const then = { checkAfter: lease.until, lease };
    const shown = await generations.endWell({ next, images, entries, now }, expected, then);
    if (shown === null) return false;
    const { avatar, companion, isAwaited } = shown;
    const result = { kind: 'result', generation: next, images, avatar, companion, isNew: true } as const;
    // Should these nudges be lost, the sweep finds both.
    if (isAwaited) await jobs.add(generationKind.jobs.submit(next.id));
    await jobs.add({ task: 'deliver', generation: next.id, held: { result, since } });
    return true;
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
