import type { AvatarId, TrainingId, UserId } from '../../../domain/ids.js';
import type { Training, TrainingStatus } from '../../../domain/training/training.js';
import type { TrainingSpeed } from '../../../domain/training/training-order.js';
import type { LeasedRowStore } from './jobs/leased-rows.js';
import type { Lease } from './jobs/leases.js';

/** What a write relies on; where that does not hold, it changes nothing. */
export interface TrainingPrecondition {
  readonly status: TrainingStatus;
  /** Lease owner, when the step works under a lease. */
  readonly lease?: string | undefined;
  /** Which submit it is about, for a write that outlives its lease. */
  readonly submits?: number | undefined;
}

export interface TrainingProgress {
  readonly phase: 'queued' | 'running' | 'downloading';
  readonly position: number | null;
  /** Steps done, of `steps`; `null` while the trainer says nothing. */
  readonly step: number | null;
  readonly steps: number | null;
}

export interface TrainingStore extends LeasedRowStore<TrainingId, Training> {
  /**
   * A `requestKey` that was used before adds nothing and returns the training that was added then. So does an
   * avatar that has an open training already: it has at most one.
   */
  add(training: Training, requestKey?: string): Promise<Training>;
  findByRequestKey(requestKey: string): Promise<Training | null>;
  find(id: TrainingId): Promise<Training | null>;
  findOwned(owner: UserId, id: TrainingId): Promise<Training | null>;
  /** Waits for other writers of this row and keeps them out until the transaction ends. */
  lock(id: TrainingId): Promise<Training | null>;
  /** Newest first. */
  ofAvatar(avatar: AvatarId): Promise<Training[]>;
  /** Newest first. */
  ofOwner(owner: UserId): Promise<Training[]>;

  /** Takes the lease if the row is in this state and nobody holds it. Returns the row, or null. */
  acquire(id: TrainingId, status: TrainingStatus, lease: Lease, now: Date): Promise<Training | null>;
  /**
   * Writes the next state and drops the lease, unless one is given to keep. Until `checkAfter` the sweep leaves
   * the row alone. Throws StaleWrite when its precondition does not hold.
   */
  save(
    next: Training,
    expected: TrainingPrecondition,
    then: { checkAfter: Date; lease?: Lease | undefined; dead?: Date | undefined },
  ): Promise<void>;
  /** Gives the lease back without a change of state. */
  free(id: TrainingId, lease: string, checkAfter: Date): Promise<void>;

  reportProgress(id: TrainingId, progress: TrainingProgress): Promise<void>;
  progressOf(id: TrainingId): Promise<TrainingProgress | null>;
  /** Median seconds from fal's taking it to the weights, of the latest 50 at this speed; `null` without any. */
  typicalSeconds(speed: TrainingSpeed): Promise<number | null>;

  /** Takes note of rows whose work is overdue and that nobody holds, not to be reported again before `again`. */
  stalled(now: Date, again: Date, limit: number): Promise<Training[]>;
  /** As with generations. */
  recheck(now: Date): Promise<number>;
  /** Frees the rows of processes that died. */
  dropLeases(owners: readonly string[]): Promise<number>;
}
