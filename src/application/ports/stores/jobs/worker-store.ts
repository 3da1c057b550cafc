import type { GenerationId, TrainingId } from '../../../../domain/ids.js';
import type { DeadWorker } from './worker-registry.js';

/** What the sweep has to look after. */
export interface Overdue {
  /** `stalled` may find some of them. */
  readonly generations: boolean;
  readonly trainings: boolean;
  /** The fair queue is not empty. */
  readonly waiting: boolean;
}

/** Rows by their ids. */
export interface Held {
  readonly generations: readonly GenerationId[];
  readonly trainings: readonly TrainingId[];
}

/** The list of worker processes, as far as it is written together with what they held. */
export interface WorkerStore {
  /**
   * Those of these who are still on the list, and have given no sign of life meanwhile: none can come back, and nobody
   * else reaps them, before this transaction is over.
   */
  lockDead(dead: readonly DeadWorker[]): Promise<string[]>;
  /**
   * Strikes these off and frees the jobs that they had locked in the queue. Returns the ids of those that were still
   * on the list; one that has given a sign of life meanwhile stays there.
   */
  reap(dead: readonly DeadWorker[]): Promise<string[]>;
  /** Frees the jobs of the queue that are locked by none of the living. Returns how many. */
  unlockOrphans(): Promise<number>;
  /** What stands still, by one look at all of it. */
  whatStands(now: Date): Promise<Overdue>;
  /** Rows whose lease this worker has let run out; nobody else takes them as long as it lives. */
  overdueOf(worker: string, now: Date): Promise<Held>;
}
