import type { Generation, GenerationStatus } from '../../../domain/generation/generation.js';
import type { GenerationId, UserId } from '../../../domain/ids.js';
import type { NotTakenNow, Pending } from '../image-generator.js';
import type { LeasedRowStore, StepFailure } from './jobs/leased-rows.js';
import type { Lease } from './jobs/leases.js';

/** What a write relies on; where that does not hold, it changes nothing. */
export interface Precondition {
  readonly status: GenerationStatus;
  /** Lease owner, when the step works under a lease. */
  readonly lease?: string | undefined;
  /** Which submit it is about, for a write that outlives its lease. */
  readonly submits?: number | undefined;
}

export interface Progress {
  readonly phase: (Pending | NotTakenNow)['phase'] | 'downloading';
  readonly position: number | null;
}

export interface GenerationPage {
  readonly owner?: UserId | undefined;
  readonly status?: GenerationStatus | undefined;
  readonly limit: number;
  /** Keyset: only rows created before this one. */
  readonly before?: { createdAt: Date; id: GenerationId } | undefined;
}

export interface GenerationStore extends LeasedRowStore<GenerationId, Generation> {
  /**
   * Takes its fair place in the line: behind its owner's own jobs, level with the first of the others.
   * A `requestKey` that was used before adds nothing and returns the job that was added then: one tap, one job.
   */
  add(generation: Generation, requestKey?: string): Promise<Generation>;
  find(id: GenerationId): Promise<Generation | null>;
  findOwned(owner: UserId, id: GenerationId): Promise<Generation | null>;
  findByRequestKey(requestKey: string): Promise<Generation | null>;
  /** Waits for other writers of this row and keeps them out until the transaction ends. */
  lock(id: GenerationId): Promise<Generation | null>;
  list(page: GenerationPage): Promise<Generation[]>;
  /** Jobs of the owner that have not ended. */
  countOpen(owner: UserId): Promise<number>;

  /**
   * The next accepted job in fair order that may be in flight by both limits, locked to this transaction.
   * Calls are serialized by the database, so the limits hold exactly over all processes.
   */
  lockNext(limits: { total: number; perUser: number; now: Date }): Promise<Generation | null>;
  /** Whether `lockNext` may find one now or later. */
  hasWaiting(): Promise<boolean>;

  /**
   * Takes the lease if the row is in this state (one of these), nobody holds it and it was not tried too often. Counts
   * a try until a write or a release, and the time since the last look. Returns the row, or null.
   */
  acquire(
    id: GenerationId,
    status: GenerationStatus | readonly GenerationStatus[],
    lease: Lease,
    now: Date,
  ): Promise<Generation | null>;
  /**
   * Writes the next state and drops the lease, unless one is given to keep. Until `checkAfter` the sweep leaves
   * the row alone. Throws StaleWrite when its precondition does not hold.
   */
  save(
    next: Generation,
    expected: Precondition,
    then: { checkAfter: Date; lease?: Lease | undefined; dead?: Date | undefined },
  ): Promise<void>;
  /** Gives the lease back without a change of state. */
  free(id: GenerationId, lease: string, checkAfter: Date): Promise<void>;

  reportProgress(id: GenerationId, progress: Progress): Promise<void>;
  progressOf(id: GenerationId): Promise<Progress | null>;

  /**
   * Takes note of rows whose work is overdue and that nobody holds, so that they are not reported again before
   * `again`. Accepted jobs are not among them: they wait for their turn.
   */
  stalled(now: Date, again: Date, limit: number): Promise<Generation[]>;
  /**
   * Makes everything that is at the provider and that nobody holds due at once: who watched it may be gone. So is what
   * was put off to a time that is too far away for us to have chosen it. Returns how many.
   */
  recheck(now: Date): Promise<number>;
  /** Counts the time that those in line have waited. */
  lookAtLine(lease: Lease, now: Date): Promise<void>;
  /** Puts one in line off after a failure to send it that left no lease. Counts a try. */
  putOff(id: GenerationId, failure: StepFailure): Promise<void>;
  /** Frees the rows of processes that died. */
  dropLeases(owners: readonly string[]): Promise<number>;
}
