import type { AvatarId, TrainingId, UserId } from '../../../domain/ids.js';
import type { Training } from '../../../domain/training/training.js';
import type { TrainingSpeed } from '../../../domain/training/training-order.js';
import type { LeasedStore } from './jobs/leased-store.js';

export interface TrainingProgress {
  readonly phase: 'queued' | 'running' | 'downloading';
  readonly position: number | null;
  /** Steps done, of `steps`; `null` while the trainer says nothing. */
  readonly step: number | null;
  readonly steps: number | null;
}

export interface TrainingStore extends LeasedStore<TrainingId, Training> {
  /**
   * A `requestKey` that was used before adds nothing and returns the training that was added then. So does an
   * avatar that has an open training already: it has at most one.
   */
  add(training: Training, requestKey?: string): Promise<Training>;
  /** Newest first. */
  ofAvatar(avatar: AvatarId): Promise<Training[]>;
  /** Newest first. */
  ofOwner(owner: UserId): Promise<Training[]>;

  reportProgress(id: TrainingId, progress: TrainingProgress): Promise<void>;
  progressOf(id: TrainingId): Promise<TrainingProgress | null>;
  /** Median seconds from fal's taking it to the weights, of the latest 50 at this speed; `null` without any. */
  typicalSeconds(speed: TrainingSpeed): Promise<number | null>;
}
