import type { TrainingIn } from '../../domain/training/training.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import { type Followed, type ProviderWatch, StreamWatch } from '../jobs/provider-watch.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import type { Needs } from '../ports/needs.js';
import type { TellTrainingProgress } from './tell-training-progress.js';
import { trainingKind } from './training-kind.js';

export type TrainingWatch = ProviderWatch<TrainingIn<'training'>>;

type Parts = Needs<'jobs', 'log'> & {
  readonly trainer: Pick<AvatarTrainer, 'watch'>;
  readonly tellProgress: TellTrainingProgress;
};

/** Follows the log of trainings for their steps. */
export function watchTrainings({ database, trainer, tellProgress, log }: Parts): TrainingWatch {
  const followed: Followed<TrainingIn<'training'>, TrainingPending> = {
    kind: trainingKind,
    watch: (ticket, signal) => trainer.watch(ticket, signal),
    onPending: (training, pending) => tellProgress.execute(training, pending),
  };
  return new StreamWatch(database, followed, log);
}
