import type { TrainingIn } from '../../domain/training/training.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import { type Followed, type ProviderWatch, StreamWatch } from '../jobs/provider-watch.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import type { Logger } from '../ports/logger.js';
import type { Database } from '../ports/stores/stores.js';
import type { TellTrainingProgress } from './tell-training-progress.js';
import { trainingKind } from './training-kind.js';

export type TrainingWatch = ProviderWatch<TrainingIn<'training'>>;

/** Follows the log of trainings for their steps. */
export function watchTrainings(parts: {
  readonly database: Database<'jobs'>;
  readonly trainer: Pick<AvatarTrainer, 'watch'>;
  readonly tellProgress: TellTrainingProgress;
  readonly log: Logger;
}): TrainingWatch {
  const { trainer, tellProgress } = parts;
  const followed: Followed<TrainingIn<'training'>, TrainingPending> = {
    kind: trainingKind,
    watch: (ticket, signal) => trainer.watch(ticket, signal),
    onPending: (training, pending) => tellProgress.execute(training, pending),
  };
  return new StreamWatch(parts.database, followed, parts.log);
}
