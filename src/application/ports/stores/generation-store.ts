import type { Avatar } from '../../../domain/avatar/avatar.js';
import type { Generation, GenerationIn, GenerationStatus } from '../../../domain/generation/generation.js';
import type { GenerationId, UserId } from '../../../domain/ids.js';
import type { LedgerEntry } from '../../../domain/ledger.js';
import type { NotTakenNow, Pending } from '../image-generator.js';
import type { ProviderEvent } from '../provider-webhooks.js';
import type { ImageRow } from './image-store.js';
import type { LeasedStore, StepFailure } from './jobs/leased-store.js';
import type { Lease, Precondition, Then } from './jobs/leases.js';

export interface Progress {
  readonly phase: (Pending | NotTakenNow)['phase'] | 'downloading';
  readonly position: number | null;
}

export interface GenerationWithProgress {
  readonly generation: Generation;
  readonly progress: Progress | null;
}

/** How far a job is, and no more. */
export interface Glance {
  readonly id: GenerationId;
  readonly status: GenerationStatus;
  readonly progress: Progress | null;
}

export interface GenerationPage {
  readonly owner?: UserId | undefined;
  readonly status?: GenerationStatus | undefined;
  readonly limit: number;
  /** Keyset: only rows created before this one. */
  readonly before?: { createdAt: Date; id: GenerationId } | undefined;
}

/** All that is looked at before a request is accepted. */
export interface Circumstances {
  /** What was asked for under the same key before. */
  readonly earlier: Generation | null;
  /** Jobs of theirs that have not ended. */
  readonly open: number;
  /** How many jobs of all people would be before this one in the fair queue. */
  readonly ahead: number;
  /** Theirs, by creation, oldest first. */
  readonly avatars: readonly Avatar[];
  /** Endpoints that take nothing now. */
  readonly retired: ReadonlySet<string>;
}

/** A job that brought something: its next state, its images, and what is written of its price. */
export interface GoodEnd {
  readonly next: GenerationIn<'collected'>;
  readonly images: readonly ImageRow[];
  readonly entries: readonly LedgerEntry[];
  readonly now: Date;
}

/** Whom the images of a job show, and whether somebody waits for its place. */
export interface Shown {
  readonly avatar: Avatar | null;
  readonly companion: Avatar | null;
  readonly isAwaited: boolean;
}

export interface GenerationStore extends LeasedStore<GenerationId, Generation> {
  /**
   * Takes its place in the fair queue: behind its owner's own jobs, level with the first of the others.
   * A `requestKey` that was used before adds nothing and returns the job that was added then: one tap, one job.
   */
  add(generation: Generation, requestKey?: string): Promise<Generation>;
  /**
   * The usual case of that in one step with the hold of its price. False, and nothing is changed, when the key was used
   * before, or when the account does not suffice or is not open yet.
   */
  addHeld(generation: Generation, hold: LedgerEntry, requestKey?: string): Promise<boolean>;
  /** What a new request of this person's meets. */
  circumstances(owner: UserId, requestKey: string | undefined, now: Date): Promise<Circumstances>;
  list(page: GenerationPage): Promise<Generation[]>;
  /** Jobs of the owner that have not ended. */
  countOpen(owner: UserId): Promise<number>;
  /** Whether the owner has asked for so many jobs that had a price, however they ended. */
  hasPaidFor(owner: UserId, count: number): Promise<boolean>;

  /**
   * The next accepted job in fair order that may be in flight by both limits, locked to this transaction.
   * Calls are serialized by the database, so the limits hold exactly over all processes.
   */
  lockNext(limits: { total: number; perUser: number; now: Date }): Promise<Generation | null>;
  /**
   * The usual case of taking that one, in one step: it is written as being submitted, under this lease. Null, and nothing
   * is changed, when there is none, and for one that needs a closer look: it was in doubt, an avatar of it is gone, or its
   * source is uploaded first.
   */
  takeNext(
    limits: { total: number; perUser: number; now: Date },
    lease: Lease,
  ): Promise<GenerationIn<'submitting'> | null>;
  /** Whether `lockNext` would find one now, as far as can be seen without waiting for others who count. */
  hasNext(limits: { total: number; perUser: number; now: Date }): Promise<boolean>;
  /** Whether `lockNext` may find one now or later. */
  hasWaiting(): Promise<boolean>;

  reportProgress(id: GenerationId, progress: Progress): Promise<void>;
  progressOf(id: GenerationId): Promise<Progress | null>;
  /** Those of them that there are, in no order, each with its progress. */
  withProgress(ids: readonly GenerationId[]): Promise<GenerationWithProgress[]>;
  /** The same for those who look often at many. */
  glance(ids: readonly GenerationId[]): Promise<Glance[]>;

  /**
   * In one step keeps an event and takes the job that it is about. Null, and nothing is changed, unless the provider
   * has the job under the event's ticket, nobody holds it, and the event is new and can be kept as it is.
   */
  hear(id: GenerationId, event: ProviderEvent, lease: Lease, now: Date): Promise<Generation | null>;

  /** Writes a good end in one step. Null, and nothing is changed, when the row is not as expected. */
  endWell(end: GoodEnd, expected: Precondition<'submitted'>, then: Then): Promise<Shown | null>;

  /** Counts the time that those in the fair queue have waited. */
  lookAtQueue(lease: Lease, now: Date): Promise<void>;
  /** Puts one in the queue off after a failure to send it that left no lease. Counts a try. */
  putOff(id: GenerationId, failure: StepFailure): Promise<void>;
}
